/** Administration of policies by quilt3.admin in Python. */
import { z } from 'zod';
import type { ErrorDetail } from '../errors.ts';
import type { Policy } from '../values.ts';
import type { PythonCall, PythonTopic } from './python-call.ts';
import { foundById } from './python-found.ts';
import { permission } from './python-roles.ts';

const policy = z.object({
  id: z.string(),
  title: z.string(),
  arn: z.string(),
  managed: z.boolean(),
  permissions: z.array(permission),
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
});

const viewPolicy = (found: z.infer<typeof policy>): Policy => found;

interface PolicyShape {
  readonly id?: string;
  readonly title: string;
  readonly arn?: string;
  readonly permissions?: readonly { readonly level: string }[];
}

async function writePolicy(call: PythonCall, params: PolicyShape): Promise<Policy> {
  const { id, title, arn, permissions = [] } = params;
  call.rejectBlank({ title });
  const odd = permissions.find(({ level }) => !['READ', 'READ_WRITE'].includes(level));
  if (odd !== undefined)
    throw call.refuse('ValidationError', `permissions: expected READ or READ_WRITE, got ${odd.level}`, { field: 'permissions' });
  const named = (subject: string | undefined): ErrorDetail => (subject === undefined ? {} : { subject });
  const conflicts = { PolicyTitleConflict: named(title), PolicyArnConflict: named(arn), PolicyDoesNotExist: named(id) };
  return viewPolicy(await call.ask(params, policy, { subject: named(id), conflicts }));
}

type PolicyOperation = 'list' | 'get' | 'createManaged' | 'createUnmanaged' | 'updateManaged' | 'updateUnmanaged' | 'delete';

export const policies: PythonTopic<`admin.policies.${PolicyOperation}`> = {
  'admin.policies.list': async (call) => (await call.ask({}, z.array(policy))).map(viewPolicy),
  'admin.policies.get': async (call, params) => viewPolicy(await foundById(call, params, policy)),
  'admin.policies.createManaged': writePolicy,
  'admin.policies.createUnmanaged': writePolicy,
  'admin.policies.updateManaged': writePolicy,
  'admin.policies.updateUnmanaged': writePolicy,
  'admin.policies.delete': async (call, params) => {
    const subject = { subject: params.id };
    await call.ask(params, z.null(), { subject, conflicts: { PolicyAssigned: subject, PolicyDoesNotExist: subject } });
    return {};
  },
};
