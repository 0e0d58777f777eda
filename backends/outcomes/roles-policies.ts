/** Outcomes of the administration of roles and policies. */
import type { OperationName } from '../operations.ts';
import { fails, type Rows, rejects, succeeds } from './outcome.ts';
import { adminRows } from './shared-rows.ts';

const roleName = {
  'name is blank': rejects('name', 'choice: told before asking, as for users'),
} satisfies Rows;
const roleNameTaken = {
  'name is one of the built-in roles': fails('ConflictError', { subject: '$name' }, 'schema: RoleNameReserved', {
    code: 'RoleNameReserved',
  }),
  'name has another form than a letter and then letters, digits or _': fails(
    'ValidationError',
    { field: 'name' },
    'schema: RoleNameInvalid',
    { code: 'RoleNameInvalid' },
  ),
  'another role has the name': fails('ConflictError', { subject: '$name' }, 'schema: RoleNameExists', { code: 'RoleNameExists' }),
} satisfies Rows;
const rolePolicies = {
  'a policy does not exist': fails('BackendError', {}, 'schema: no member of the result says it, so it comes as a GraphQL error'),
  'more than five policies': fails('ValidationError', { field: 'policies' }, 'schema: RoleHasTooManyPoliciesToAttach', {
    code: 'RoleHasTooManyPoliciesToAttach',
  }),
} satisfies Rows;
const badRoleArn = {
  'arn is no ARN of a role': fails('BackendError', {}, 'schema: no member of the result says it, so it comes as a GraphQL error'),
} satisfies Rows;
const updateRole = {
  'role does not exist': fails('BackendError', {}, 'schema: RoleUpdateResult has no RoleDoesNotExist, so it comes as a GraphQL error', {
    differs: { 'quilt3-python': 'looks it up first, by id or name: RoleNotFoundError (run)', contract: 'platform' },
  }),
  'role is of the other kind': fails(
    'ValidationError',
    { field: 'id' },
    'schema: RoleIsManaged, RoleIsUnmanaged; quilt3 8.0.0: RoleTypeMismatchError',
  ),
  'role is named by the single sign-on configuration and would get another name': fails(
    'ConflictError',
    { subject: '$name' },
    'schema: RoleNameUsedBySsoConfig',
    {
      code: 'RoleNameUsedBySsoConfig',
    },
  ),
} satisfies Rows;
const builtIn = {
  'role is built in': fails(
    'ConflictError',
    { subject: '$name' },
    'schema: RoleNameReserved; the result does not tell it from a name that is',
    { code: 'RoleNameReserved' },
  ),
} satisfies Rows;
const roleById = {
  'role does not exist': fails('NotFoundError', { subject: '$id' }, 'schema: Query.role is null, RoleDoesNotExist', {
    differs: { 'quilt3-python': 'takes a name for an id too (run)', contract: 'platform' },
  }),
} satisfies Rows;

const policyInput = {
  'title is blank': rejects('title', 'P-18: padded and blank titles'),
} satisfies Rows;
const policyState = {
  'title is padded': succeeds('spaces at its ends are dropped', 'P-18; schema: two titles that look alike are one'),
  'another policy has the title': fails(
    'ConflictError',
    { subject: '$title' },
    'quilt3 8.0.0: PolicyTitleConflict; the subject is the title as given',
    { code: 'PolicyTitleConflict' },
  ),
  'a role does not exist': fails('ValidationError', { field: 'roles' }, 'schema: InvalidInput', { code: 'RoleDoesNotExist' }),
  'a role is unmanaged': fails('ValidationError', { field: 'roles' }, 'schema: Policy.roles holds ManagedRole', {
    code: 'RoleIsUnmanaged',
  }),
  'a role has five policies': fails('ValidationError', { field: 'roles' }, 'quilt3 8.0.0: RoleHasTooManyPoliciesToAttach', {
    code: 'RoleHasTooManyPoliciesToAttach',
  }),
  'roles is empty': succeeds('a policy that no role has', 'P-18'),
} satisfies Rows;
const permissions = {
  'a level is not READ or READ_WRITE': rejects('permissions', 'schema: BucketPermissionLevel'),
} satisfies Rows;
const permissionsState = {
  'a bucket is not in the stack': fails('ValidationError', { field: 'permissions' }, 'schema: InvalidInput', { code: 'BucketNotFound' }),
  'a bucket stands twice': fails('ValidationError', { field: 'permissions' }, 'schema: InvalidInput; one grant a bucket', {
    code: 'BucketRepeated',
  }),
  'permissions is empty': succeeds('a policy that grants nothing', 'P-18'),
} satisfies Rows;
const arnState = {
  'arn is no ARN of a policy': fails('ValidationError', { field: 'arn' }, 'schema: InvalidInput', { code: 'PolicyArnInvalid' }),
  'another policy has the arn': fails('ConflictError', { subject: '$arn' }, 'quilt3 8.0.0: PolicyArnConflict', {
    code: 'PolicyArnConflict',
  }),
} satisfies Rows;
const policyById = {
  'policy does not exist': fails('NotFoundError', { subject: '$id' }, 'schema: Query.policy is null; quilt3 8.0.0: PolicyDoesNotExist'),
} satisfies Rows;
const otherKind = {
  'policy is of the other kind': fails('ValidationError', { field: 'id' }, 'schema: managed and unmanaged have mutations of their own'),
} satisfies Rows;

