/** Administration of users. */
import { z } from 'zod';
import type { QuiltError } from '../errors.ts';
import type { User, UserWithRole } from '../values.ts';
import { type Document, document } from './document.ts';
import { invalidInput, type Meanings, ok, operationError, refusal } from './failures.ts';
import { type Client, type Topic, using, type Variables } from './operation.ts';
import { rejectBlank, wrongParameter } from './parameters.ts';

const roleName = z.object({ name: z.string() });

const wholeUser = z.object({
  name: z.string(),
  email: z.string(),
  isActive: z.boolean(),
  isAdmin: z.boolean(),
  isSsoOnly: z.boolean(),
  isService: z.boolean(),
  dateJoined: z.string(),
  lastLogin: z.string(),
  role: roleName.nullable(),
  extraRoles: z.array(roleName),
});

const userOutcome = z.discriminatedUnion('__typename', [wholeUser.extend({ __typename: z.literal('User') }), invalidInput, operationError]);
const plainOutcome = z.discriminatedUnion('__typename', [ok, invalidInput, operationError]);

const admin = <S extends z.ZodType>(user: S) => z.object({ admin: z.object({ user }) });
/** A change of one user; null when there is no such user. */
const change = <S extends z.ZodType>(outcome: S) => admin(z.object({ mutate: z.object({ outcome }).nullable() }));
type Change<S extends z.ZodType> = ReturnType<typeof change<S>>;

const users = document('Users', admin(z.object({ list: z.array(wholeUser) })));
const userNamed = document('UserNamed', admin(z.object({ get: wholeUser.nullable() })));
const createUser = document('CreateUser', admin(z.object({ create: userOutcome })));
const deleteUser = document('DeleteUser', change(plainOutcome));
const setUserEmail = document('SetUserEmail', change(userOutcome));
const setUserRole = document('SetUserRole', change(userOutcome));
const addUserRoles = document('AddUserRoles', change(userOutcome));
const removeUserRoles = document('RemoveUserRoles', change(userOutcome));
const setUserAdmin = document('SetUserAdmin', change(userOutcome));
const setUserActive = document('SetUserActive', change(userOutcome));
const resetUserPassword = document('ResetUserPassword', change(plainOutcome));

function userOf({ role, extraRoles, ...user }: z.infer<typeof wholeUser>): User {
  const { name, email, isActive, isAdmin, isSsoOnly, isService, dateJoined, lastLogin } = user;
  return {
    name,
    email,
    isActive,
    isAdmin,
    isSsoOnly,
    isService,
    dateJoined,
    lastLogin,
    role: role?.name ?? null,
    extraRoles: extraRoles.map((extra) => extra.name),
  };
}

function noUser(client: Client<never>, name: string): QuiltError {
  return client.error('NotFoundError', `user: expected one named ${JSON.stringify(name)}, got none`, { subject: name });
}

/** What is so with a user or the stack that a change cannot be made. */
function stateMeanings({ name, email = '' }: { readonly name: string; readonly email?: string }): Meanings {
  const names = ['DeleteSelf', 'LastAdmin', 'SsoConfigUploader', 'RoleAssignmentDisabled', 'AdminAssignmentDisabled', 'SsoOnlyUser'];
  const ofUser = Object.fromEntries(names.map((each) => [each, ['ConflictError', { subject: name }] as const]));
  return { ...ofUser, EmailAlreadyInUse: ['ConflictError', { subject: email }] };
}

/** Sends a change and answers the user as they are then. */
async function changed<D extends Document<string, Change<typeof userOutcome>>>(
  client: Client<D>,
  document: D,
  variables: Variables & { readonly name: string; readonly email?: string },
): Promise<User> {
  rejectBlank(client, { name: variables.name });
  const outcome = (await client.ask(document, variables)).admin.user.mutate?.outcome;
  if (outcome === undefined) throw noUser(client, variables.name);
  if (outcome.__typename !== 'User') throw refusal(client, outcome, stateMeanings(variables));
  return userOf(outcome);
}

/** The user as one who has a role, which the operation gave or left them. */
function withRole(client: Client<never>, user: User): UserWithRole {
  const { role } = user;
  if (role === null) throw client.error('BackendError', `role of ${user.name}: expected one, got null`, { subject: user.name });
  return { ...user, role };
}

/** Sends a change that answers nothing. */
async function done<D extends Document<string, Change<typeof plainOutcome>>>(
  client: Client<D>,
  document: D,
  name: string,
): Promise<Record<never, never>> {
  rejectBlank(client, { name });
  const outcome = (await client.ask(document, { name })).admin.user.mutate?.outcome;
  if (outcome === undefined) throw noUser(client, name);
  if (outcome.__typename !== 'Ok') throw refusal(client, outcome, stateMeanings({ name }));
  return {};
}

export const usersTopic: Topic<
  | 'admin.users.list'
  | 'admin.users.get'
  | 'admin.users.create'
  | 'admin.users.delete'
  | 'admin.users.setEmail'
  | 'admin.users.setRole'
  | 'admin.users.addRoles'
  | 'admin.users.removeRoles'
  | 'admin.users.setAdmin'
  | 'admin.users.setActive'
  | 'admin.users.resetPassword'
> = {
  'admin.users.list': using([users], async (client) => (await client.ask(users)).admin.user.list.map(userOf)),
  'admin.users.get': using([userNamed], async (client, { name }) => {
    rejectBlank(client, { name });
    const user = (await client.ask(userNamed, { name })).admin.user.get;
    if (user === null) throw noUser(client, name);
    return userOf(user);
  }),
  'admin.users.create': using([createUser], async (client, { name, email, role, extraRoles }) => {
    rejectBlank(client, { name, email, role });
    const created = (await client.ask(createUser, { input: { name, email, role, extraRoles } })).admin.user.create;
    if (created.__typename === 'User') return withRole(client, userOf(created));
    throw refusal(client, created, {
      'input.name: Conflict': ['ConflictError', { subject: name }],
      'input.email: Conflict': ['ConflictError', { subject: email }],
    });
  }),
  'admin.users.delete': using([deleteUser], (client, { name }) => done(client, deleteUser, name)),
  'admin.users.setEmail': using([setUserEmail], async (client, { name, email }) => {
    rejectBlank(client, { name, email });
    return changed(client, setUserEmail, { name, email });
  }),
  'admin.users.setRole': using([setUserRole], async (client, { name, role, extraRoles, append = false }) => {
    rejectBlank(client, { name, role });
    return withRole(client, await changed(client, setUserRole, { name, role, extraRoles, append }));
  }),
  'admin.users.addRoles': using([addUserRoles], async (client, { name, roles }) => {
    rejectNoRoles(client, name, roles);
    return withRole(client, await changed(client, addUserRoles, { name, roles }));
  }),
  'admin.users.removeRoles': using([removeUserRoles], async (client, { name, roles, fallback }) => {
    rejectNoRoles(client, name, roles);
    return withRole(client, await changed(client, removeUserRoles, { name, roles, fallback }));
  }),
  'admin.users.setAdmin': using([setUserAdmin], (client, { name, admin }) => changed(client, setUserAdmin, { name, admin })),
  'admin.users.setActive': using([setUserActive], (client, { name, active }) => changed(client, setUserActive, { name, active })),
  'admin.users.resetPassword': using([resetUserPassword], (client, { name }) => done(client, resetUserPassword, name)),
};

function rejectNoRoles(client: Client<never>, name: string, roles: readonly string[]): void {
  rejectBlank(client, { name });
  if (roles.length === 0) throw wrongParameter(client, 'roles', 'at least one', roles);
}
