/** Administration of roles. */
import { z } from 'zod';
import type { Role } from '../values.ts';
import { ask, type Variables } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { type Call, errorOf, type Implementation, type Topic } from './call.ts';
import { document } from './documents.ts';
import { bare, failureError, type Meanings } from './failures.ts';
import { viewRole, wholeRole } from './role-view.ts';

const success = <const N extends string>(name: N) => z.object({ __typename: z.literal(name), role: wholeRole });
const created = z.discriminatedUnion('__typename', [
  success('RoleCreateSuccess'),
  bare('RoleNameReserved', 'RoleNameExists', 'RoleNameInvalid', 'RoleHasTooManyPoliciesToAttach'),
]);
const updated = z.discriminatedUnion('__typename', [
  success('RoleUpdateSuccess'),
  bare(
    'RoleNameReserved',
    'RoleNameExists',
    'RoleNameInvalid',
    'RoleNameUsedBySsoConfig',
    'RoleIsManaged',
    'RoleIsUnmanaged',
    'RoleHasTooManyPoliciesToAttach',
  ),
]);

const listRoles = document('ListRoles', { roles: z.array(wholeRole) });
const getRole = document('GetRole', { role: wholeRole.nullable() });
const getDefaultRole = document('GetDefaultRole', { defaultRole: wholeRole.nullable() });
const createManagedRole = document('CreateManagedRole', { roleCreateManaged: created });
const createUnmanagedRole = document('CreateUnmanagedRole', { roleCreateUnmanaged: created });
const updateManagedRole = document('UpdateManagedRole', { roleUpdateManaged: updated });
const updateUnmanagedRole = document('UpdateUnmanagedRole', { roleUpdateUnmanaged: updated });
const deleteRole = document('DeleteRole', {
  roleDelete: bare('RoleDeleteSuccess', 'RoleDoesNotExist', 'RoleNameReserved', 'RoleNameUsedBySsoConfig', 'RoleAssigned'),
});
const setDefaultRole = document('SetDefaultRole', {
  roleSetDefault: z.discriminatedUnion('__typename', [success('RoleSetDefaultSuccess'), bare('RoleDoesNotExist', 'SsoConfigConflict')]),
});

/** What the failures of making or changing a role mean. */
function meaningsOf(name: string): Meanings {
  const taken = ['ConflictError', { subject: name }] as const;
  const otherKind = ['ValidationError', { field: 'id' }] as const;
  return {
    RoleNameReserved: taken,
    RoleNameExists: taken,
    RoleNameUsedBySsoConfig: taken,
    RoleNameInvalid: ['ValidationError', { field: 'name' }],
    RoleHasTooManyPoliciesToAttach: ['ValidationError', { field: 'policies' }],
    RoleIsManaged: otherKind,
    RoleIsUnmanaged: otherKind,
  };
}

/** What the failures of a role that is named by its id mean. */
function meaningsById(id: string): Meanings {
  const inUse = ['ConflictError', { subject: id }] as const;
  return {
    RoleDoesNotExist: ['NotFoundError', { subject: id }],
    RoleNameReserved: inUse,
    RoleNameUsedBySsoConfig: inUse,
    RoleAssigned: inUse,
    SsoConfigConflict: inUse,
  };
}

type RoleResult = z.infer<typeof created> | z.infer<typeof updated>;

/** The role that a mutation made or changed. */
function roleOf(call: Call, result: RoleResult, name: string): Role {
  if ('role' in result) return viewRole(result.role);
  throw failureError(call, result, meaningsOf(name));
}

/** An operation that makes or changes a role of a name that must not be blank. */
function naming<P extends { readonly name: string }>(
  uses: Implementation<P, Role>['uses'],
  send: (call: Call, params: P) => Promise<RoleResult>,
): Implementation<P, Role> {
  return {
    uses,
    async run(call, params) {
      rejectBlank(call, { name: params.name });
      return roleOf(call, await send(call, params), params.name);
    },
  };
}

const input = (fields: Variables): Variables => ({ input: fields });

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

export const roles: Topic<`admin.roles.${RoleOperation}`> = {
  'admin.roles.list': { uses: [listRoles], run: async (call) => (await ask(call, listRoles)).roles.map(viewRole) },
  'admin.roles.get': {
    uses: [getRole],
    async run(call, { id }) {
      const { role } = await ask(call, getRole, { id });
      if (role === null)
        throw errorOf(call, 'NotFoundError', `role: expected one with the id ${JSON.stringify(id)}, got none`, { subject: id });
      return viewRole(role);
    },
  },
  'admin.roles.createManaged': naming(
    [createManagedRole],
    async (call, { name, policies }) => (await ask(call, createManagedRole, input({ name, policies }))).roleCreateManaged,
  ),
  'admin.roles.createUnmanaged': naming(
    [createUnmanagedRole],
    async (call, { name, arn }) => (await ask(call, createUnmanagedRole, input({ name, arn }))).roleCreateUnmanaged,
  ),
  'admin.roles.updateManaged': naming(
    [updateManagedRole],
    async (call, { id, name, policies }) => (await ask(call, updateManagedRole, { id, ...input({ name, policies }) })).roleUpdateManaged,
  ),
  'admin.roles.updateUnmanaged': naming(
    [updateUnmanagedRole],
    async (call, { id, name, arn }) => (await ask(call, updateUnmanagedRole, { id, ...input({ name, arn }) })).roleUpdateUnmanaged,
  ),
  'admin.roles.delete': {
    uses: [deleteRole],
    async run(call, { id }) {
      const { roleDelete } = await ask(call, deleteRole, { id });
      if (roleDelete.__typename !== 'RoleDeleteSuccess') throw failureError(call, roleDelete, meaningsById(id));
      return {};
    },
  },
  'admin.roles.getDefault': {
    uses: [getDefaultRole],
    async run(call) {
      const { defaultRole } = await ask(call, getDefaultRole);
      return defaultRole && viewRole(defaultRole);
    },
  },
  'admin.roles.setDefault': {
    uses: [setDefaultRole],
    async run(call, { id }) {
      const { roleSetDefault } = await ask(call, setDefaultRole, { id });
      if (roleSetDefault.__typename !== 'RoleSetDefaultSuccess') throw failureError(call, roleSetDefault, meaningsById(id));
      return viewRole(roleSetDefault.role);
    },
  },
};
