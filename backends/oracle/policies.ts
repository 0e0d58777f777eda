/** Administration of policies. */
import type { PolicyParams, UnmanagedPolicyParams } from '../operations.ts';
import type { Call, Handlers } from './call.ts';
import { MOST_POLICIES } from './roles.ts';
import type { Level, Policy, Role, Tenant } from './state.ts';

const ARN = /^arn:aws(-[a-z-]+)?:iam::(\d{12}|aws):policy\/\S+$/;

type Policies = `admin.policies.${'list' | 'get' | 'createManaged' | 'createUnmanaged' | 'updateManaged' | 'updateUnmanaged' | 'delete'}`;

export const policies: Handlers<Policies> = {
  'admin.policies.list'(call) {
    const { tenant } = call.admin();
    return tenant.policies.map((policy) => view(tenant, policy));
  },

  'admin.policies.get'(call, { id }) {
    const { tenant } = call.admin();
    return view(tenant, byId(call, tenant, id));
  },

  'admin.policies.createManaged'(call, params) {
    const permissions = permissionsOf(call, params);
    const { tenant } = call.admin();
    const given = checked(call, tenant, params, null);
    checkBuckets(call, tenant, permissions);
    return add(call, tenant, { title: given.title, arn: call.model.fresh('policy-arn'), managed: true, permissions }, given.roles);
  },

  'admin.policies.createUnmanaged'(call, params) {
    call.filled('title', params.title);
    const { tenant } = call.admin();
    const given = checked(call, tenant, params, null);
    checkArn(call, tenant, params.arn, null);
    return add(call, tenant, { title: given.title, arn: params.arn, managed: false, permissions: [] }, given.roles);
  },

  'admin.policies.updateManaged'(call, params) {
    const permissions = permissionsOf(call, params);
    const { tenant, policy } = toChange(call, params.id, true);
    const given = checked(call, tenant, params, policy);
    checkBuckets(call, tenant, permissions);
    policy.permissions = permissions;
    return change(tenant, policy, given);
  },

  'admin.policies.updateUnmanaged'(call, params) {
    call.filled('title', params.title);
    const { tenant, policy } = toChange(call, params.id, false);
    const given = checked(call, tenant, params, policy);
    checkArn(call, tenant, params.arn, policy);
    policy.arn = params.arn;
    return change(tenant, policy, given);
  },

  'admin.policies.delete'(call, { id }) {
    const { tenant } = call.admin();
    const policy = byId(call, tenant, id);
    if (tenant.roles.some((role) => role.policies.includes(policy))) throw call.taken({ subject: id, code: 'PolicyAssigned' });
    tenant.policies = tenant.policies.filter((each) => each !== policy);
    return {};
  },
};

interface Given {
  readonly title: string;
  readonly roles: readonly Role[];
}

function view(tenant: Tenant, policy: Policy) {
  const { id, title, arn, managed, permissions } = policy;
  const holders = tenant.roles.filter((role) => role.policies.includes(policy)).map((role) => ({ id: role.id, name: role.name }));
  return { id, title, arn, managed, permissions: permissions.filter(({ bucket }) => tenant.stack.has(bucket)), roles: holders };
}

function add(call: Call, tenant: Tenant, policy: Omit<Policy, 'id'>, holders: readonly Role[]) {
  const made = { ...policy, id: call.model.fresh('policy') };
  tenant.policies.push(made);
  return change(tenant, made, { title: made.title, roles: holders });
}

function change(tenant: Tenant, policy: Policy, { title, roles: holders }: Given) {
  policy.title = title;
  for (const role of tenant.roles) {
    const others = role.policies.filter((each) => each !== policy);
    role.policies = holders.includes(role) ? [...others, policy] : others;
  }
  return view(tenant, policy);
}

function byId(call: Call, tenant: Tenant, id: string): Policy {
  const policy = tenant.policies.find((each) => each.id === id);
  if (policy === undefined) throw call.missing({ subject: id });
  return policy;
}

function toChange(call: Call, id: string, managed: boolean): { readonly tenant: Tenant; readonly policy: Policy } {
  const { tenant } = call.admin();
  const policy = byId(call, tenant, id);
  if (policy.managed !== managed) throw call.wrong('id', policy.managed ? 'PolicyIsManaged' : 'PolicyIsUnmanaged');
  return { tenant, policy };
}

/** Title and roles that the policy may have; spaces at the ends of a title are dropped. */
function checked(call: Call, tenant: Tenant, params: Omit<UnmanagedPolicyParams, 'arn'>, self: Policy | null): Given {
  const title = params.title.trim();
  if (tenant.policies.some((policy) => policy.title === title && policy !== self))
    throw call.taken({ subject: params.title, code: 'PolicyTitleConflict' });
  const holders = params.roles.map((id) => {
    const role = tenant.roles.find((each) => each.id === id);
    if (role === undefined) throw call.wrong('roles', 'RoleDoesNotExist');
    if (!role.managed) throw call.wrong('roles', 'RoleIsUnmanaged');
    if (role.policies.filter((policy) => policy !== self).length >= MOST_POLICIES)
      throw call.wrong('roles', 'RoleHasTooManyPoliciesToAttach');
    return role;
  });
  return { title, roles: holders };
}

/** Title and levels, which the parameters alone tell. */
function permissionsOf(call: Call, { title, permissions }: PolicyParams): { readonly bucket: string; readonly level: Level }[] {
  call.filled('title', title);
  return permissions.map(({ bucket, level }) => {
    if (level !== 'READ' && level !== 'READ_WRITE') throw call.wrong('permissions');
    return { bucket, level };
  });
}

function checkBuckets(call: Call, tenant: Tenant, permissions: readonly { readonly bucket: string }[]): void {
  for (const [at, { bucket }] of permissions.entries()) {
    if (!tenant.stack.has(bucket)) throw call.wrong('permissions', 'BucketNotFound');
    if (permissions.findIndex((other) => other.bucket === bucket) < at) throw call.wrong('permissions', 'BucketRepeated');
  }
}

function checkArn(call: Call, tenant: Tenant, arn: string, self: Policy | null): void {
  if (!ARN.test(arn)) throw call.wrong('arn', 'PolicyArnInvalid');
  if (tenant.policies.some((policy) => policy.arn === arn && policy !== self))
    throw call.taken({ subject: arn, code: 'PolicyArnConflict' });
}
