/** Administration by quilt3.admin in Python; its answers are its own dataclasses. */
import { z } from 'zod';
import type { ErrorDetail } from '../errors.ts';
import type { Policy, Role, User } from '../values.ts';
import type { PythonCall, PythonTopic } from './python-call.ts';

const permission = z.object({ bucket: z.string(), level: z.string() });
const summary = z.object({ id: z.string(), title: z.string() });
const role = z.object({
  id: z.string(),
  name: z.string(),
  arn: z.string(),
  typename__: z.enum(['ManagedRole', 'UnmanagedRole']),
  policies: z.array(summary).optional(),
  permissions: z.array(permission).optional(),
});
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
const policy = z.object({
  id: z.string(),
  title: z.string(),
  arn: z.string(),
  managed: z.boolean(),
  permissions: z.array(permission),
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
});
const ssoConfig = z.object({ text: z.string(), timestamp: z.string(), uploader: z.object({ name: z.string() }) });

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

const viewRole = ({ id, name, arn, typename__, policies = [], permissions = [] }: z.infer<typeof role>): Role => ({
  id,
  name,
  arn,
  managed: typename__ === 'ManagedRole',
  policies,
  permissions,
});

const viewPolicy = (found: z.infer<typeof policy>): Policy => found;

const viewSso = ({ text, timestamp, uploader }: z.infer<typeof ssoConfig>) => ({ text, timestamp, uploader: uploader.name });

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

function changeRoles(call: PythonCall, params: UserParams & { readonly roles: readonly string[] }): Promise<User> {
  call.rejectBlank({ name: params.name });
  if (params.roles.length === 0) throw call.refuse('ValidationError', 'roles: expected at least one, got none', { field: 'roles' });
  return changeUser(call, params);
}

async function endUser(call: PythonCall, params: UserParams): Promise<Record<never, never>> {
  call.rejectBlank({ name: params.name });
  await call.ask(params, z.null(), aboutUser(params));
  return {};
}

async function writeRole(call: PythonCall, params: { readonly name: string; readonly id?: string }): Promise<Role> {
  call.rejectBlank({ name: params.name });
  return viewRole(await call.ask(params, role, { subject: { subject: params.name } }));
}

interface PolicyShape {
  readonly id?: string;
  readonly title: string;
  readonly arn?: string;
  readonly permissions?: readonly { readonly level: string }[];
}

async function writePolicy(call: PythonCall, params: PolicyShape): Promise<Policy> {
  const { id, title, arn, permissions = [] } = params;
  call.rejectBlank({ title });
  const odd = permissions.find(({ level }) => !['READ', 'READ_WRITE'].includes(level));
  if (odd !== undefined)
    throw call.refuse('ValidationError', `permissions: expected READ or READ_WRITE, got ${odd.level}`, { field: 'permissions' });
  const named = (subject: string | undefined): ErrorDetail => (subject === undefined ? {} : { subject });
  const conflicts = { PolicyTitleConflict: named(title), PolicyArnConflict: named(arn), PolicyDoesNotExist: named(id) };
  return viewPolicy(await call.ask(params, policy, { subject: named(id), conflicts }));
}

/** What quilt3 answers None for: there is no such thing. */
async function found<S extends z.ZodType>(call: PythonCall, params: object, shape: S, subject: string): Promise<z.output<S>> {
  const value = await call.ask(params, z.union([z.null(), shape]), { subject: { subject } });
  if (value === null) throw call.refuse('NotFoundError', `quilt3: expected ${JSON.stringify(subject)}, got None`, { subject });
  return value as z.output<S>;
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
type RoleOperation =
  | 'list'
  | 'get'
  | 'createManaged'
  | 'createUnmanaged'
  | 'updateManaged'
  | 'updateUnmanaged'
  | 'delete'
  | 'getDefault'
  | 'setDefault';
type PolicyOperation = 'list' | 'get' | 'createManaged' | 'createUnmanaged' | 'updateManaged' | 'updateUnmanaged' | 'delete';

export const admin: PythonTopic<
  | `admin.users.${UserOperation}`
  | `admin.roles.${RoleOperation}`
  | `admin.policies.${PolicyOperation}`
  | `admin.sso.${'get' | 'set' | 'remove'}`
  | 'admin.buckets.remove'
> = {
  'admin.users.list': async (call) => (await call.ask({}, z.array(user))).map(viewUser),
  'admin.users.get': async (call, params) => {
    call.rejectBlank({ name: params.name });
    return viewUser(await found(call, params, user, params.name));
  },
  'admin.users.create': changeUser,
  'admin.users.delete': endUser,
  'admin.users.setEmail': changeUser,
  'admin.users.setRole': changeUser,
  'admin.users.addRoles': changeRoles,
  'admin.users.removeRoles': changeRoles,
  'admin.users.setAdmin': changeUser,
  'admin.users.setActive': changeUser,
  'admin.users.resetPassword': endUser,

  'admin.roles.list': async (call) => (await call.ask({}, z.array(role))).map(viewRole),
  'admin.roles.get': async (call, params) => viewRole(await found(call, params, role, params.id)),
  'admin.roles.createManaged': writeRole,
  'admin.roles.createUnmanaged': writeRole,
  'admin.roles.updateManaged': writeRole,
  'admin.roles.updateUnmanaged': writeRole,
  'admin.roles.delete': async (call, params) => {
    await call.ask(params, z.null(), { subject: { subject: params.id } });
    return {};
  },
  'admin.roles.getDefault': async (call) => {
    const value = await call.ask({}, role.nullable());
    return value && viewRole(value);
  },
  'admin.roles.setDefault': async (call, params) => viewRole(await call.ask(params, role, { subject: { subject: params.id } })),

  'admin.policies.list': async (call) => (await call.ask({}, z.array(policy))).map(viewPolicy),
  'admin.policies.get': async (call, params) => viewPolicy(await found(call, params, policy, params.id)),
  'admin.policies.createManaged': writePolicy,
  'admin.policies.createUnmanaged': writePolicy,
  'admin.policies.updateManaged': writePolicy,
  'admin.policies.updateUnmanaged': writePolicy,
  'admin.policies.delete': async (call, params) => {
    const subject = { subject: params.id };
    await call.ask(params, z.null(), { subject, conflicts: { PolicyAssigned: subject, PolicyDoesNotExist: subject } });
    return {};
  },

  'admin.sso.get': async (call) => {
    const value = await call.ask({}, ssoConfig.nullable());
    return value && viewSso(value);
  },
  'admin.sso.set': async (call, params) => {
    call.rejectBlank({ config: params.config });
    return viewSso(await call.ask(params, ssoConfig));
  },
  'admin.sso.remove': async (call) => {
    await call.ask({}, z.null());
    return {};
  },

  'admin.buckets.remove': async (call, params) => {
    await call.ask(params, z.null(), { bucket: params.name });
    return {};
  },
};
