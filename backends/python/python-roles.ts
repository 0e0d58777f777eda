/** Administration of roles by quilt3.admin in Python. */
import { z } from 'zod';
import type { Role } from '../values.ts';
import type { PythonCall, PythonTopic } from './python-call.ts';
import { foundById } from './python-found.ts';

export const permission = z.object({ bucket: z.string(), level: z.string() });
const summary = z.object({ id: z.string(), title: z.string() });

/** quilt3's own dataclass of a role. */
export const role = z.object({
  id: z.string(),
  name: z.string(),
  arn: z.string(),
  typename__: z.enum(['ManagedRole', 'UnmanagedRole']),
  policies: z.array(summary).optional(),
  permissions: z.array(permission).optional(),
});

const viewRole = ({ id, name, arn, typename__, policies = [], permissions = [] }: z.infer<typeof role>): Role => ({
  id,
  name,
  arn,
  managed: typename__ === 'ManagedRole',
  policies,
  permissions,
});

async function writeRole(call: PythonCall, params: { readonly name: string; readonly id?: string }): Promise<Role> {
  call.rejectBlank({ name: params.name });
  return viewRole(await call.ask(params, role, { subject: { subject: params.name }, ...(params.id !== undefined && { id: params.id }) }));
}

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

export const roles: PythonTopic<`admin.roles.${RoleOperation}`> = {
  'admin.roles.list': async (call) => (await call.ask({}, z.array(role))).map(viewRole),
  'admin.roles.get': async (call, params) => viewRole(await foundById(call, params, role)),
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
};
