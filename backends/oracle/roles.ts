/** Administration of roles. */
import { type Call, type Handlers, permissionsOf } from './call.ts';
import { BUILT_IN } from './population.ts';
import type { Policy, Role, Tenant } from './state.ts';

/** Most policies that a role may have. */
export const MOST_POLICIES = 5;

const NAME = /^[A-Za-z][A-Za-z0-9_]*$/;
const ARN = /^arn:aws(-[a-z-]+)?:iam::\d{12}:role\/\S+$/;

type Roles =
  `admin.roles.${'list' | 'get' | 'createManaged' | 'createUnmanaged' | 'updateManaged' | 'updateUnmanaged' | 'delete' | 'getDefault' | 'setDefault'}`;

export const roles: Handlers<Roles> = {
  'admin.roles.list'(call) {
    const { tenant } = call.admin();
    return tenant.roles.map((role) => view(tenant, role));
  },

  'admin.roles.get'(call, { id }) {
    const { tenant } = call.admin();
    return view(tenant, byId(call, tenant, id));
  },

  'admin.roles.createManaged'(call, { name, policies }) {
    call.filled('name', name);
    const { tenant } = call.admin();
    checkName(call, tenant, name, null);
    return add(call, tenant, { name, arn: call.model.fresh('role-arn'), managed: true, policies: policiesOf(call, tenant, policies) });
  },

  'admin.roles.createUnmanaged'(call, { name, arn }) {
    call.filled('name', name);
    const { tenant } = call.admin();
    checkName(call, tenant, name, null);
    checkArn(call, arn);
    return add(call, tenant, { name, arn, managed: false, policies: [] });
  },

  'admin.roles.updateManaged'(call, { id, name, policies }) {
    const { role, tenant } = toChange(call, id, name, true);
    const given = policiesOf(call, tenant, policies);
    role.name = name;
    role.policies = given;
    return view(tenant, role);
  },

  'admin.roles.updateUnmanaged'(call, { id, name, arn }) {
    const { role, tenant } = toChange(call, id, name, false);
    checkArn(call, arn);
    role.name = name;
    role.arn = arn;
    return view(tenant, role);
  },

  'admin.roles.delete'(call, { id }) {
    const { tenant } = call.admin();
    const role = byId(call, tenant, id);
    if (role.builtIn !== null) throw call.taken({ subject: id, code: 'RoleNameReserved' });
    if (tenant.sso?.roles.includes(role.name) === true) throw call.taken({ subject: id, code: 'RoleNameUsedBySsoConfig' });
    if ([...tenant.users.values()].some((user) => user.role === role || user.extraRoles.includes(role)))
      throw call.taken({ subject: id, code: 'RoleAssigned' });
    tenant.roles = tenant.roles.filter((each) => each !== role);
    if (tenant.defaultRole === role) tenant.defaultRole = null;
    return {};
  },

  'admin.roles.getDefault'(call) {
    const { tenant } = call.admin();
    const role = tenant.sso === null ? tenant.defaultRole : (tenant.roles.find(({ name }) => name === tenant.sso?.defaultRole) ?? null);
    return role === null ? null : view(tenant, role);
  },

  'admin.roles.setDefault'(call, { id }) {
    const { tenant } = call.admin();
    const role = byId(call, tenant, id);
    if (tenant.sso !== null) throw call.taken({ subject: id, code: 'SsoConfigConflict' });
    tenant.defaultRole = role;
    return view(tenant, role);
  },
};

function view(tenant: Tenant, role: Role) {
  const { id, name, arn, managed } = role;
  const policies = role.policies.map((policy) => ({ id: policy.id, title: policy.title }));
  return { id, name, arn, managed, policies, permissions: managed ? permissionsOf(tenant, role) : [] };
}

function add(call: Call, tenant: Tenant, role: Omit<Role, 'id' | 'builtIn'>) {
  const made = { ...role, id: call.model.fresh('role'), builtIn: null };
  tenant.roles.push(made);
  return view(tenant, made);
}

function byId(call: Call, tenant: Tenant, id: string): Role {
  const role = tenant.roles.find((each) => each.id === id);
  if (role === undefined) throw call.missing({ subject: id });
  return role;
}

/** A role of the kind asked for, that may get the name. That there is none has no name in the schema's result. */
function toChange(call: Call, id: string, name: string, managed: boolean): { readonly role: Role; readonly tenant: Tenant } {
  call.filled('name', name);
  const { tenant } = call.admin();
  const role = tenant.roles.find((each) => each.id === id);
  if (role === undefined) throw call.refuse('BackendError', {});
  if (role.managed !== managed) throw call.wrong('id', role.managed ? 'RoleIsManaged' : 'RoleIsUnmanaged');
  if (role.builtIn !== null) throw call.taken({ subject: name, code: 'RoleNameReserved' });
  if (role.name !== name && tenant.sso?.roles.includes(role.name) === true)
    throw call.taken({ subject: name, code: 'RoleNameUsedBySsoConfig' });
  checkName(call, tenant, name, role);
  return { role, tenant };
}

function checkName(call: Call, tenant: Tenant, name: string, self: Role | null): void {
  if (Object.hasOwn(BUILT_IN, name)) throw call.taken({ subject: name, code: 'RoleNameReserved' });
  if (!NAME.test(name)) throw call.wrong('name', 'RoleNameInvalid');
  if (tenant.roles.some((role) => role.name === name && role !== self)) throw call.taken({ subject: name, code: 'RoleNameExists' });
}

function policiesOf(call: Call, tenant: Tenant, ids: readonly string[]): Policy[] {
  const policies = [...new Set(ids)].map((id) => tenant.policies.find((policy) => policy.id === id));
  const found = policies.filter((policy) => policy !== undefined);
  if (found.length < policies.length) throw call.refuse('BackendError', {});
  if (found.length > MOST_POLICIES) throw call.wrong('policies', 'RoleHasTooManyPoliciesToAttach');
  return found;
}

function checkArn(call: Call, arn: string): void {
  if (!ARN.test(arn)) throw call.refuse('BackendError', {});
}
