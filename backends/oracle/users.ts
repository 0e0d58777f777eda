/** Administration of users. */
import type { Call, Handlers } from './call.ts';
import { newUser } from './population.ts';
import type { Role, Tenant, User } from './state.ts';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

type Users =
  `admin.users.${'list' | 'get' | 'create' | 'delete' | 'setEmail' | 'setRole' | 'addRoles' | 'removeRoles' | 'setAdmin' | 'setActive' | 'resetPassword'}`;

export const users: Handlers<Users> = {
  'admin.users.list': (call) => [...call.admin().tenant.users.values()].map(view),

  'admin.users.get': (call, { name }) => view(existing(call, name).user),

  'admin.users.create'(call, { name, email, role, extraRoles = [] }) {
    for (const [field, value] of Object.entries({ name, email, role })) call.filled(field, value);
    const { tenant } = call.admin();
    if (!NAME.test(name)) throw call.wrong('name', 'InvalidUsername');
    if (tenant.users.has(name)) throw call.taken({ subject: name, code: 'Conflict' });
    if (!EMAIL.test(email)) throw call.wrong('email', 'InvalidEmail');
    if (hasEmail(tenant, email, null)) throw call.taken({ subject: email, code: 'Conflict' });
    const asked = [...rolesNamed(call, tenant, [role], 'role'), ...rolesNamed(call, tenant, extraRoles, 'extraRoles')];
    const user = newUser({ name, email, dateJoined: call.at, lastLogin: call.at });
    tenant.users.set(name, user);
    return assign(user, asked);
  },

  'admin.users.delete'(call, { name }) {
    const { user, tenant, asker } = existing(call, name);
    if (user === asker) throw call.taken({ subject: name, code: 'DeleteSelf' });
    refuseLastAdmin(call, tenant, user);
    if (tenant.sso?.uploader === name) throw call.taken({ subject: name, code: 'SsoConfigUploader' });
    tenant.users.delete(name);
    return {};
  },

  'admin.users.setEmail'(call, { name, email }) {
    call.filled('name', name);
    call.filled('email', email);
    const { user, tenant } = existing(call, name);
    if (!EMAIL.test(email)) throw call.wrong('email', 'InvalidEmail');
    if (hasEmail(tenant, email, user)) throw call.taken({ subject: email, code: 'EmailAlreadyInUse' });
    user.email = email;
    return view(user);
  },

  'admin.users.setRole'(call, { name, role, extraRoles = [], append = false }) {
    call.filled('name', name);
    call.filled('role', role);
    const { user, tenant } = assignable(call, name);
    const asked = [...rolesNamed(call, tenant, [role], 'role'), ...rolesNamed(call, tenant, extraRoles, 'extraRoles')];
    return assign(user, [...asked, ...(append ? held(user) : [])]);
  },

  'admin.users.addRoles'(call, { name, roles }) {
    call.filled('name', name);
    if (roles.length === 0) throw call.wrong('roles');
    const { user, tenant } = assignable(call, name);
    return assign(user, [...held(user), ...rolesNamed(call, tenant, roles, 'roles')]);
  },

  'admin.users.removeRoles'(call, { name, roles, fallback }) {
    call.filled('name', name);
    if (roles.length === 0) throw call.wrong('roles');
    const { user, tenant } = assignable(call, name);
    const taken = rolesNamed(call, tenant, roles, 'roles');
    const spare = fallback === undefined ? [] : rolesNamed(call, tenant, [fallback], 'fallback');
    const kept = held(user).filter((role) => !taken.includes(role));
    if (user.role !== null && !taken.includes(user.role)) return assign(user, kept);
    if (spare.some((role) => taken.includes(role))) throw call.wrong('fallback', 'FallbackRemoved');
    const left = [...spare, ...kept];
    if (left.length === 0) throw call.wrong('fallback', 'FallbackRequired');
    return assign(user, left);
  },

  'admin.users.setAdmin'(call, { name, admin }) {
    const { user, tenant } = existing(call, name);
    if (tenant.sso !== null && user.isSsoOnly) throw call.taken({ subject: name, code: 'AdminAssignmentDisabled' });
    if (!admin) refuseLastAdmin(call, tenant, user);
    user.isAdmin = admin;
    return view(user);
  },

  'admin.users.setActive'(call, { name, active }) {
    const { user, tenant } = existing(call, name);
    if (!active) refuseLastAdmin(call, tenant, user);
    user.isActive = active;
    return view(user);
  },

  'admin.users.resetPassword'(call, { name }) {
    const { user } = existing(call, name);
    if (user.isSsoOnly) throw call.taken({ subject: name, code: 'SsoOnlyUser' });
    return {};
  },
};

function view(user: User) {
  const { role, extraRoles, ...rest } = user;
  return { ...rest, isService: false, role: role?.name ?? null, extraRoles: extraRoles.map(({ name }) => name) };
}

function existing(call: Call, name: string): { readonly user: User; readonly tenant: Tenant; readonly asker: User } {
  call.filled('name', name);
  const { user: asker, tenant } = call.admin();
  const user = tenant.users.get(name);
  if (user === undefined) throw call.missing({ subject: name });
  return { user, tenant, asker };
}

/** A user whose roles are given by hand. */
function assignable(call: Call, name: string) {
  const found = existing(call, name);
  if (found.tenant.sso !== null && found.user.isSsoOnly) throw call.taken({ subject: name, code: 'RoleAssignmentDisabled' });
  return found;
}

function rolesNamed(call: Call, tenant: Tenant, names: readonly string[], field: string): Role[] {
  return names.map((name) => {
    const role = tenant.roles.find((each) => each.name === name);
    if (role === undefined) throw call.wrong(field, 'RoleDoesNotExist');
    return role;
  });
}

/** The first is active; each once. */
function assign(user: User, roles: readonly Role[]) {
  const [active, ...others] = new Set(roles);
  if (active === undefined) throw new Error(`${user.name}: expected a role to assign, got none`);
  user.role = active;
  user.extraRoles = others;
  return { ...view(user), role: active.name };
}

function held(user: User): Role[] {
  return [...(user.role === null ? [] : [user.role]), ...user.extraRoles];
}

function hasEmail(tenant: Tenant, email: string, self: User | null): boolean {
  return [...tenant.users.values()].some((user) => user !== self && user.email.toLowerCase() === email.toLowerCase());
}

function refuseLastAdmin(call: Call, tenant: Tenant, user: User): void {
  const others = [...tenant.users.values()].filter((each) => each !== user && each.isAdmin && each.isActive);
  if (user.isAdmin && user.isActive && others.length === 0) throw call.taken({ subject: user.name, code: 'LastAdmin' });
}
