/** Administration of policies. */
import { z } from 'zod';
import type { PolicyParams, UnmanagedPolicyParams } from '../operations.ts';
import type { Policy } from '../values.ts';
import { ask } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { type Call, errorOf, type Topic } from './call.ts';
import { document } from './documents.ts';
import { failureError, invalidInput, type Meanings, ok, operationError } from './failures.ts';
import { permission, viewPermission } from './role-view.ts';

const wholePolicy = z.object({
  id: z.string(),
  title: z.string(),
  arn: z.string(),
  managed: z.boolean(),
  permissions: z.array(permission),
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
});
const result = z.discriminatedUnion('__typename', [wholePolicy.extend({ __typename: z.literal('Policy') }), invalidInput, operationError]);

const listPolicies = document('ListPolicies', { policies: z.array(wholePolicy) });
const getPolicy = document('GetPolicy', { policy: wholePolicy.nullable() });
const createManagedPolicy = document('CreateManagedPolicy', { policyCreateManaged: result });
const createUnmanagedPolicy = document('CreateUnmanagedPolicy', { policyCreateUnmanaged: result });
const updateManagedPolicy = document('UpdateManagedPolicy', { policyUpdateManaged: result });
const updateUnmanagedPolicy = document('UpdateUnmanagedPolicy', { policyUpdateUnmanaged: result });
const deletePolicy = document('DeletePolicy', { policyDelete: z.discriminatedUnion('__typename', [ok, invalidInput, operationError]) });

const viewPolicy = ({ id, title, arn, managed, permissions, roles }: z.infer<typeof wholePolicy>): Policy => ({
  id,
  title,
  arn,
  managed,
  permissions: permissions.map(viewPermission),
  roles,
});

interface Subject {
  readonly id?: string;
  readonly title?: string;
  readonly arn?: string;
}

/** What the server's names for failures mean; the subject is what was given, as it was given. */
function meaningsOf({ id = '', title = '', arn = '' }: Subject): Meanings {
  return {
    PolicyDoesNotExist: ['NotFoundError', { subject: id }],
    PolicyAssigned: ['ConflictError', { subject: id }],
    PolicyTitleConflict: ['ConflictError', { subject: title }],
    PolicyArnConflict: ['ConflictError', { subject: arn }],
  };
}

function policyOf(call: Call, answer: z.infer<typeof result>, subject: Subject): Policy {
  if (answer.__typename !== 'Policy') throw failureError(call, answer, meaningsOf(subject));
  return viewPolicy(answer);
}

/** The input of a managed policy; a blank title and an unknown level are told before any request. */
function managedInput(call: Call, { title, permissions, roles }: PolicyParams) {
  rejectBlank(call, { title });
  const odd = permissions.find(({ level }) => !['READ', 'READ_WRITE'].includes(level));
  if (odd !== undefined) {
    throw errorOf(call, 'ValidationError', `permissions: expected READ or READ_WRITE, got ${JSON.stringify(odd.level)}`, {
      field: 'permissions',
    });
  }
  return { title, permissions: permissions.map(({ bucket, level }) => ({ bucket, level })), roles };
}

function unmanagedInput(call: Call, { title, arn, roles }: UnmanagedPolicyParams) {
  rejectBlank(call, { title });
  return { title, arn, roles };
}

type PolicyOperation = 'list' | 'get' | 'createManaged' | 'createUnmanaged' | 'updateManaged' | 'updateUnmanaged' | 'delete';

export const policies: Topic<`admin.policies.${PolicyOperation}`> = {
  'admin.policies.list': { uses: [listPolicies], run: async (call) => (await ask(call, listPolicies)).policies.map(viewPolicy) },
  'admin.policies.get': {
    uses: [getPolicy],
    async run(call, { id }) {
      const { policy } = await ask(call, getPolicy, { id });
      if (policy === null)
        throw errorOf(call, 'NotFoundError', `policy: expected one with the id ${JSON.stringify(id)}, got none`, { subject: id });
      return viewPolicy(policy);
    },
  },
  'admin.policies.createManaged': {
    uses: [createManagedPolicy],
    async run(call, params) {
      const input = managedInput(call, params);
      return policyOf(call, (await ask(call, createManagedPolicy, { input })).policyCreateManaged, input);
    },
  },
  'admin.policies.createUnmanaged': {
    uses: [createUnmanagedPolicy],
    async run(call, params) {
      const input = unmanagedInput(call, params);
      return policyOf(call, (await ask(call, createUnmanagedPolicy, { input })).policyCreateUnmanaged, input);
    },
  },
  'admin.policies.updateManaged': {
    uses: [updateManagedPolicy],
    async run(call, params) {
      const input = managedInput(call, params);
      const { policyUpdateManaged } = await ask(call, updateManagedPolicy, { id: params.id, input });
      return policyOf(call, policyUpdateManaged, { ...input, id: params.id });
    },
  },
  'admin.policies.updateUnmanaged': {
    uses: [updateUnmanagedPolicy],
    async run(call, params) {
      const input = unmanagedInput(call, params);
      const { policyUpdateUnmanaged } = await ask(call, updateUnmanagedPolicy, { id: params.id, input });
      return policyOf(call, policyUpdateUnmanaged, { ...input, id: params.id });
    },
  },
  'admin.policies.delete': {
    uses: [deletePolicy],
    async run(call, { id }) {
      const { policyDelete } = await ask(call, deletePolicy, { id });
      if (policyDelete.__typename !== 'Ok') throw failureError(call, policyDelete, meaningsOf({ id }));
      return {};
    },
  },
};
