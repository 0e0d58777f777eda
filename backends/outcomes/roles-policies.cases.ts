/** The rows of the administration of roles and policies, brought about in the model. */
import type { Bench, Params } from './model-bench.ts';
import { adminCases, type RowCase, type Setups } from './row-case.ts';

interface Role {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly { readonly id: string; readonly title: string }[];
  readonly permissions: readonly { readonly bucket: string; readonly level: string }[];
}

interface Policy {
  readonly id: string;
  readonly title: string;
  readonly arn: string;
  readonly permissions: readonly { readonly bucket: string; readonly level: string }[];
  readonly roles: readonly { readonly name: string }[];
}

const ROLE_ARN = 'arn:aws:iam::123456789012:role/Lab';
const POLICY_ARN = 'arn:aws:iam::123456789012:policy/Lab';
const SSO = JSON.stringify({ version: '1.0', mappings: [], default_role: 'Lab' });

const roleNamed = async (bench: Bench, name: string) =>
  (await bench.run<Role[]>('admin.roles.list')).find((role) => role.name === name)?.id ?? '';
const policyNamed = async (bench: Bench, title: string) =>
  (await bench.run<Policy[]>('admin.policies.list')).find((policy) => policy.title === title)?.id ?? '';
const lab = async (bench: Bench) => (await bench.run<Role>('admin.roles.createManaged', { name: 'Lab', policies: [] })).id;
const external = (bench: Bench) => roleNamed(bench, 'ExternalAnalysts');
const grant = async (bench: Bench, title = 'Lab') =>
  (await bench.run<Policy>('admin.policies.createManaged', { title, permissions: [], roles: [] })).id;
const attached = async (bench: Bench) =>
  (await bench.run<Policy>('admin.policies.createUnmanaged', { title: 'Outside', arn: POLICY_ARN, roles: [] })).id;
const six = async (bench: Bench) => Promise.all(['1', '2', '3', '4', '5', '6'].map((title) => grant(bench, title)));

const when =
  (params: (bench: Bench) => Promise<Params> | Params, holds?: RowCase['holds']) =>
  async (bench: Bench): Promise<RowCase> => ({
    params: await params(bench),
    ...(holds && { holds }),
  });

/** Rows of a new or changed role; `base` are its parameters with a name that is free. */
function roleCases(base: (bench: Bench) => Promise<Params> | Params): Setups {
  const but = (change: Params) => when(async (bench) => ({ ...(await base(bench)), ...change }));
  return {
    ...adminCases(base),
    'name is blank': but({ name: ' ' }),
    'name is one of the built-in roles': but({ name: 'ReadQuiltBucket' }),
    'name has another form than a letter and then letters, digits or _': but({ name: '_x' }),
    'another role has the name': but({ name: 'DataEditors' }),
    'a policy does not exist': but({ policies: ['none'] }),
    'more than five policies': when(async (bench) => ({ ...(await base(bench)), policies: await six(bench) })),
    'arn is no ARN of a role': but({ arn: 'arn' }),
    'role does not exist': but({ id: 'none' }),
    'role is built in': when(async (bench) => ({ ...(await base(bench)), id: await roleNamed(bench, 'ReadQuiltBucket') })),
    'role is named by the single sign-on configuration and would get another name': when(async (bench) => {
      const params = await base(bench);
      const current = (await bench.run<Role>('admin.roles.get', { id: params['id'] })).name;
      await bench.run('admin.sso.set', { config: SSO.replace('Lab', current) });
      return params;
    }),
  };
}

