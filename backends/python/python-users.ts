/** Administration of users by quilt3.admin in Python. */
import { z } from 'zod';
import type { ErrorDetail } from '../errors.ts';
import type { User, UserWithRole } from '../values.ts';
import type { PythonCall, PythonTopic } from './python-call.ts';
import { found } from './python-found.ts';
import { role } from './python-roles.ts';

const user = z.object({
  name: z.string(),
  email: z.string(),
  date_joined: z.string(),
  last_login: z.string(),
  is_active: z.boolean(),
  is_admin: z.boolean(),
  is_sso_only: z.boolean(),
  is_service: z.boolean(),
  role: role.nullable(),
  extra_roles: z.array(role),
});

const viewUser = (found: z.infer<typeof user>): User => ({
  name: found.name,
  email: found.email,
  isActive: found.is_active,
  isAdmin: found.is_admin,
  isSsoOnly: found.is_sso_only,
  isService: found.is_service,
  dateJoined: found.date_joined,
  lastLogin: found.last_login,
  role: found.role?.name ?? null,
  extraRoles: found.extra_roles.map(({ name }) => name),
});

interface UserParams {
  readonly name: string;
  readonly email?: string;
}

/** What the server's refusals of a change to a user are about. */
function aboutUser({ name, email }: UserParams) {
  const subject = { subject: name };
  const address: ErrorDetail = email === undefined ? {} : { subject: email };
  const ofUser = [
    'Conflict at name',
    'DeleteSelf',
    'LastAdmin',
    'SsoConfigUploader',
    'RoleAssignmentDisabled',
    'AdminAssignmentDisabled',
    'SsoOnlyUser',
  ];
  return {
    subject,
    conflicts: { ...Object.fromEntries(ofUser.map((code) => [code, subject])), 'Conflict at email': address, EmailAlreadyInUse: address },
  };
}

async function changeUser(call: PythonCall, params: UserParams & { readonly role?: string }): Promise<User> {
  const { name, email, role: wanted } = params;
  call.rejectBlank({ name, ...(email !== undefined && { email }), ...(wanted !== undefined && { role: wanted }) });
  return viewUser(await call.ask(params, user, aboutUser(params)));
}

/** A change that gives a role, or leaves one. */
async function assignRole(call: PythonCall, params: UserParams & { readonly role?: string }): Promise<UserWithRole> {
  const { role, ...changed } = await changeUser(call, params);
  if (role === null) throw call.refuse('BackendError', `role of ${params.name}: expected one, got None`, { subject: params.name });
  return { ...changed, role };
}

function changeRoles(call: PythonCall, params: UserParams & { readonly roles: readonly string[] }): Promise<UserWithRole> {
  call.rejectBlank({ name: params.name });
  if (params.roles.length === 0) throw call.refuse('ValidationError', 'roles: expected at least one, got none', { field: 'roles' });
  return assignRole(call, params);
}

async function endUser(call: PythonCall, params: UserParams): Promise<Record<never, never>> {
  call.rejectBlank({ name: params.name });
  await call.ask(params, z.null(), aboutUser(params));
  return {};
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

export const users: PythonTopic<`admin.users.${UserOperation}`> = {
  'admin.users.list': async (call) => (await call.ask({}, z.array(user))).map(viewUser),
  'admin.users.get': async (call, params) => {
    call.rejectBlank({ name: params.name });
    return viewUser(await found(call, params, user, params.name));
  },
  'admin.users.create': assignRole,
  'admin.users.delete': endUser,
  'admin.users.setEmail': changeUser,
  'admin.users.setRole': assignRole,
  'admin.users.addRoles': changeRoles,
  'admin.users.removeRoles': changeRoles,
  'admin.users.setAdmin': changeUser,
  'admin.users.setActive': changeUser,
  'admin.users.resetPassword': endUser,
};
