/** Outcomes of the administration of users. */
import type { OperationName } from '../operations.ts';
import { fails, type Rows, rejects, succeeds } from './outcome.ts';
import { adminRows } from './shared-rows.ts';

const blankName = { 'name is blank': rejects('name', 'quilt-mcp 0.20.0: "Username cannot be empty"') } satisfies Rows;
const missing = {
  'user does not exist': fails(
    'NotFoundError',
    { subject: '$name' },
    'schema: UserAdminQueries.get and UserAdminMutations.mutate are null; quilt3 8.0.0: UserNotFoundError',
  ),
} satisfies Rows;
const ssoDecides = {
  'roles of the user come from the single sign-on configuration': fails(
    'ConflictError',
    { subject: '$name' },
    'schema: User.isRoleAssignmentDisabled',
    {
      code: 'RoleAssignmentDisabled',
    },
  ),
} satisfies Rows;
const lastAdmin = {
  'user is the last administrator who can sign in': fails('ConflictError', { subject: '$name' }, 'P-18', { code: 'LastAdmin' }),
} satisfies Rows;
const unknownRole = (field: string): Rows[string] =>
  fails(
    'ValidationError',
    { field },
    'schema: InvalidInput with the path of the role; a reference to what is not there is a wrong parameter',
    {
      code: 'RoleDoesNotExist',
    },
  );

export const users = {
  'admin.users.list': {
    ...adminRows,
    any: succeeds(
      'every user; lastLogin is when the user was last given a token, using one does not move it',
      "schema: User.lastLogin; Quilt's public registry: checking a token leaves it, signing in sets it",
    ),
  },
  'admin.users.get': {
    ...blankName,
    ...adminRows,
    ...missing,
    'user exists': succeeds('the user; extraRoles without the active one', 'schema: User'),
  },
  'admin.users.create': {
    ...blankName,
    'email is blank': rejects('email', 'quilt-mcp 0.20.0: "Email cannot be empty"'),
    'role is blank': rejects('role', 'quilt-mcp 0.20.0: "Role cannot be empty"'),
    ...adminRows,
    'name has another form than a letter or _ and then letters, digits or _': fails(
      'ValidationError',
      { field: 'name' },
      'schema: InvalidInput',
      { code: 'InvalidUsername' },
    ),
    'name is taken': fails('ConflictError', { subject: '$name' }, 'P-18; schema: InvalidInput at input.name', { code: 'Conflict' }),
    'email is no address': fails('ValidationError', { field: 'email' }, 'P-18; schema: InvalidInput', { code: 'InvalidEmail' }),
    'email is taken, capitals alike': fails('ConflictError', { subject: '$email' }, 'P-18; schema: InvalidInput at input.email', {
      code: 'Conflict',
    }),
    'role does not exist': unknownRole('role'),
    'an extra role does not exist': unknownRole('extraRoles'),
    'all is well': succeeds('the user: active, no administrator, both times now, the roles as given', 'schema: UserResult'),
  },
  'admin.users.delete': {
    ...blankName,
    ...adminRows,
    ...missing,
    'user is the caller': fails('ConflictError', { subject: '$name' }, 'P-18', { code: 'DeleteSelf' }),
    ...lastAdmin,
    'user set the single sign-on configuration in force': fails(
      'ConflictError',
      { subject: '$name' },
      'schema: SsoConfig.uploader is not null',
      { code: 'SsoConfigUploader' },
    ),
    'user exists': succeeds('gone; their tokens are refused from now on', 'schema: Ok'),
  },
  'admin.users.setEmail': {
    ...blankName,
    'email is blank': rejects('email', 'quilt-mcp 0.20.0: "Email cannot be empty"'),
    ...adminRows,
    ...missing,
    'email is no address': fails('ValidationError', { field: 'email' }, 'P-18; schema: InvalidInput', { code: 'InvalidEmail' }),
    'email is taken by another user, capitals alike': fails('ConflictError', { subject: '$email' }, 'P-18', { code: 'EmailAlreadyInUse' }),
    'all is well': succeeds('the user with it', 'schema: UserResult'),
  },
  'admin.users.setRole': {
    ...blankName,
    'role is blank': rejects('role', 'quilt-mcp 0.20.0: "Role cannot be empty"'),
    ...adminRows,
    ...missing,
    ...ssoDecides,
    'role does not exist': unknownRole('role'),
    'an extra role does not exist': unknownRole('extraRoles'),
    'append is false or not given': succeeds(
      'the role is active, the extra roles are exactly those given',
      'quilt3 8.0.0: append False replaces',
    ),
    'append is true': succeeds(
      'the role is active; the extra roles given and all that the user had stay as extra roles',
      'quilt3 8.0.0: append True adds to the existing roles',
    ),
  },
  'admin.users.addRoles': {
    ...blankName,
    'roles is empty': rejects('roles', 'quilt-mcp 0.20.0: "Roles list cannot be empty"'),
    ...adminRows,
    ...missing,
    ...ssoDecides,
    'a role does not exist': unknownRole('roles'),
    'all is well': succeeds('they are extra roles, each once; the active one stays; a user without one gets the first', 'schema: addRoles'),
  },
  'admin.users.removeRoles': {
    ...blankName,
    'roles is empty': rejects('roles', 'quilt-mcp 0.20.0: "Roles list cannot be empty"'),
    ...adminRows,
    ...missing,
    ...ssoDecides,
    'a role does not exist': unknownRole('roles'),
    'fallback does not exist': unknownRole('fallback'),
    'the active role stays': succeeds('without the others; those that the user did not have make no difference', 'schema: removeRoles'),
    'fallback is itself removed': fails('ValidationError', { field: 'fallback' }, 'schema: InvalidInput', { code: 'FallbackRemoved' }),
    'the active role goes and fallback is given': succeeds('the fallback is active', 'schema: removeRoles(fallback)'),
    'the active role goes and another is left': succeeds('the first that is left is active', 'schema: removeRoles(fallback) is nullable'),
    'no role would be left': fails('ValidationError', { field: 'fallback' }, 'schema: InvalidInput', { code: 'FallbackRequired' }),
  },
  'admin.users.setAdmin': {
    ...blankName,
    ...adminRows,
    ...missing,
    'administration of the user comes from the single sign-on configuration': fails(
      'ConflictError',
      { subject: '$name' },
      'schema: User.isAdminAssignmentDisabled',
      {
        code: 'AdminAssignmentDisabled',
      },
    ),
    ...lastAdmin,
    'all is well': succeeds('the user with it, whatever it was', 'schema: UserResult'),
  },
  'admin.users.setActive': {
    ...blankName,
    ...adminRows,
    ...missing,
    ...lastAdmin,
    'all is well': succeeds('the user with it; tokens of one that is not active are refused with 401', 'schema: UserResult'),
  },
  'admin.users.resetPassword': {
    ...blankName,
    ...adminRows,
    ...missing,
    'user signs in by single sign-on alone': fails('ConflictError', { subject: '$name' }, 'schema: User.isSsoOnly', {
      code: 'SsoOnlyUser',
    }),
    'user exists': succeeds('a message is sent', 'schema: Ok'),
  },
} satisfies Partial<Record<OperationName, Rows>>;
