/** Checks of what stands beside stacks and ECS services, each seen to fail by its defect and to pass on what only looks like it. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type AwsControl, createAwsControl } from '../../fixtures/aws-control-client.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { type Target, targetOfLine } from '../../fixtures/target.ts';
import { askStack } from './ask-stack.ts';

let child: EmbeddedChild;
let control: AwsControl;
let target: Target;
beforeAll(async () => {
  child = await startEmbeddedChild();
  control = createAwsControl(child.line.controlUrl);
  const made = targetOfLine(child.line);
  const { aws } = made.deployment;
  target = aws === undefined ? made : { ...made, deployment: { ...made.deployment, aws: { ...aws, settleSeconds: 0 } } };
});
afterEach(async () => {
  await control.restore();
  await control.clearFaults();
});
afterAll(() => child[Symbol.asyncDispose]());

const set = (pointer: string, value: unknown) => ({ pointer, value });
const remove = (pointer: string) => ({ pointer, remove: true });
const WEB_TASK = '/ecs/taskDefinitions/web:7';
const ENVIRONMENT = `${WEB_TASK}/containerDefinitions/0/environment`;
const TASK = '/ecs/clusters/shop/tasks/1111aaaa1111aaaa1111aaaa1111aaaa';
const WEB_IMAGE = '/ecr/repositories/shop~1web/images/1';
const API_IMAGE = '/ecr/repositories/shop~1api/images/0';
const API = '/apprunner/services/shop-api';
const CONFIG = `${API}/SourceConfiguration/ImageRepository/ImageConfiguration`;
const BUCKET = '/s3/buckets/shop-uploads-123456789012';
const FUNCTION = '/lambda/functions/shop-thumbnails';
const LOG = '/logs/logGroups/~1shop~1web';
const LINES = `${LOG}/streams/web~1web~11111aaaa1111aaaa1111aaaa1111aaaa`;
const POOL = '/cognito-idp/userPools/us-east-1_Shop12345';
const USER = `${POOL}/users/probe@shop.example.com`;
const SECRET = '/secretsmanager/secrets/shop~1database';
const DEPLOY = '/iam/roles/shop-deploy/policies/deploy';
const OLD = `sha256:${'0'.repeat(64)}`;
const at = '2026-11-20T08:20:00Z';
const failedOperation = { Type: 'START_DEPLOYMENT', Status: 'FAILED', StartedAt: at, EndedAt: at };

type Edits = readonly { readonly pointer: string; readonly value?: unknown; readonly remove?: boolean }[];
const defects: readonly (readonly [check: string, label: string, what: string, edits: Edits, says: readonly string[]])[] = [
  [
    'image-fits-platform',
    'web',
    'an arm64 image',
    [set(`${WEB_IMAGE}/platforms/0/architecture`, 'arm64')],
    ['expected linux/amd64, got linux/arm64', 'docker buildx build --platform linux/amd64'],
  ],
  [
    'image-fits-platform',
    'api',
    'an arm64 image without an index',
    [set(`${API_IMAGE}/platforms/0/architecture`, 'arm64')],
    ['expected linux/amd64, got linux/arm64'],
  ],
  ['image-fits-platform', 'web', 'no such tag', [set(`${WEB_IMAGE}/imageTags`, ['latest'])], ['expected an image, got none']],
  [
    'service-image-fits-platform',
    'web',
    'an arm64 image',
    [set(`${WEB_IMAGE}/platforms/0/architecture`, 'arm64')],
    ['of service web (task definition web:7): expected linux/amd64, got linux/arm64'],
  ],
  [
    'service-image-fits-platform',
    'web',
    'an ARM64 task definition',
    [set(`${WEB_TASK}/runtimePlatform/cpuArchitecture`, 'ARM64')],
    ['platform of service web', 'got linux/arm64'],
  ],
  [
    'service-runs-what-was-pushed',
    'web',
    'an old digest',
    [set(`${TASK}/containers/0/imageDigest`, OLD)],
    [`got ${OLD} since 2026-11-20T08:03:00.000Z`, 'force a new deployment of web'],
  ],
  [
    'service-runs-what-was-pushed',
    'api',
    'a deployment older than the image',
    [set(`${API_IMAGE}/imagePushedAt`, '2026-11-20T08:30:00Z')],
    ['got START_DEPLOYMENT at 2026-11-20T08:01:00.000Z', 'start a deployment of shop-api'],
  ],
  [
    'service-is-the-release',
    'web',
    'another release',
    [set(`${WEB_TASK}/containerDefinitions/0/image`, '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.3.0')],
    ['/shop/web:1.4.0, got ', '/shop/web:1.3.0'],
  ],
  [
    'service-is-the-release',
    'api',
    'another repository',
    [set(`${API}/SourceConfiguration/ImageRepository/ImageIdentifier`, '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:1.4.0')],
    ['/shop/api:1.4.0, got '],
  ],
  [
    'apprunner-service-runs',
    'api',
    'no creation',
    [set(`${API}/Status`, 'CREATE_FAILED')],
    ['status of service shop-api: expected RUNNING, got CREATE_FAILED'],
  ],
  [
    'apprunner-service-runs',
    'api',
    'a failed operation',
    [
      set(`${API}/operations/1`, failedOperation),
      set('/logs/logGroups/~1aws~1apprunner~1shop-api~18fe1e10304f84fd2b0df550fe98a71fa~1application', {
        creationTime: at,
        streams: { a: [{ timestamp: at, message: 'exec format error' }] },
      }),
    ],
    ['expected SUCCEEDED, got START_DEPLOYMENT FAILED', 'exec format error'],
  ],
  ['apprunner-has-start-command', 'api', 'no command', [remove(`${CONFIG}/StartCommand`)], ['expected node api.js, got none']],
  [
    'apprunner-deploys-automatically',
    'api',
    'it off',
    [set(`${API}/SourceConfiguration/AutoDeploymentsEnabled`, false)],
    ['expected on, got off'],
  ],
  [
    'apprunner-network-is-meant',
    'api',
    'another way out',
    [set(`${API}/NetworkConfiguration/EgressConfiguration`, { EgressType: 'DEFAULT' })],
    ['got the public internet'],
  ],
  [
    'service-settings-agree',
    'web',
    'a placeholder',
    [set(`${ENVIRONMENT}/FRONTEND_URL`, 'https://placeholder.invalid/to-be-set')],
    ['FRONTEND_URL of service web', 'expected https://shop.example.com, got what looks like a placeholder (37 characters)'],
  ],
  [
    'service-settings-agree',
    'api',
    'another value',
    [set(`${CONFIG}/RuntimeEnvironmentVariables/FRONTEND_URL`, 'https://other.example.com')],
    ['got another value (25 characters)'],
  ],
  [
    'function-settings-agree',
    'thumbnails',
    'another bucket',
    [set(`${FUNCTION}/Environment/UPLOADS_BUCKET`, 'shop-uploads-dev')],
    ['got another value (16 characters)'],
  ],
  ['service-settings-are-set', 'web', 'one vanished', [remove(`${ENVIRONMENT}/STAGE`)], ['STAGE of service web', 'got not set']],
  [
    'service-settings-are-set',
    'web',
    'an empty object',
    [set(`${ENVIRONMENT}/LIMITS`, '{}')],
    ['LIMITS of service web', 'got an empty object'],
  ],
  ['service-settings-are-set', 'web', 'broken JSON', [set(`${ENVIRONMENT}/LIMITS`, '{"uploads":')], ['got no JSON (11 characters)']],
  [
    'service-settings-are-set',
    'web',
    'another shape',
    [set(`${ENVIRONMENT}/LIMITS`, '{"uploads":"canary-of-a-setting"}')],
    ['/uploads must be integer'],
  ],
  ['function-settings-are-set', 'thumbnails', 'one vanished', [remove(`${FUNCTION}/Environment/UPLOADS_BUCKET`)], ['got not set']],
  [
    'service-origins-are-hardened',
    'web',
    'a wildcard and localhost',
    [
      set(
        `${ENVIRONMENT}/ALLOWED_ORIGINS`,
        'https://shop.example.com,*,http://localhost:3000,http://shop.example.com,https://evil.example',
      ),
    ],
    [
      '* (a wildcard)',
      'http://localhost:3000 (localhost)',
      'http://shop.example.com (plain http)',
      'https://evil.example (none of those allowed)',
    ],
  ],
  [
    'table-expires-as-meant',
    'sessions',
    'TTL off',
    [set('/dynamodb/tables/shop-sessions/TimeToLive/TimeToLiveStatus', 'DISABLED')],
    ['expected expiresAt, got off'],
  ],
  [
    'table-expires-as-meant',
    'sessions',
    'another attribute',
    [set('/dynamodb/tables/shop-sessions/TimeToLive/AttributeName', 'expires')],
    ['expected expiresAt, got expires'],
  ],
  ['table-expires-as-meant', 'orders', 'no table', [remove('/dynamodb/tables/shop-orders')], ['got no such table']],
  [
    'bucket-is-guarded',
    'uploads',
    'nothing on it',
    [remove(`${BUCKET}/Encryption`), remove(`${BUCKET}/PublicAccessBlock`), set(`${BUCKET}/Versioning`, 'Suspended')],
    ['expected aws:kms, got none', 'expected Enabled, got Suspended', 'got off: BlockPublicAcls, IgnorePublicAcls'],
  ],
  [
    'function-is-the-release',
    'thumbnails',
    'old code',
    [set(`${FUNCTION}/aliases/live`, '3')],
    ['got ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=', 'point live at the released version'],
  ],
  [
    'function-is-the-release',
    'thumbnails',
    'a failure and no tracing',
    [
      set(`${FUNCTION}/State`, 'Failed'),
      set(`${FUNCTION}/StateReason`, 'the image was deleted'),
      set(`${FUNCTION}/TracingConfig`, 'PassThrough'),
    ],
    ['expected Active, got Failed', 'the image was deleted', 'tracing of function shop-thumbnails:live: expected Active, got PassThrough'],
  ],
  ['function-is-the-release', 'thumbnails', 'none', [remove(FUNCTION)], ['expected a function, got none']],
  ['log-group-keeps-its-lines', 'web', 'no retention', [remove(`${LOG}/retentionInDays`)], ['expected 30 days, got for ever']],
  ['log-group-keeps-its-lines', 'web', 'no group', [remove(LOG)], ['expected a log group, got none']],
  [
    'log-is-clean-since-rollout',
    'web',
    'an error',
    [set(`${LINES}/1/message`, 'ERROR relation "users" does not exist')],
    ['lines of /shop/web that match \\bERROR\\b: expected none, got 1: 2026-11-20T08:10:00.000Z ERROR relation'],
  ],
  [
    'log-is-clean-since-rollout',
    'web',
    'no start',
    [set(`${LINES}/0/message`, 'hello'), remove(`${LOG}/streams/web~1web~12222bbbb2222bbbb2222bbbb2222bbbb`)],
    ['a line of /shop/web that matches listening on \\d+: expected one, got none'],
  ],
  [
    'test-user-signs-in',
    'shoppers',
    'a forced change',
    [set(`${USER}/UserStatus`, 'FORCE_CHANGE_PASSWORD')],
    ['expected CONFIRMED, got FORCE_CHANGE_PASSWORD', 'got the challenge NEW_PASSWORD_REQUIRED'],
  ],
  [
    'test-user-signs-in',
    'shoppers',
    'its flow off',
    [set(`${POOL}/clients/1h57kf5cpq17m0eml12EXAMPLE/ExplicitAuthFlows`, ['ALLOW_USER_SRP_AUTH'])],
    ['expected ALLOW_USER_PASSWORD_AUTH, got ALLOW_USER_SRP_AUTH', 'USER_PASSWORD_AUTH flow not enabled'],
  ],
  [
    'test-user-signs-in',
    'shoppers',
    'another password',
    [set(`${USER}/password`, 'another-Password-1')],
    ['NotAuthorizedException: Incorrect username or password.'],
  ],
  [
    'policies-are-the-files',
    'deploy-policy',
    'another document',
    [set(`${DEPLOY}/Statement/1/Resource`, '*')],
    ['expected the document of', 'with {"Action":["iam:passrole"]'],
  ],
  ['policies-are-the-files', 'task', 'a detached policy', [set('/iam/roles/shop-task/attached', [])], ['got no such policy attached']],
  [
    'policies-are-the-files',
    'task',
    'the old version',
    [set('/iam/policies/arn:aws:iam::123456789012:policy~1shop-task/DefaultVersionId', 'v1')],
    ['dynamodb:*'],
  ],
  ['secret-is-readable', 'database', 'no secret', [remove(SECRET)], ['expected a secret, got none']],
  ['secret-is-readable', 'database', 'its deletion', [set(`${SECRET}/DeletedDate`, at)], ['being deleted since 2026-11-20']],
  [
    'secret-is-readable',
    'database',
    'an unreadable one',
    [set('/iam/roles/shop-task/attached', [])],
    ['secretsmanager:GetSecretValue on arn', 'expected allowed, got implicitDeny'],
  ],
];

describe.each(defects)('%s of %s', (check, label, what, edits, says) => {
  test(`passes as it is, and fails by ${what}`, async () => {
    expect(await askStack(target, check, label)).toMatchObject({ verdict: 'passed' });
    await control.patch({ edits });
    const result = await askStack(target, check, label);
    expect(result.verdict, result.message).toBe('failed');
    for (const text of says) expect(result.message).toContain(text);
    // What a setting holds is told nowhere.
    expect(JSON.stringify(result)).not.toMatch(/to-be-set|canary-of-a-setting|embedded-Probe-1/);
  });
});

const legal: readonly (readonly [check: string, label: string, what: string, edits: Edits])[] = [
  ['image-fits-platform', 'web', 'an index of two platforms', [set(`${WEB_IMAGE}/platforms/1`, { architecture: 'arm64', variant: 'v8' })]],
  [
    'service-is-the-release',
    'web',
    'another tag of the same image',
    [set(`${WEB_TASK}/containerDefinitions/0/image`, '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/web:latest')],
  ],
  [
    'apprunner-service-runs',
    'api',
    'an operation that failed before the last',
    [set(`${API}/operations/0`, { ...failedOperation, StartedAt: '2026-10-01T09:10:00Z', EndedAt: '2026-10-01T09:11:00Z' })],
  ],
  [
    'service-settings-are-set',
    'web',
    'a value from a secret',
    [
      remove(`${ENVIRONMENT}/LIMITS`),
      set(`${WEB_TASK}/containerDefinitions/0/secrets/LIMITS`, 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/limits-a1b2c3'),
    ],
  ],
  [
    'service-origins-are-hardened',
    'web',
    'a redirect URI of an allowed origin, in JSON',
    [set(`${ENVIRONMENT}/ALLOWED_ORIGINS`, '["https://shop.example.com/auth/callback","shop.example.com"]')],
  ],
  [
    'table-expires-as-meant',
    'sessions',
    'TTL that is being enabled',
    [set('/dynamodb/tables/shop-sessions/TimeToLive/TimeToLiveStatus', 'ENABLING')],
  ],
  ['bucket-is-guarded', 'uploads', 'double encryption', [set(`${BUCKET}/Encryption/SSEAlgorithm`, 'aws:kms:dsse')]],
  ['function-is-the-release', 'thumbnails', 'one that sleeps', [set(`${FUNCTION}/State`, 'Inactive')]],
  [
    'log-is-clean-since-rollout',
    'web',
    'an error of before the rollout',
    [set(`${LINES}/1`, { timestamp: '2026-11-20T08:01:00Z', message: 'ERROR old' })],
  ],
  [
    'policies-are-the-files',
    'deploy-policy',
    'another order and spelling',
    [
      set(`${DEPLOY}/Statement/1/Action`, ['iam:passrole']),
      set(`${DEPLOY}/Statement/0/Action`, ['apprunner:*', 'lambda:*', 'ecr:*', 'ecs:*', 'cloudformation:*']),
    ],
  ],
  [
    'secret-is-readable',
    'database',
    'an AWS key',
    [set(`${SECRET}/KmsKeyId`, 'arn:aws:kms:us-east-1:123456789012:alias/aws/secretsmanager')],
  ],
];
test.each(legal)('%s of %s passes on %s', async (check, label, _what, edits) => {
  await control.patch({ edits });
  const result = await askStack(target, check, label);
  expect(result.verdict, result.message).toBe('passed');
});

test('a setting that is to be compared and comes from a secret leaves the check broken', async () => {
  const secrets = `${WEB_TASK}/containerDefinitions/0/secrets`;
  await control.patch({
    edits: [
      remove(`${ENVIRONMENT}/STAGE`),
      set(`${secrets}/STAGE`, 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/stage-a1b2c3'),
    ],
  });
  expect(await askStack(target, 'service-settings-agree', 'web')).toMatchObject({
    verdict: 'broken',
    message: expect.stringContaining('STAGE of service web'),
  });
});

test('a service that is gone leaves what asks more of it broken, and names who says so', async () => {
  await control.patch({ edits: [remove('/ecs/clusters/shop/services/web')] });
  for (const check of ['service-is-the-release', 'service-settings-agree', 'service-image-fits-platform', 'service-runs-what-was-pushed'])
    expect(await askStack(target, check, 'web')).toMatchObject({
      verdict: 'broken',
      message: expect.stringContaining('stack/ecs-service-is-steady says so'),
    });
});
