/** Checks of images, services and their settings, each seen to fail by its defect and to pass on what only looks like it. */
import { expect, test } from 'vitest';
import { askStack } from './ask-stack.ts';
import { remove, set, testDefects, testLegal, useTestStack } from './test-stack.ts';

const stack = useTestStack();
const WEB_TASK = '/ecs/taskDefinitions/web:7';
const ENVIRONMENT = `${WEB_TASK}/containerDefinitions/0/environment`;
const TASK = '/ecs/clusters/shop/tasks/1111aaaa1111aaaa1111aaaa1111aaaa';
const WEB_IMAGE = '/ecr/repositories/shop~1web/images/1';
const API_IMAGE = '/ecr/repositories/shop~1api/images/0';
const API = '/apprunner/services/shop-api';
const CONFIG = `${API}/SourceConfiguration/ImageRepository/ImageConfiguration`;
const OLD = `sha256:${'0'.repeat(64)}`;
const at = '2026-11-20T08:20:00Z';
const failedOperation = { Type: 'START_DEPLOYMENT', Status: 'FAILED', StartedAt: at, EndedAt: at };

testDefects(stack, [
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
]);

testLegal(stack, [
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
]);

test('a setting that is to be compared and comes from a secret leaves the check broken', async () => {
  const secrets = `${WEB_TASK}/containerDefinitions/0/secrets`;
  await stack.control.patch({
    edits: [
      remove(`${ENVIRONMENT}/STAGE`),
      set(`${secrets}/STAGE`, 'arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/stage-a1b2c3'),
    ],
  });
  expect(await askStack(stack.target, 'service-settings-agree', 'web')).toMatchObject({
    verdict: 'broken',
    message: expect.stringContaining('STAGE of service web'),
  });
});

test('a service that is gone leaves what asks more of it broken, and names who says so', async () => {
  await stack.control.patch({ edits: [remove('/ecs/clusters/shop/services/web')] });
  for (const check of ['service-is-the-release', 'service-settings-agree', 'service-image-fits-platform', 'service-runs-what-was-pushed'])
    expect(await askStack(stack.target, check, 'web')).toMatchObject({
      verdict: 'broken',
      message: expect.stringContaining('stack/ecs-service-is-steady says so'),
    });
});