/** Rows of a new or changed policy; `base` are its parameters with a title that is free. */
function policyCases(base: (bench: Bench) => Promise<Params> | Params): Setups {
  const but = (change: Params, holds?: RowCase['holds']) => when(async (bench) => ({ ...(await base(bench)), ...change }), holds);
  return {
    ...adminCases(base),
    'title is blank': but({ title: ' ' }),
    'a level is not READ or READ_WRITE': when(async (bench) => ({
      ...(await base(bench)),
      permissions: [{ bucket: bench.bucket, level: 'ALL' }],
    })),
    'title is padded': but({ title: '  Padded ' }, ({ title }: Policy) => title === 'Padded'),
    'another policy has the title': but({ title: ' Read all buckets' }),
    'a role does not exist': but({ roles: ['none'] }),
    'a role is unmanaged': when(async (bench) => ({ ...(await base(bench)), roles: [await external(bench)] })),
    'a role has five policies': when(async (bench) => {
      const full = await bench.run<Role>('admin.roles.createManaged', { name: 'Full', policies: (await six(bench)).slice(0, 5) });
      return { ...(await base(bench)), roles: [full.id] };
    }),
    'roles is empty': but({ roles: [] }, ({ roles }: Policy) => roles.length === 0),
    'a bucket is not in the stack': but({ permissions: [{ bucket: 'none', level: 'READ' }] }),
    'a bucket stands twice': when(async (bench) => ({
      ...(await base(bench)),
      permissions: ['READ', 'READ_WRITE'].map((level) => ({ bucket: bench.bucket, level })),
    })),
    'permissions is empty': but({ permissions: [] }, ({ permissions }: Policy) => permissions.length === 0),
    'arn is no ARN of a policy': but({ arn: 'arn' }),
    'another policy has the arn': when(async (bench) => {
      await bench.run('admin.policies.createUnmanaged', { title: 'Taken', arn: `${POLICY_ARN}/taken`, roles: [] });
      return { ...(await base(bench)), arn: `${POLICY_ARN}/taken` };
    }),
    'policy does not exist': but({ id: 'none' }),
  };
}

const managedRole = { name: 'New', policies: [] };
const unmanagedRole = { name: 'New', arn: ROLE_ARN };
const managedPolicy = { title: 'New', permissions: [], roles: [] };
const unmanagedPolicy = { title: 'New', arn: `${POLICY_ARN}/new`, roles: [] };
const id =
  (make: (bench: Bench) => Promise<string>, rest: Params = {}) =>
  async (bench: Bench) => ({ ...rest, id: await make(bench) });
const readers = id((bench) => roleNamed(bench, 'DataReaders'));
const reading = id((bench) => policyNamed(bench, 'Read all buckets'));

