/** Administration of roles. */
import { z } from 'zod';
import type { Role } from '../values.ts';
import { document } from './document.ts';
import { type Meanings, members, refusal } from './failures.ts';
import { type Client, type Topic, using } from './operation.ts';
import { rejectBlank } from './parameters.ts';

const wholeRole = z.discriminatedUnion('__typename', [
  z.object({
    __typename: z.literal('ManagedRole'),
    id: z.string(),
    name: z.string(),
    arn: z.string(),
    policies: z.array(z.object({ id: z.string(), title: z.string() })),
    permissions: z.array(z.object({ bucket: z.object({ name: z.string() }), level: z.string() })),
  }),
  z.object({ __typename: z.literal('UnmanagedRole'), id: z.string(), name: z.string(), arn: z.string() }),
]);

const created = z.object({
  outcome: z.discriminatedUnion('__typename', [
    z.object({ __typename: z.literal('RoleCreateSuccess'), role: wholeRole }),
    members('RoleNameReserved', 'RoleNameExists', 'RoleNameInvalid', 'RoleHasTooManyPoliciesToAttach'),
  ]),
});

const updated = z.object({
  outcome: z.discriminatedUnion('__typename', [
    z.object({ __typename: z.literal('RoleUpdateSuccess'), role: wholeRole }),
    members(
      'RoleNameReserved',
      'RoleNameExists',
      'RoleNameInvalid',
      'RoleNameUsedBySsoConfig',
      'RoleIsManaged',
      'RoleIsUnmanaged',
      'RoleHasTooManyPoliciesToAttach',
    ),
  ]),
});

const roles = document('Roles', z.object({ roles: z.array(wholeRole) }));
const roleById = document('RoleById', z.object({ role: wholeRole.nullable() }));
const defaultRole = document('DefaultRole', z.object({ defaultRole: wholeRole.nullable() }));
const createManagedRole = document('CreateManagedRole', created);
const createUnmanagedRole = document('CreateUnmanagedRole', created);
const updateManagedRole = document('UpdateManagedRole', updated);
const updateUnmanagedRole = document('UpdateUnmanagedRole', updated);
const deleteRole = document(
  'DeleteRole',
  z.object({ outcome: members('RoleDeleteSuccess', 'RoleDoesNotExist', 'RoleNameReserved', 'RoleNameUsedBySsoConfig', 'RoleAssigned') }),
);
const setDefaultRole = document(
  'SetDefaultRole',
  z.object({
    outcome: z.discriminatedUnion('__typename', [
      z.object({ __typename: z.literal('RoleSetDefaultSuccess'), role: wholeRole }),
      members('RoleDoesNotExist', 'SsoConfigConflict'),
    ]),
  }),
);

function roleOf(role: z.infer<typeof wholeRole>): Role {
  const { id, name, arn } = role;
  if (role.__typename === 'UnmanagedRole') return { id, name, arn, managed: false, policies: [], permissions: [] };
  const permissions = role.permissions.map(({ bucket, level }) => ({ bucket: bucket.name, level }));
  return { id, name, arn, managed: true, policies: role.policies.map(({ id, title }) => ({ id, title })), permissions };
}

type Outcome = { readonly __typename: string; readonly role?: z.infer<typeof wholeRole> };

/** What the members of the unions mean, for a role that is spoken of as `subject`. */
function meaningsFor(subject: string): Meanings {
  return {
    RoleNameReserved: ['ConflictError', { subject }],
    RoleNameExists: ['ConflictError', { subject }],
    RoleNameUsedBySsoConfig: ['ConflictError', { subject }],
    RoleAssigned: ['ConflictError', { subject }],
    SsoConfigConflict: ['ConflictError', { subject }],
    RoleDoesNotExist: ['NotFoundError', { subject }],
    RoleNameInvalid: ['ValidationError', { field: 'name' }],
    RoleIsManaged: ['ValidationError', { field: 'id' }],
    RoleIsUnmanaged: ['ValidationError', { field: 'id' }],
    RoleHasTooManyPoliciesToAttach: ['ValidationError', { field: 'policies' }],
  };
}

/** The role of a success; any other member is thrown as what it means. */
function roleOrThrow(client: Client<never>, { __typename, role }: Outcome, subject: string): Role {
  if (role === undefined) throw refusal(client, { __typename }, meaningsFor(subject));
  return roleOf(role);
}

export const rolesTopic: Topic<
  | 'admin.roles.list'
  | 'admin.roles.get'
  | 'admin.roles.createManaged'
  | 'admin.roles.createUnmanaged'
  | 'admin.roles.updateManaged'
  | 'admin.roles.updateUnmanaged'
  | 'admin.roles.delete'
  | 'admin.roles.getDefault'
  | 'admin.roles.setDefault'
> = {
  'admin.roles.list': using([roles], async (client) => (await client.ask(roles)).roles.map(roleOf)),
  'admin.roles.get': using([roleById], async (client, { id }) => {
    const { role } = await client.ask(roleById, { id });
    if (role === null)
      throw client.error('NotFoundError', `role: expected one with the id ${JSON.stringify(id)}, got none`, { subject: id });
    return roleOf(role);
  }),
  'admin.roles.createManaged': using([createManagedRole], async (client, { name, policies }) => {
    rejectBlank(client, { name });
    return roleOrThrow(client, (await client.ask(createManagedRole, { input: { name, policies } })).outcome, name);
  }),
  'admin.roles.createUnmanaged': using([createUnmanagedRole], async (client, { name, arn }) => {
    rejectBlank(client, { name });
    return roleOrThrow(client, (await client.ask(createUnmanagedRole, { input: { name, arn } })).outcome, name);
  }),
  'admin.roles.updateManaged': using([updateManagedRole], async (client, { id, name, policies }) => {
    rejectBlank(client, { name });
    return roleOrThrow(client, (await client.ask(updateManagedRole, { id, input: { name, policies } })).outcome, name);
  }),
  'admin.roles.updateUnmanaged': using([updateUnmanagedRole], async (client, { id, name, arn }) => {
    rejectBlank(client, { name });
    return roleOrThrow(client, (await client.ask(updateUnmanagedRole, { id, input: { name, arn } })).outcome, name);
  }),
  'admin.roles.delete': using([deleteRole], async (client, { id }) => {
    const { outcome } = await client.ask(deleteRole, { id });
    if (outcome.__typename !== 'RoleDeleteSuccess') throw refusal(client, outcome, meaningsFor(id));
    return {};
  }),
  'admin.roles.getDefault': using([defaultRole], async (client) => {
    const role = (await client.ask(defaultRole)).defaultRole;
    return role === null ? null : roleOf(role);
  }),
  'admin.roles.setDefault': using([setDefaultRole], async (client, { id }) =>
    roleOrThrow(client, (await client.ask(setDefaultRole, { id })).outcome, id),
  ),
};
