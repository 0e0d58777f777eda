/** Administration of policies. */
import { z } from 'zod';
import type { PolicyParams, UnmanagedPolicyParams } from '../operations.ts';
import type { Policy } from '../values.ts';
import { document } from './document.ts';
import { invalidInput, type Meanings, ok, operationError, refusal } from './failures.ts';
import { type Client, type Topic, using } from './operation.ts';
import { rejectBlank, wrongParameter } from './parameters.ts';

const wholePolicy = z.object({
  id: z.string(),
  title: z.string(),
  arn: z.string(),
  managed: z.boolean(),
  permissions: z.array(z.object({ bucket: z.object({ name: z.string() }), level: z.string() })),
  roles: z.array(z.object({ id: z.string(), name: z.string() })),
});

const policyOutcome = z.discriminatedUnion('__typename', [
  wholePolicy.extend({ __typename: z.literal('Policy') }),
  invalidInput,
  operationError,
]);
const outcome = z.object({ outcome: policyOutcome });

const policies = document('Policies', z.object({ policies: z.array(wholePolicy) }));
const policyById = document('PolicyById', z.object({ policy: wholePolicy.nullable() }));
const createManagedPolicy = document('CreateManagedPolicy', outcome);
const createUnmanagedPolicy = document('CreateUnmanagedPolicy', outcome);
const updateManagedPolicy = document('UpdateManagedPolicy', outcome);
const updateUnmanagedPolicy = document('UpdateUnmanagedPolicy', outcome);
const deletePolicy = document(
  'DeletePolicy',
  z.object({ outcome: z.discriminatedUnion('__typename', [ok, invalidInput, operationError]) }),
);

function policyOf({ id, title, arn, managed, permissions, roles }: z.infer<typeof wholePolicy>): Policy {
  return {
    id,
    title,
    arn,
    managed,
    permissions: permissions.map(({ bucket, level }) => ({ bucket: bucket.name, level })),
    roles: roles.map(({ id, name }) => ({ id, name })),
  };
}

/** The policy of a success; a refusal is thrown as what it means. */
function policyOrThrow(client: Client<never>, answer: z.infer<typeof policyOutcome>, meanings: Meanings): Policy {
  if (answer.__typename !== 'Policy') throw refusal(client, answer, meanings);
  return policyOf(answer);
}

/** What is so with a policy of this id, title or ARN. */
function meaningsFor({
  id = '',
  title = '',
  arn = '',
}: {
  readonly id?: string;
  readonly title?: string;
  readonly arn?: string;
}): Meanings {
  return {
    PolicyDoesNotExist: ['NotFoundError', { subject: id }],
    PolicyTitleConflict: ['ConflictError', { subject: title }],
    PolicyArnConflict: ['ConflictError', { subject: arn }],
    PolicyAssigned: ['ConflictError', { subject: id }],
  };
}

/** `ManagedPolicyInput`; throws for a title without a letter, and for a level that the schema does not have. */
function managedInput(client: Client<never>, { title, permissions, roles }: PolicyParams) {
  rejectBlank(client, { title });
  const wrong = permissions.find(({ level }) => !['READ', 'READ_WRITE'].includes(level));
  if (wrong !== undefined) throw wrongParameter(client, 'permissions', 'levels READ or READ_WRITE', wrong.level);
  return { title, permissions: permissions.map(({ bucket, level }) => ({ bucket, level })), roles };
}

/** `UnmanagedPolicyInput`; throws for a title without a letter. */
function unmanagedInput(client: Client<never>, { title, arn, roles }: UnmanagedPolicyParams) {
  rejectBlank(client, { title });
  return { title, arn, roles };
}

export const policiesTopic: Topic<
  | 'admin.policies.list'
  | 'admin.policies.get'
  | 'admin.policies.createManaged'
  | 'admin.policies.createUnmanaged'
  | 'admin.policies.updateManaged'
  | 'admin.policies.updateUnmanaged'
  | 'admin.policies.delete'
> = {
  'admin.policies.list': using([policies], async (client) => (await client.ask(policies)).policies.map(policyOf)),
  'admin.policies.get': using([policyById], async (client, { id }) => {
    const { policy } = await client.ask(policyById, { id });
    if (policy === null)
      throw client.error('NotFoundError', `policy: expected one with the id ${JSON.stringify(id)}, got none`, { subject: id });
    return policyOf(policy);
  }),
  'admin.policies.createManaged': using([createManagedPolicy], async (client, params) => {
    const input = managedInput(client, params);
    return policyOrThrow(client, (await client.ask(createManagedPolicy, { input })).outcome, meaningsFor(params));
  }),
  'admin.policies.createUnmanaged': using([createUnmanagedPolicy], async (client, params) => {
    const input = unmanagedInput(client, params);
    return policyOrThrow(client, (await client.ask(createUnmanagedPolicy, { input })).outcome, meaningsFor(params));
  }),
  'admin.policies.updateManaged': using([updateManagedPolicy], async (client, params) => {
    const input = managedInput(client, params);
    return policyOrThrow(client, (await client.ask(updateManagedPolicy, { id: params.id, input })).outcome, meaningsFor(params));
  }),
  'admin.policies.updateUnmanaged': using([updateUnmanagedPolicy], async (client, params) => {
    const input = unmanagedInput(client, params);
    return policyOrThrow(client, (await client.ask(updateUnmanagedPolicy, { id: params.id, input })).outcome, meaningsFor(params));
  }),
  'admin.policies.delete': using([deletePolicy], async (client, { id }) => {
    const deleted = (await client.ask(deletePolicy, { id })).outcome;
    if (deleted.__typename !== 'Ok') throw refusal(client, deleted, meaningsFor({ id }));
    return {};
  }),
};