export const rolesPolicies = {
  'admin.roles.list': { ...adminRows, any: succeeds('every role; unmanaged ones without policies and permissions', 'schema: Query.roles') },
  'admin.roles.get': {
    ...adminRows,
    ...roleById,
    'role exists': succeeds('the role; permissions one a bucket, the highest of its policies', 'schema: ManagedRole'),
  },
  'admin.roles.createManaged': {
    ...roleName,
    ...adminRows,
    ...roleNameTaken,
    ...rolePolicies,
    'all is well': succeeds('the role; an empty list of policies is well', 'P-18'),
  },
  'admin.roles.createUnmanaged': {
    ...roleName,
    ...adminRows,
    ...roleNameTaken,
    ...badRoleArn,
    'all is well': succeeds('the role with the ARN as given', 'schema: UnmanagedRole'),
  },
  'admin.roles.updateManaged': {
    ...roleName,
    ...adminRows,
    ...updateRole,
    ...roleNameTaken,
    ...rolePolicies,
    'all is well': succeeds('name and policies are what was given', 'schema: roleUpdateManaged'),
  },
  'admin.roles.updateUnmanaged': {
    ...roleName,
    ...adminRows,
    ...updateRole,
    ...builtIn,
    ...roleNameTaken,
    ...badRoleArn,
    'all is well': succeeds('name and ARN are what was given', 'schema: roleUpdateUnmanaged'),
  },
  'admin.roles.delete': {
    ...adminRows,
    ...roleById,
    'role is built in': fails('ConflictError', { subject: '$id' }, 'schema: RoleNameReserved', { code: 'RoleNameReserved' }),
    'role is named by the single sign-on configuration': fails('ConflictError', { subject: '$id' }, 'schema: RoleNameUsedBySsoConfig', {
      code: 'RoleNameUsedBySsoConfig',
    }),
    'a user has the role, active or not': fails('ConflictError', { subject: '$id' }, 'P-18; schema: RoleAssigned', {
      code: 'RoleAssigned',
    }),
    'nobody has it': succeeds('gone; where it was the default role there is none now', 'schema: RoleDeleteSuccess'),
  },
  'admin.roles.getDefault': {
    ...adminRows,
    'none is set': succeeds('null', 'schema: Query.defaultRole'),
    'one is set': succeeds(
      'the role; while a single sign-on configuration is in force, the one that it names',
      'schema: isDefaultRoleSettingDisabled',
    ),
  },
  'admin.roles.setDefault': {
    ...adminRows,
    ...roleById,
    'a single sign-on configuration is in force': fails('ConflictError', { subject: '$id' }, 'schema: SsoConfigConflict', {
      code: 'SsoConfigConflict',
    }),
    'role exists': succeeds('the role', 'schema: RoleSetDefaultSuccess'),
  },
  'admin.policies.list': { ...adminRows, any: succeeds('every policy; unmanaged ones without permissions', 'schema: Query.policies') },
  'admin.policies.get': {
    ...adminRows,
    ...policyById,
    'policy exists': succeeds('id, title, arn, managed, permissions with the name of the bucket, roles', 'P-18; C-01'),
  },
  'admin.policies.createManaged': {
    ...policyInput,
    ...permissions,
    ...adminRows,
    ...policyState,
    ...permissionsState,
    'all is well': succeeds('the policy, on these roles', 'schema: Policy'),
  },
  'admin.policies.createUnmanaged': {
    ...policyInput,
    ...adminRows,
    ...policyState,
    ...arnState,
    'all is well': succeeds('the policy with the ARN as given', 'schema: Policy'),
  },
  'admin.policies.updateManaged': {
    ...policyInput,
    ...permissions,
    ...adminRows,
    ...policyById,
    ...otherKind,
    ...policyState,
    ...permissionsState,
    'all is well': succeeds('title, permissions and roles are exactly what was given', 'schema: policyUpdateManaged'),
  },
  'admin.policies.updateUnmanaged': {
    ...policyInput,
    ...adminRows,
    ...policyById,
    ...otherKind,
    ...policyState,
    ...arnState,
    'all is well': succeeds('title, ARN and roles are exactly what was given', 'schema: policyUpdateUnmanaged'),
  },
  'admin.policies.delete': {
    ...adminRows,
    ...policyById,
    'a role has the policy': fails('ConflictError', { subject: '$id' }, 'P-18; schema: OperationError', { code: 'PolicyAssigned' }),
    'no role has it': succeeds('gone', 'schema: Ok'),
  },
} satisfies Partial<Record<OperationName, Rows>>;
