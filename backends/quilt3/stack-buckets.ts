/** Buckets of the stack: their settings. */
import { z } from 'zod';
import type { BucketParams } from '../operations.ts';
import type { Json } from '../shapes.ts';
import { ask } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { type Call, errorOf, type Topic } from './call.ts';
import { document } from './documents.ts';
import { bare, failureError, type Meanings } from './failures.ts';

const wholeBucket = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
  iconUrl: z.string().nullable(),
  linkedData: z.json().nullable(),
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
const adminOnly = z.object({ tabulatorOpenQuery: z.boolean() });
const success = <const N extends string>(name: N) => z.object({ __typename: z.literal(name), bucketConfig: wholeBucket });

const listBucketSettings = document('ListBucketSettings', { admin: adminOnly, bucketConfigs: z.array(wholeBucket) });
const getBucketSettings = document('GetBucketSettings', { admin: adminOnly, bucketConfig: wholeBucket.nullable() });
const addBucket = document('AddBucket', {
  bucketAdd: z.discriminatedUnion('__typename', [
    success('BucketAddSuccess'),
    bare(
      'BucketAlreadyAdded',
      'BucketDoesNotExist',
      'BucketFileExtensionsToIndexInvalid',
      'BucketIndexContentBytesInvalid',
      'InsufficientPermissions',
      'NotificationConfigurationError',
      'NotificationTopicNotFound',
      'SnsInvalid',
      'SubscriptionInvalid',
    ),
  ]),
});
const updateBucket = document('UpdateBucket', {
  bucketUpdate: z.discriminatedUnion('__typename', [
    success('BucketUpdateSuccess'),
    bare(
      'BucketFileExtensionsToIndexInvalid',
      'BucketIndexContentBytesInvalid',
      'BucketNotFound',
      'InsufficientPermissions',
      'NotificationConfigurationError',
      'NotificationTopicNotFound',
      'SnsInvalid',
    ),
  ]),
});
const removeBucket = document('RemoveBucket', { bucketRemove: bare('BucketRemoveSuccess', 'BucketNotFound', 'IndexingInProgress') });

const view = (bucket: z.infer<typeof wholeBucket>) => ({ ...bucket, linkedData: bucket.linkedData as Json });

function meaningsOf(bucket: string): Meanings {
  const topic = ['ValidationError', { field: 'snsNotificationArn' }] as const;
  return {
    BucketAlreadyAdded: ['ConflictError', { bucket }],
    BucketDoesNotExist: ['NotFoundError', { bucket }],
    BucketNotFound: ['NotFoundError', { bucket }],
    IndexingInProgress: ['ConflictError', { bucket }],
    InsufficientPermissions: ['PermissionError', { bucket }],
    BucketFileExtensionsToIndexInvalid: ['ValidationError', { field: 'fileExtensionsToIndex' }],
    BucketIndexContentBytesInvalid: ['ValidationError', { field: 'indexContentBytes' }],
    SnsInvalid: topic,
    NotificationTopicNotFound: topic,
  };
}

/** All settings; quilt3 sends null for what is left out, and so does this. */
function settingsOf(call: Call, params: BucketParams) {
  rejectBlank(call, { title: params.title });
  return {
    title: params.title,
    description: params.description ?? null,
    iconUrl: params.iconUrl ?? null,
    linkedData: params.linkedData ?? null,
    overviewUrl: params.overviewUrl ?? null,
    tags: params.tags ?? null,
    relevanceScore: params.relevanceScore ?? null,
    browsable: params.browsable ?? null,
    fileExtensionsToIndex: params.fileExtensionsToIndex ?? null,
    indexContentBytes: params.indexContentBytes ?? null,
    snsNotificationArn: params.snsNotificationArn ?? null,
    scannerParallelShardsDepth: params.scannerParallelShardsDepth ?? null,
    skipMetaDataIndexing: params.skipMetaDataIndexing ?? null,
  };
}

export const stackBuckets: Topic<`admin.buckets.${'list' | 'get' | 'add' | 'update' | 'remove'}`> = {
  'admin.buckets.list': {
    uses: [listBucketSettings],
    run: async (call) => (await ask(call, listBucketSettings)).bucketConfigs.map(view),
  },
  'admin.buckets.get': {
    uses: [getBucketSettings],
    async run(call, { name }) {
      const { bucketConfig } = await ask(call, getBucketSettings, { name });
      if (bucketConfig === null) throw errorOf(call, 'NotFoundError', `bucket: expected ${name} in the stack, got none`, { bucket: name });
      return view(bucketConfig);
    },
  },
  'admin.buckets.add': {
    uses: [addBucket],
    async run(call, params) {
      const { name } = params;
      const { bucketAdd } = await ask(call, addBucket, {
        input: { name, ...settingsOf(call, params), delayScan: params.delayScan ?? null },
      });
      if (bucketAdd.__typename !== 'BucketAddSuccess') throw failureError(call, bucketAdd, meaningsOf(name));
      return view(bucketAdd.bucketConfig);
    },
  },
  'admin.buckets.update': {
    uses: [updateBucket],
    async run(call, params) {
      const { name } = params;
      const { bucketUpdate } = await ask(call, updateBucket, { name, input: settingsOf(call, params) });
      if (bucketUpdate.__typename !== 'BucketUpdateSuccess') throw failureError(call, bucketUpdate, meaningsOf(name));
      return view(bucketUpdate.bucketConfig);
    },
  },
  'admin.buckets.remove': {
    uses: [removeBucket],
    async run(call, { name }) {
      const { bucketRemove } = await ask(call, removeBucket, { name });
      if (bucketRemove.__typename !== 'BucketRemoveSuccess') throw failureError(call, bucketRemove, meaningsOf(name));
      return {};
    },
  },
};