export const rolePolicyCases: Readonly<Record<string, Setups>> = {
  'admin.roles.list': {
    ...adminCases(() => ({})),
    any: when(
      () => ({}),
      (roles: readonly Role[]) => roles.length === 5 && roles.slice(0, 2).every(({ permissions }) => permissions.length === 0),
    ),
  },
  'admin.roles.get': {
    ...adminCases(readers),
    'role does not exist': when(() => ({ id: 'none' })),
    'role exists': when(
      async (bench) => {
        const role = await lab(bench);
        const permissions = (level: string) => [{ bucket: bench.bucket, level }];
        await bench.run('admin.policies.createManaged', { title: 'R', permissions: permissions('READ'), roles: [role] });
        await bench.run('admin.policies.createManaged', { title: 'W', permissions: permissions('READ_WRITE'), roles: [role] });
        return { id: role };
      },
      ({ permissions }: Role) => permissions.length === 1 && permissions[0]?.level === 'READ_WRITE',
    ),
  },
  'admin.roles.createManaged': {
    ...roleCases(() => managedRole),
    'all is well': when(
      () => managedRole,
      ({ policies }: Role) => policies.length === 0,
    ),
  },
  'admin.roles.createUnmanaged': {
    ...roleCases(() => unmanagedRole),
    'all is well': when(
      () => unmanagedRole,
      ({ arn }: Role) => arn === ROLE_ARN,
    ),
  },
  'admin.roles.updateManaged': {
    ...roleCases(id(lab, managedRole)),
    'role is of the other kind': when(id(external, managedRole)),
    'all is well': when(
      async (bench) => ({ id: await lab(bench), name: 'Other', policies: [await grant(bench)] }),
      ({ name, policies }: Role) => name === 'Other' && policies[0]?.title === 'Lab',
    ),
  },
  'admin.roles.updateUnmanaged': {
    ...roleCases(id(external, unmanagedRole)),
    'role is of the other kind': when(id(lab, unmanagedRole)),
    'all is well': when(id(external, unmanagedRole), ({ name, arn }: Role) => name === 'New' && arn === ROLE_ARN),
  },
  'admin.roles.delete': {
    ...adminCases(id(lab)),
    'role does not exist': when(() => ({ id: 'none' })),
    'role is built in': when(id((bench) => roleNamed(bench, 'ReadQuiltBucket'))),
    'role is named by the single sign-on configuration': when(async (bench) => {
      const role = await lab(bench);
      await bench.run('admin.sso.set', { config: SSO });
      return { id: role };
    }),
    'a user has the role, active or not': when(readers),
    'nobody has it': when(
      async (bench) => {
        const role = await lab(bench);
        await bench.run('admin.roles.setDefault', { id: role });
        return { id: role };
      },
      async (_: never, bench) => (await bench.run('admin.roles.getDefault')) === null,
    ),
  },
  'admin.roles.getDefault': {
    ...adminCases(() => ({})),
    'none is set': when(
      async (bench) => {
        const role = await lab(bench);
        await bench.run('admin.roles.setDefault', { id: role });
        await bench.run('admin.roles.delete', { id: role });
        return {};
      },
      (role: unknown) => role === null,
    ),
    'one is set': when(
      async (bench) => {
        await lab(bench);
        await bench.run('admin.sso.set', { config: SSO });
        return {};
      },
      ({ name }: Role) => name === 'Lab',
    ),
  },
  'admin.roles.setDefault': {
    ...adminCases(readers),
    'role does not exist': when(() => ({ id: 'none' })),
    'a single sign-on configuration is in force': when(async (bench) => {
      await lab(bench);
      await bench.run('admin.sso.set', { config: SSO });
      return readers(bench);
    }),
    'role exists': when(readers, ({ name }: Role) => name === 'DataReaders'),
  },
  'admin.policies.list': {
    ...adminCases(() => ({})),
    any: when(
      () => ({}),
      (policies: readonly Policy[]) => policies.length === 2,
    ),
  },
  'admin.policies.get': {
    ...adminCases(reading),
    'policy does not exist': when(() => ({ id: 'none' })),
    'policy exists': when(
      reading,
      ({ permissions, roles }: Policy) => permissions.length === 2 && permissions[0]?.level === 'READ' && roles[0]?.name === 'DataReaders',
    ),
  },
  'admin.policies.createManaged': {
    ...policyCases(() => managedPolicy),
    'all is well': when(
      async (bench) => ({ ...managedPolicy, roles: [await lab(bench)] }),
      ({ roles }: Policy) => roles[0]?.name === 'Lab',
    ),
  },
  'admin.policies.createUnmanaged': {
    ...policyCases(() => unmanagedPolicy),
    'all is well': when(
      () => unmanagedPolicy,
      ({ arn }: Policy) => arn === unmanagedPolicy.arn,
    ),
  },
  'admin.policies.updateManaged': {
    ...policyCases(id(grant, managedPolicy)),
    'policy is of the other kind': when(id(attached, managedPolicy)),
    'all is well': when(
      async (bench) => ({ ...managedPolicy, ...(await reading(bench)) }),
      ({ title, roles, permissions }: Policy) => title === 'New' && roles.length + permissions.length === 0,
    ),
  },
  'admin.policies.updateUnmanaged': {
    ...policyCases(id(attached, unmanagedPolicy)),
    'policy is of the other kind': when(id(grant, unmanagedPolicy)),
    'all is well': when(id(attached, unmanagedPolicy), ({ title, arn }: Policy) => title === 'New' && arn === unmanagedPolicy.arn),
  },
  'admin.policies.delete': {
    ...adminCases(id(grant)),
    'policy does not exist': when(() => ({ id: 'none' })),
    'a role has the policy': when(reading),
    'no role has it': when(id(grant), async (_: never, bench) => (await bench.run<unknown[]>('admin.policies.list')).length === 2),
  },
};
