/** The stack suite on moto, a stack that others' code holds: healthy, and with eight things broken. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { ECR } from '@aws-sdk/client-ecr';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { S3 } from '@aws-sdk/client-s3';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { failOn, type RealCheck } from './check.ts';
import { crosscheckRun } from './crosscheck-run.ts';
import { type Moto, startMoto } from './moto-server.ts';
import type { Pythons } from './python.ts';

const ACCOUNT = '123456789012';
const REPOSITORY = 'shop/web';
const TAG = '1.5.0';
const POLICY = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'ecs:*', Resource: '*' }] };
const UPLOADS = `shop-uploads-${ACCOUNT}`;
const USER = 'probe@shop.example.com';
const DEADLINE_MS = 120_000;

/** Case of the defect → what its message must hold. */
const BROKEN: Readonly<Record<string, string>> = {
  'stack/table-expires-as-meant/tables:sessions': 'expected expiresAt, got off',
  'stack/bucket-is-guarded/storage:uploads': 'versioning of bucket shop-uploads-123456789012: expected Enabled, got Suspended',
  'stack/log-group-keeps-its-lines/log-groups:web': 'expected 30 days, got for ever',
  'stack/secret-is-readable/secrets:database': 'got one that is being deleted',
  'stack/function-settings-agree/functions:thumbnails': 'expected prod, got another value (3 characters)',
  'stack/test-user-signs-in/user-pools:shoppers': 'got FORCE_CHANGE_PASSWORD',
  'stack/policies-are-the-files/permissions:deploy': 's3:*',
  'stack/image-fits-platform/images:web': 'expected linux/amd64, got linux/arm64',
};

/** What moto does not do, so that nothing else can be said of its service: it starts no task of one, and has no URL of a layer. */
const OF_MOTO: Readonly<Record<string, readonly [verdict: string, says: string]>> = {
  'stack/ecs-service-is-steady/services:web': ['failed', 'running tasks of service web of cluster shop: expected 2, got 0'],
  'stack/service-image-fits-platform/services:web': ['broken', 'ecr:GetDownloadUrlForLayer'],
  'stack/service-runs-what-was-pushed/services:web': ['broken', 'ecr:GetDownloadUrlForLayer'],
};

/** Runs it twice; between the two moto is changed by the SDK's own clients, past the door. */
export const motoStackSuite = (pythons: Pythons): RealCheck => ({
  name: 'moto: the stack suite, healthy and broken',
  async run(room) {
    await using moto = await startMoto(pythons, room);
    const config = { endpoint: moto.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'moto', secretAccessKey: 'moto' } };
    await pushImage(config, 'amd64');
    writeFileSync(join(room.dir, 'deploy.json'), JSON.stringify(POLICY));
    const file = join(room.dir, 'moto.yaml');
    writeFileSync(file, JSON.stringify(targetOf(moto)));
    const run = () => crosscheckRun(room, ['stack', '--target', file], DEADLINE_MS, { MOTO: 'moto', USER_PASSWORD: 'embedded-Probe-1' });

    const findings: string[] = [];
    const judge = (when: string, { cases }: Awaited<ReturnType<typeof run>>, defects: typeof BROKEN) => {
      const ids = new Set(cases.map(({ id }) => id));
      for (const id of [...Object.keys(defects), ...Object.keys(OF_MOTO)])
        if (!ids.has(id)) findings.push(`${when}: ${id}: expected a case, got none`);
      for (const { id, verdict, message } of cases) {
        const defect = defects[id];
        const [expected, says] = defect === undefined ? (OF_MOTO[id] ?? ['passed', '']) : ['failed', defect];
        if (verdict === 'unsupported' && expected === 'passed') continue;
        if (verdict !== expected || !(message ?? '').includes(says))
          findings.push(`${when}: ${id}: expected ${expected} ${says}, got ${verdict}: ${message ?? ''}`);
      }
    };
    const healthy = await run();
    judge('healthy', healthy, {});
    await breakEight(config, moto);
    const broken = await run();
    judge('broken', broken, BROKEN);
    failOn(findings);
    return {
      detail: `${healthy.passed} passed when healthy, ${Object.keys(OF_MOTO).length} could not for what moto lacks; ${Object.keys(BROKEN).length} broken things failed, each by its check alone, ${broken.passed} others passed`,
    };
  },
});

function targetOf({ endpoint, userPoolId, clientId }: Moto): object {
  return {
    name: 'moto',
    account: ACCOUNT,
    stage: 'prod',
    aws: { endpoint, accessKeyId: { env: 'MOTO' }, secretAccessKey: { env: 'MOTO' }, stageTag: 'stage', settleSeconds: 0 },
    stacks: { shop: { name: 'shop', outputs: { SessionsTable: { matches: '^shop-' }, UploadsBucket: {} } } },
    services: { web: { kind: 'ecs', cluster: 'shop', name: 'web', environment: { STAGE: { equals: 'prod' } } } },
    images: { web: { uri: `${ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com/${REPOSITORY}:${TAG}` } },
    tables: { sessions: { name: 'shop-sessions', ttl: 'expiresAt' }, stacked: { name: `\${shop.SessionsTable}` } },
    storage: { uploads: { name: UPLOADS, encryption: 'aws:kms' } },
    functions: { thumbnails: { name: 'shop-thumbnails', environment: { STAGE: { equals: 'prod' } } } },
    userPools: { shoppers: { id: userPoolId, clientId, username: USER, password: { env: 'USER_PASSWORD' } } },
    logGroups: { web: { name: '/shop/web', retentionDays: 30 } },
    permissions: { deploy: { principal: `arn:aws:iam::${ACCOUNT}:role/shop-deploy`, policies: { deploy: 'deploy.json' } } },
    secrets: { database: { id: 'shop/database' } },
  };
}

interface Config {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

async function pushImage(config: Config, architecture: string): Promise<void> {
  const digest = `sha256:${(architecture === 'amd64' ? '2' : '3').repeat(64)}`;
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const entry = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest, size: 2, platform: { os: 'linux', architecture } };
  const imageManifest = JSON.stringify({ schemaVersion: 2, mediaType, manifests: [entry] });
  await new ECR(config).putImage({ repositoryName: REPOSITORY, imageManifest, imageManifestMediaType: mediaType, imageTag: TAG });
}

async function breakEight(config: Config, { userPoolId }: Moto): Promise<void> {
  await new DynamoDB(config).updateTimeToLive({
    TableName: 'shop-sessions',
    TimeToLiveSpecification: { Enabled: false, AttributeName: 'expiresAt' },
  });
  await new S3({ ...config, forcePathStyle: true }).putBucketVersioning({
    Bucket: UPLOADS,
    VersioningConfiguration: { Status: 'Suspended' },
  });
  await new CloudWatchLogs(config).deleteRetentionPolicy({ logGroupName: '/shop/web' });
  await new SecretsManager(config).deleteSecret({ SecretId: 'shop/database' });
  await new Lambda(config).updateFunctionConfiguration({ FunctionName: 'shop-thumbnails', Environment: { Variables: { STAGE: 'dev' } } });
  await new CognitoIdentityProvider(config).adminSetUserPassword({
    UserPoolId: userPoolId,
    Username: USER,
    Password: 'embedded-Probe-1',
    Permanent: false,
  });
  const document = { ...POLICY, Statement: [...POLICY.Statement, { Effect: 'Allow', Action: 's3:*', Resource: '*' }] };
  await new IAM(config).putRolePolicy({ RoleName: 'shop-deploy', PolicyName: 'deploy', PolicyDocument: JSON.stringify(document) });
  await pushImage(config, 'arm64');
}
