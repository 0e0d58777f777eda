/** Administration of the buckets of the stack. */
import type { BucketParams } from '../operations.ts';
import type { Call, Handlers } from './call.ts';
import { newStackBucket } from './population.ts';
import type { StackBucket, Tenant } from './state.ts';

/** What the indexer of the stack reads, and how much of it. */
const EXTENSIONS = '.csv .html .ini .ipynb .json .md .parquet .pdf .pptx .rmd .tsv .txt .xls .xlsx .yaml .yml'.split(' ');
const MOST_BYTES = 1_048_576;

const TOPIC = /^arn:aws(-[a-z-]+)?:sns:[a-z0-9-]+:\d{12}:\S+$/;
const NO_TOPIC = 'DO_NOT_SUBSCRIBE';

export const buckets: Handlers<`admin.buckets.${'list' | 'get' | 'add' | 'update' | 'remove'}`> = {
  'admin.buckets.list': (call) => [...call.admin().tenant.stack].map(([name, bucket]) => view(name, bucket)),

  'admin.buckets.get'(call, { name }) {
    return view(name, inStack(call, call.admin().tenant, name));
  },

  'admin.buckets.add'(call, params) {
    call.filled('title', params.title);
    const { tenant } = call.admin();
    const { name } = params;
    if (tenant.stack.has(name)) throw call.taken({ bucket: name, code: 'BucketAlreadyAdded' });
    checkSettings(call, params);
    if (!tenant.s3.has(name)) {
      const isOthers = call.model.tenants.some((other) => other.s3.has(name));
      throw isOthers
        ? call.refuse('PermissionError', { bucket: name, code: 'InsufficientPermissions' })
        : call.missing({ bucket: name, code: 'BucketDoesNotExist' });
    }
    const bucket = { ...newStackBucket(params.title), lastIndexed: params.delayScan === true ? null : call.at };
    tenant.stack.set(name, bucket);
    return view(name, settle(bucket, params));
  },

  'admin.buckets.update'(call, params) {
    call.filled('title', params.title);
    const bucket = inStack(call, call.admin().tenant, params.name);
    checkSettings(call, params);
    return view(params.name, settle(bucket, params));
  },

  'admin.buckets.remove'(call, { name }) {
    const { tenant } = call.admin();
    inStack(call, tenant, name);
    tenant.stack.delete(name);
    for (const policy of tenant.policies) policy.permissions = policy.permissions.filter((held) => held.bucket !== name);
    return {};
  },
};

function view(name: string, bucket: StackBucket) {
  const { tables: _, ...settings } = bucket;
  return { name, ...settings };
}

function inStack(call: Call, tenant: Tenant, name: string): StackBucket {
  const bucket = tenant.stack.get(name);
  if (bucket === undefined) throw call.missing({ bucket: name });
  return bucket;
}

/** All settings as given: what is left out goes back to its default. */
function settle(bucket: StackBucket, params: BucketParams): StackBucket {
  return Object.assign(bucket, {
    title: params.title,
    description: params.description ?? null,
    tags: params.tags ?? null,
    iconUrl: params.iconUrl ?? null,
    linkedData: params.linkedData ?? null,
    overviewUrl: params.overviewUrl ?? null,
    relevanceScore: params.relevanceScore ?? 100,
    browsable: params.browsable ?? false,
    snsNotificationArn: params.snsNotificationArn ?? null,
    scannerParallelShardsDepth: params.scannerParallelShardsDepth ?? null,
    skipMetaDataIndexing: params.skipMetaDataIndexing ?? null,
    fileExtensionsToIndex: params.fileExtensionsToIndex ?? null,
    indexContentBytes: params.indexContentBytes ?? null,
  });
}

function checkSettings(
  call: Call,
  { snsNotificationArn: topic = NO_TOPIC, fileExtensionsToIndex = [], indexContentBytes = 0 }: BucketParams,
): void {
  if (topic !== NO_TOPIC && !TOPIC.test(topic)) throw call.wrong('snsNotificationArn', 'SnsInvalid');
  if (fileExtensionsToIndex.some((extension) => !EXTENSIONS.includes(extension.toLowerCase()))) {
    throw call.wrong('fileExtensionsToIndex', 'BucketFileExtensionsToIndexInvalid');
  }
  if (indexContentBytes < 0 || indexContentBytes > MOST_BYTES) throw call.wrong('indexContentBytes', 'BucketIndexContentBytesInvalid');
  if (topic !== NO_TOPIC) throw call.wrong('snsNotificationArn', 'NotificationTopicNotFound');
}
