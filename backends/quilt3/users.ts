/** Administration of users. */
import { z } from 'zod';
import type { ParamsOf } from '../operations.ts';
import type { User, UserWithRole } from '../values.ts';
import { ask, type Variables } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { type Call, errorOf, type Implementation, type Topic } from './call.ts';
import { document } from './documents.ts';
import { failureError, invalidInput, type Meanings, ok, operationError } from './failures.ts';

const roleName = z.object({ __typename: z.enum(['ManagedRole', 'UnmanagedRole']), name: z.string() });

const userFields = {
  name: z.string(),
  email: z.string(),
  dateJoined: z.string(),
  lastLogin: z.string(),
  isActive: z.boolean(),
  isAdmin: z.boolean(),
  isSsoOnly: z.boolean(),
  isService: z.boolean(),
  role: roleName.nullable(),
  extraRoles: z.array(roleName),
};
const wholeUser = z.object(userFields);
const userResult = z.discriminatedUnion('__typename', [wholeUser.extend({ __typename: z.literal('User') }), invalidInput, operationError]);
const okResult = z.discriminatedUnion('__typename', [ok, invalidInput, operationError]);

const inUsers = <const F extends z.ZodRawShape>(fields: F) => ({ admin: z.object({ user: z.object(fields) }) });
/** The mutations of one user name what they answer `result`; `mutate` is null for a user that does not exist. */
const mutation = <R extends z.ZodType>(result: R) => inUsers({ mutate: z.object({ result }).nullable() });

const listUsers = document('ListUsers', inUsers({ list: z.array(wholeUser) }));
const getUser = document('GetUser', inUsers({ get: wholeUser.nullable() }));
const createUser = document('CreateUser', inUsers({ create: userResult }));

const viewUser = ({ role, extraRoles, ...user }: z.infer<typeof wholeUser>): User => ({
  name: user.name,
  email: user.email,
  isActive: user.isActive,
  isAdmin: user.isAdmin,
  isSsoOnly: user.isSsoOnly,
  isService: user.isService,
  dateJoined: user.dateJoined,
  lastLogin: user.lastLogin,
  role: role?.name ?? null,
  extraRoles: extraRoles.map(({ name }) => name),
});

/** What the server's names for failures mean where a user is changed. */
function meaningsFor({ name, email }: { readonly name: string; readonly email?: string }): Meanings {
  const aboutUser = ['ConflictError', { subject: name }] as const;
  const aboutEmail = ['ConflictError', email === undefined ? {} : { subject: email }] as const;
  return {
    'Conflict at name': aboutUser,
    'Conflict at email': aboutEmail,
    EmailAlreadyInUse: aboutEmail,
    DeleteSelf: aboutUser,
    LastAdmin: aboutUser,
    SsoConfigUploader: aboutUser,
    RoleAssignmentDisabled: aboutUser,
    AdminAssignmentDisabled: aboutUser,
    SsoOnlyUser: aboutUser,
  };
}

function noUser(call: Call, name: string) {
  return errorOf(call, 'NotFoundError', `user: expected ${JSON.stringify(name)}, got none`, { subject: name });
}

interface Named {
  readonly name: string;
}

/** A mutation of one user that answers the user. */
function changing<P extends Named & { readonly email?: string }>(
  name: string,
  check: (call: Call, params: NoInfer<P>) => void,
  variables: (params: P) => Variables,
): Implementation<P, User> {
  const sent = document(name, mutation(userResult));
  return {
    uses: [sent],
    async run(call, params) {
      check(call, params);
      const { mutate } = (await ask(call, sent, { name: params.name, ...variables(params) })).admin.user;
      if (mutate === null) throw noUser(call, params.name);
      if (mutate.result.__typename !== 'User') throw failureError(call, mutate.result, meaningsFor(params));
      return viewUser(mutate.result);
    },
  };
}

/** The same of one who has a role then. */
function assigning<P extends Named & { readonly email?: string }>(changing: Implementation<P, User>): Implementation<P, UserWithRole> {
  return { ...changing, run: async (call, params) => withRole(call, await changing.run(call, params)) };
}

function withRole(call: Call, { role, ...user }: User): UserWithRole {
  if (role === null) throw errorOf(call, 'BackendError', `the role of ${user.name}: expected one, got none`, { subject: user.name });
  return { ...user, role };
}

/** A mutation of one user that answers nothing. */
function ending(name: string): Implementation<Named, Record<never, never>> {
  const sent = document(name, mutation(okResult));
  return {
    uses: [sent],
    async run(call, params) {
      rejectBlank(call, { name: params.name });
      const { mutate } = (await ask(call, sent, { name: params.name })).admin.user;
      if (mutate === null) throw noUser(call, params.name);
      if (mutate.result.__typename !== 'Ok') throw failureError(call, mutate.result, meaningsFor(params));
      return {};
    },
  };
}

const named = (call: Call, { name }: Named): void => rejectBlank(call, { name });

function withRoles(call: Call, { name, roles }: Named & { readonly roles: readonly string[] }): void {
  rejectBlank(call, { name });
  if (roles.length === 0) throw errorOf(call, 'ValidationError', 'roles: expected at least one, got none', { field: 'roles' });
}

type UserOperation =
  | 'list'
  | 'get'
  | 'create'
  | 'delete'
  | 'setEmail'
  | 'setRole'
  | 'addRoles'
  | 'removeRoles'
  | 'setAdmin'
  | 'setActive'
  | 'resetPassword';

export const users: Topic<`admin.users.${UserOperation}`> = {
  'admin.users.list': {
    uses: [listUsers],
    run: async (call) => (await ask(call, listUsers)).admin.user.list.map(viewUser),
  },
  'admin.users.get': {
    uses: [getUser],
    async run(call, { name }) {
      rejectBlank(call, { name });
      const { get } = (await ask(call, getUser, { name })).admin.user;
      if (get === null) throw noUser(call, name);
      return viewUser(get);
    },
  },
  'admin.users.create': {
    uses: [createUser],
    async run(call, { name, email, role, extraRoles = null }) {
      rejectBlank(call, { name, email, role });
      const result = (await ask(call, createUser, { input: { name, email, role, extraRoles } })).admin.user.create;
      if (result.__typename !== 'User') throw failureError(call, result, meaningsFor({ name, email }));
      return withRole(call, viewUser(result));
    },
  },
  'admin.users.delete': ending('DeleteUser'),
  'admin.users.setEmail': changing(
    'SetUserEmail',
    (call, { name, email }) => rejectBlank(call, { name, email }),
    ({ email }) => ({ email }),
  ),
  'admin.users.setRole': assigning(
    changing<ParamsOf<'admin.users.setRole'>>(
      'SetUserRole',
      (call, { name, role }) => rejectBlank(call, { name, role }),
      ({ role, extraRoles = null, append = false }) => ({ role, extraRoles, append }),
    ),
  ),
  'admin.users.addRoles': assigning(changing<ParamsOf<'admin.users.addRoles'>>('AddUserRoles', withRoles, ({ roles }) => ({ roles }))),
  'admin.users.removeRoles': assigning(
    changing<ParamsOf<'admin.users.removeRoles'>>('RemoveUserRoles', withRoles, ({ roles, fallback = null }) => ({ roles, fallback })),
  ),
  'admin.users.setAdmin': changing('SetUserAdmin', named, ({ admin }) => ({ admin })),
  'admin.users.setActive': changing('SetUserActive', named, ({ active }) => ({ active })),
  'admin.users.resetPassword': ending('ResetUserPassword'),
};
