/** Buckets of the stack: as everybody sees them, and their administration. */
import { z } from 'zod';
import type { BucketParams } from '../operations.ts';
import { document } from './document.ts';
import { type Meanings, members, refusal } from './failures.ts';
import { noBucket } from './not-found.ts';
import { asJson, type Topic, using } from './operation.ts';
import { rejectBlank } from './parameters.ts';

const summary = z.object({ name: z.string(), title: z.string(), description: z.string().nullable(), tags: z.array(z.string()).nullable() });

const wholeBucket = summary.extend({
  iconUrl: z.string().nullable(),
  linkedData: z.unknown(),
  overviewUrl: z.string().nullable(),
  relevanceScore: z.number(),
  browsable: z.boolean(),
  lastIndexed: z.string().nullable(),
  snsNotificationArn: z.string().nullable(),
  scannerParallelShardsDepth: z.number().nullable(),
  skipMetaDataIndexing: z.boolean().nullable(),
  fileExtensionsToIndex: z.array(z.string()).nullable(),
  indexContentBytes: z.number().nullable(),
});

const changeFailures = [
  'BucketFileExtensionsToIndexInvalid',
  'BucketIndexContentBytesInvalid',
  'InsufficientPermissions',
  'NotificationConfigurationError',
  'NotificationTopicNotFound',
  'SnsInvalid',
] as const;

const bucketNames = document('BucketNames', z.object({ bucketConfigs: z.array(z.object({ name: z.string() })) }));
const bucketSummary = document('BucketSummary', z.object({ bucketConfig: summary.nullable() }));
const buckets = document('Buckets', z.object({ bucketConfigs: z.array(wholeBucket) }));
const bucketNamed = document('BucketNamed', z.object({ bucketConfig: wholeBucket.nullable() }));
const addBucket = document(
  'AddBucket',
  z.object({
    outcome: z.discriminatedUnion('__typename', [
      z.object({ __typename: z.literal('BucketAddSuccess'), bucketConfig: wholeBucket }),
      members('BucketAlreadyAdded', 'BucketDoesNotExist', 'SubscriptionInvalid', ...changeFailures),
    ]),
  }),
);
const updateBucket = document(
  'UpdateBucket',
  z.object({
    outcome: z.discriminatedUnion('__typename', [
      z.object({ __typename: z.literal('BucketUpdateSuccess'), bucketConfig: wholeBucket }),
      // InsufficientPermissions joined this union after the reference schema; its name is enough to know it by.
      members('BucketNotFound', ...changeFailures),
    ]),
  }),
);
const removeBucket = document(
  'RemoveBucket',
  z.object({ outcome: members('BucketRemoveSuccess', 'BucketNotFound', 'IndexingInProgress') }),
);

function bucketOf(bucket: z.infer<typeof wholeBucket>) {
  return { ...bucket, linkedData: asJson(bucket.linkedData) };
}

/** What the members of the unions mean for a bucket; those that are not here are the stack's own trouble. */
function meaningsFor(bucket: string): Meanings {
  return {
    BucketAlreadyAdded: ['ConflictError', { bucket }],
    BucketDoesNotExist: ['NotFoundError', { bucket }],
    BucketNotFound: ['NotFoundError', { bucket }],
    IndexingInProgress: ['ConflictError', { bucket }],
    InsufficientPermissions: ['PermissionError', { bucket }],
    BucketFileExtensionsToIndexInvalid: ['ValidationError', { field: 'fileExtensionsToIndex' }],
    BucketIndexContentBytesInvalid: ['ValidationError', { field: 'indexContentBytes' }],
    SnsInvalid: ['ValidationError', { field: 'snsNotificationArn' }],
    NotificationTopicNotFound: ['ValidationError', { field: 'snsNotificationArn' }],
  };
}

/** `BucketAddInput` and `BucketUpdateInput` have the parameters' own names. */
function inputOf({ name: _, ...input }: BucketParams) {
  return input;
}

export const bucketsTopic: Topic<
  | 'listBuckets'
  | 'bucketInfo'
  | 'admin.buckets.list'
  | 'admin.buckets.get'
  | 'admin.buckets.add'
  | 'admin.buckets.update'
  | 'admin.buckets.remove'
> = {
  listBuckets: using([bucketNames], async (client) => (await client.ask(bucketNames)).bucketConfigs.map(({ name }) => name)),
  bucketInfo: using([bucketSummary], async (client, { bucket }) => {
    const found = (await client.ask(bucketSummary, { bucket })).bucketConfig;
    if (found === null) throw noBucket(client, bucket);
    return found;
  }),
  'admin.buckets.list': using([buckets], async (client) => (await client.ask(buckets)).bucketConfigs.map(bucketOf)),
  'admin.buckets.get': using([bucketNamed], async (client, { name }) => {
    const found = (await client.ask(bucketNamed, { name })).bucketConfig;
    if (found === null) throw noBucket(client, name);
    return bucketOf(found);
  }),
  'admin.buckets.add': using([addBucket], async (client, params) => {
    rejectBlank(client, { title: params.title });
    const { outcome } = await client.ask(addBucket, { input: { name: params.name, ...inputOf(params) } });
    if (outcome.__typename !== 'BucketAddSuccess') throw refusal(client, outcome, meaningsFor(params.name));
    return bucketOf(outcome.bucketConfig);
  }),
  'admin.buckets.update': using([updateBucket], async (client, params) => {
    rejectBlank(client, { title: params.title });
    const { outcome } = await client.ask(updateBucket, { name: params.name, input: inputOf(params) });
    if (outcome.__typename !== 'BucketUpdateSuccess') throw refusal(client, outcome, meaningsFor(params.name));
    return bucketOf(outcome.bucketConfig);
  }),
  'admin.buckets.remove': using([removeBucket], async (client, { name }) => {
    const { outcome } = await client.ask(removeBucket, { name });
    if (outcome.__typename !== 'BucketRemoveSuccess') throw refusal(client, outcome, meaningsFor(name));
    return {};
  }),
};
