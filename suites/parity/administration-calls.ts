/** One well-formed call of every operation of administration, so that all that can be refused is who asks. */
import { type OperationName, operationNames } from '../../backends/operations.ts';
import type { QuiltOps } from '../../backends/quilt-ops.ts';
import { signOnConfig } from './sign-on-config.ts';
import { tableConfig } from './table-config.ts';

/** An operation of `admin.*` or `tabulator.*`. */
export type AdministrationOperation = Extract<OperationName, `admin.${string}` | `tabulator.${string}`>;

const name = 'user';
const id = 'no-such-id';
const table = 'runs';
const config = tableConfig('a');

/** Total, so that a new operation does not compile until it is called here; `bucket` is one of the stack. */
const calls: { readonly [K in AdministrationOperation]: (ops: QuiltOps, bucket: string) => Promise<unknown> } = {
  'admin.users.list': ({ admin }) => admin.users.list(),
  'admin.users.get': ({ admin }) => admin.users.get({ name }),
  'admin.users.create': ({ admin }) => admin.users.create({ name: 'newcomer', email: 'newcomer@example.com', role: 'DataReaders' }),
  'admin.users.delete': ({ admin }) => admin.users.delete({ name }),
  'admin.users.setEmail': ({ admin }) => admin.users.setEmail({ name, email: 'other@example.com' }),
  'admin.users.setRole': ({ admin }) => admin.users.setRole({ name, role: 'ReadWriteQuiltBucket' }),
  'admin.users.addRoles': ({ admin }) => admin.users.addRoles({ name, roles: ['ReadWriteQuiltBucket'] }),
  'admin.users.removeRoles': ({ admin }) => admin.users.removeRoles({ name, roles: ['DataReaders'] }),
  'admin.users.setAdmin': ({ admin }) => admin.users.setAdmin({ name, admin: true }),
  'admin.users.setActive': ({ admin }) => admin.users.setActive({ name, active: true }),
  'admin.users.resetPassword': ({ admin }) => admin.users.resetPassword({ name }),

  'admin.roles.list': ({ admin }) => admin.roles.list(),
  'admin.roles.get': ({ admin }) => admin.roles.get({ id }),
  'admin.roles.createManaged': ({ admin }) => admin.roles.createManaged({ name: 'Other', policies: [] }),
  'admin.roles.createUnmanaged': ({ admin }) => admin.roles.createUnmanaged({ name: 'Other', arn: 'arn:aws:iam::210987654321:role/other' }),
  'admin.roles.updateManaged': ({ admin }) => admin.roles.updateManaged({ id, name: 'Other', policies: [] }),
  'admin.roles.updateUnmanaged': ({ admin }) =>
    admin.roles.updateUnmanaged({ id, name: 'Other', arn: 'arn:aws:iam::210987654321:role/other' }),
  'admin.roles.delete': ({ admin }) => admin.roles.delete({ id }),
  'admin.roles.getDefault': ({ admin }) => admin.roles.getDefault(),
  'admin.roles.setDefault': ({ admin }) => admin.roles.setDefault({ id }),

  'admin.policies.list': ({ admin }) => admin.policies.list(),
  'admin.policies.get': ({ admin }) => admin.policies.get({ id }),
  'admin.policies.createManaged': ({ admin }, bucket) =>
    admin.policies.createManaged({ title: 'Other', permissions: [{ bucket, level: 'READ' }], roles: [] }),
  'admin.policies.createUnmanaged': ({ admin }) =>
    admin.policies.createUnmanaged({ title: 'Other', arn: 'arn:aws:iam::210987654321:policy/other', roles: [] }),
  'admin.policies.updateManaged': ({ admin }) => admin.policies.updateManaged({ id, title: 'Other', permissions: [], roles: [] }),
  'admin.policies.updateUnmanaged': ({ admin }) =>
    admin.policies.updateUnmanaged({ id, title: 'Other', arn: 'arn:aws:iam::210987654321:policy/other', roles: [] }),
  'admin.policies.delete': ({ admin }) => admin.policies.delete({ id }),

  'admin.sso.get': ({ admin }) => admin.sso.get(),
  'admin.sso.set': ({ admin }) => admin.sso.set({ config: signOnConfig({ defaultRole: 'DataReaders', roles: ['DataEditors'] }) }),
  'admin.sso.remove': ({ admin }) => admin.sso.remove(),

  'admin.buckets.list': ({ admin }) => admin.buckets.list(),
  'admin.buckets.get': ({ admin }, bucket) => admin.buckets.get({ name: bucket }),
  'admin.buckets.add': ({ admin }, bucket) => admin.buckets.add({ name: bucket, title: 'Other' }),
  'admin.buckets.update': ({ admin }, bucket) => admin.buckets.update({ name: bucket, title: 'Other' }),
  'admin.buckets.remove': ({ admin }, bucket) => admin.buckets.remove({ name: bucket }),

  'tabulator.list': ({ tabulator }, bucket) => tabulator.list({ bucket }),
  'tabulator.get': ({ tabulator }, bucket) => tabulator.get({ bucket, table }),
  'tabulator.create': ({ tabulator }, bucket) => tabulator.create({ bucket, table, config }),
  'tabulator.update': ({ tabulator }, bucket) => tabulator.update({ bucket, table, config }),
  'tabulator.rename': ({ tabulator }, bucket) => tabulator.rename({ bucket, table, newName: 'other' }),
  'tabulator.delete': ({ tabulator }, bucket) => tabulator.delete({ bucket, table }),
  'tabulator.getOpenQuery': ({ tabulator }) => tabulator.getOpenQuery(),
  'tabulator.setOpenQuery': ({ tabulator }) => tabulator.setOpenQuery({ enabled: true }),
};

/** Every operation of administration, in the order of the interface. */
export const administrationOperations = operationNames.filter((operation): operation is AdministrationOperation => operation in calls);

/** What of administration is an administrator's alone: tables can be read by whoever may read the bucket. */
export const administratorOperations = administrationOperations.filter(
  (operation) => !['tabulator.list', 'tabulator.get'].includes(operation),
);

/** An operation as a value of an axis: `admin.users.set-email`. */
export function axisValue(operation: AdministrationOperation): string {
  return operation.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`);
}

/** Calls the operation that an axis names, with parameters that nothing is wrong with. */
export function callAdministration(ops: QuiltOps, value: string | undefined, bucket: string): Promise<unknown> {
  const operation = administrationOperations.find((each) => axisValue(each) === value);
  if (operation === undefined) throw new Error(`axis operation: expected one of administration, got ${value}`);
  return calls[operation](ops, bucket);
}
