/** Checks of what stands beside stacks and services, each seen to fail by its defect and to pass on what only looks like it. */
import { remove, set, testDefects, testLegal, useTestStack } from './test-stack.ts';

const stack = useTestStack();
const BUCKET = '/s3/buckets/shop-uploads-123456789012';
const FUNCTION = '/lambda/functions/shop-thumbnails';
const LOG = '/logs/logGroups/~1shop~1web';
const LINES = `${LOG}/streams/web~1web~11111aaaa1111aaaa1111aaaa1111aaaa`;
const POOL = '/cognito-idp/userPools/us-east-1_Shop12345';
const USER = `${POOL}/users/probe@shop.example.com`;
const SECRET = '/secretsmanager/secrets/shop~1database';
const DEPLOY = '/iam/roles/shop-deploy/policies/deploy';
const at = '2026-11-20T08:20:00Z';

testDefects(stack, [
  [
    'function-settings-agree',
    'thumbnails',
    'another bucket',
    [set(`${FUNCTION}/Environment/UPLOADS_BUCKET`, 'shop-uploads-dev')],
    ['got another value (16 characters)'],
  ],
  ['function-settings-are-set', 'thumbnails', 'one vanished', [remove(`${FUNCTION}/Environment/UPLOADS_BUCKET`)], ['got not set']],
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
]);

testLegal(stack, [
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
]);
