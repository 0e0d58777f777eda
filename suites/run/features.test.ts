import { expect, test } from 'vitest';
import type { PlatformTarget } from '../../fixtures/target.ts';
import { deploymentSchema } from '../../fixtures/target-schema.ts';
import { loadSuite, suitePaths } from '../case/suite-files.ts';
import { featuresOf } from './features.ts';

const deployment: PlatformTarget = {
  name: 'staging',
  kind: 'file',
  hasPlatform: true,
  deployment: deploymentSchema.parse({}),
  folder: '.',
  secrets: {},
  stage: null,
  writes: 'namespace',
  account: null,
  region: 'us-east-1',
  catalogUrl: 'https://catalog.example.com',
  registryUrl: 'https://registry.example.com',
  graphqlUrl: null,
  schemaSnapshot: null,
  s3Endpoint: null,
  buckets: ['one'],
  accessKeyId: 'key',
  secretAccessKey: 'secret',
  tokens: { admin: null, user: 'token' },
  ca: null,
  controlUrl: null,
  subjects: {},
};
const lackedBy = (target: PlatformTarget) =>
  Object.entries(featuresOf(target)).flatMap(([feature, has]) => (has === true ? [] : [`${feature}: ${has}`]));

test('a deployment says of each feature what its target file or its kind lacks', () => {
  const control = 'the target has no control endpoint';
  expect(lackedBy(deployment)).toEqual([
    `control: ${control}`,
    `own-registry: ${control}`,
    `own-bucket: ${control}`,
    'second-bucket: the target names one bucket',
    `second-tenant: ${control}`,
    'unknown-bucket: the target names no s3.endpoint, and of AWS only its own buckets may be spoken to',
    'schema-snapshot: the target names no registry.schema',
    'admin-token: the target file names no tokens.admin',
  ]);
  expect(featuresOf({ ...deployment, secretAccessKey: null }).write).toContain('s3.secretAccessKey');
  expect(featuresOf({ ...deployment, writes: 'never' }).write).toBe('the target says writes: never');
  expect(lackedBy({ ...deployment, controlUrl: 'http://127.0.0.1:9/#bearer', schemaSnapshot: 'schema.graphql' })).toEqual([]);
});

/** Operations that tell of, or change, what other people have in a registry or a bucket. */
const OF_ALL = /^(admin\.|tabulator\.|authStatus$|catalogConfig$|listBuckets$|bucketInfo$|awsCredentials$|searchPackages$)/;

test('a scenario that asks what others have a part in says that it needs a registry or a bucket of its own', async () => {
  const files = await Promise.all(suitePaths(['parity', 'interop']).map(loadSuite));
  const silent = files.flatMap(({ file, suite }) => {
    if (suite.kind === 'check' || suite.kind === 'resource' || suite.as === 'nobody') return [];
    const needed = suite.requires ?? [];
    const own = ['control', 'own-registry', 'own-bucket', 'second-tenant'] as const;
    return suite.needs.some((need) => OF_ALL.test(need)) && !own.some((feature) => needed.includes(feature)) ? [file] : [];
  });
  // A bucket that nobody has is missing whoever asks.
  expect(silent).toEqual(['suites/parity/read-a-missing-bucket.suite.ts']);
});
