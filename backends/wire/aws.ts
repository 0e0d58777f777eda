/** AWS through the door: each client is loaded when it is first asked for, and sends nothing but what `aws-actions.ts` allows. */
import type { AppRunner } from '@aws-sdk/client-apprunner';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import type { DynamoDB } from '@aws-sdk/client-dynamodb';
import type { ECR } from '@aws-sdk/client-ecr';
import type { ECS } from '@aws-sdk/client-ecs';
import type { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { S3 } from '@aws-sdk/client-s3';
import type { SecretsManager } from '@aws-sdk/client-secrets-manager';
import type { STS } from '@aws-sdk/client-sts';
import { AWS_ACTIONS } from './aws-actions.ts';
import type { Door } from './door.ts';
import { type AwsKeys, keysThrough, throughDoor } from './sdk.ts';

export interface AwsSettings {
  /** One endpoint for every service, as moto has; AWS's own for the region when null. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly keys: () => Promise<AwsKeys>;
}

/** Service prefix, as IAM spells it → its client. */
export interface AwsClients {
  readonly apprunner: AppRunner;
  readonly cloudformation: CloudFormation;
  readonly 'cognito-idp': CognitoIdentityProvider;
  readonly dynamodb: DynamoDB;
  readonly ecr: ECR;
  readonly ecs: ECS;
  readonly iam: IAM;
  readonly lambda: Lambda;
  readonly logs: CloudWatchLogs;
  readonly s3: S3;
  readonly secretsmanager: SecretsManager;
  readonly sts: STS;
}

export type AwsService = keyof AwsClients;

/** The clients of one door. */
export interface Aws {
  client<S extends AwsService>(service: S): Promise<AwsClients[S]>;
}

type Config = ReturnType<typeof throughDoor>['config'] & {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials: ReturnType<typeof keysThrough>;
};

const LOAD: { readonly [S in AwsService]: (config: Config) => Promise<AwsClients[S]> } = {
  apprunner: async (config) => new (await import('@aws-sdk/client-apprunner')).AppRunner(config),
  cloudformation: async (config) => new (await import('@aws-sdk/client-cloudformation')).CloudFormation(config),
  'cognito-idp': async (config) => new (await import('@aws-sdk/client-cognito-identity-provider')).CognitoIdentityProvider(config),
  dynamodb: async (config) => new (await import('@aws-sdk/client-dynamodb')).DynamoDB(config),
  ecr: async (config) => new (await import('@aws-sdk/client-ecr')).ECR(config),
  ecs: async (config) => new (await import('@aws-sdk/client-ecs')).ECS(config),
  iam: async (config) => new (await import('@aws-sdk/client-iam')).IAM(config),
  lambda: async (config) => new (await import('@aws-sdk/client-lambda')).Lambda(config),
  logs: async (config) => new (await import('@aws-sdk/client-cloudwatch-logs')).CloudWatchLogs(config),
  s3: async (config) => new (await import('@aws-sdk/client-s3')).S3({ ...config, forcePathStyle: true }),
  secretsmanager: async (config) => new (await import('@aws-sdk/client-secrets-manager')).SecretsManager(config),
  sts: async (config) => new (await import('@aws-sdk/client-sts')).STS(config),
};

/** Hosts of AWS itself, where they are not `SERVICE.REGION.amazonaws.com`. */
const HOSTS: Partial<Record<AwsService, (region: string) => string>> = {
  ecr: (region) => `api.ecr.${region}.amazonaws.com`,
  iam: () => 'iam.amazonaws.com',
};

/** Origins that the clients speak to. */
export function awsOrigins({ endpoint, region }: Pick<AwsSettings, 'endpoint' | 'region'>): readonly string[] {
  if (endpoint !== null) return [new URL(endpoint).origin];
  return (Object.keys(LOAD) as AwsService[]).map(
    (service) => `https://${HOSTS[service]?.(region) ?? `${service}.${region}.amazonaws.com`}`,
  );
}

/** Clients whose every request goes through the door, under the name `service:Operation`. An operation that is not listed is refused unsent. */
export function createAws(door: Door, { endpoint, region, keys }: AwsSettings): Aws {
  const made = new Map<AwsService, Promise<unknown>>();
  const make = async (service: AwsService): Promise<unknown> => {
    const { config, name } = throughDoor(door, 'aws', (command, { method, path }) => {
      const operation = `${service}:${command ?? `${method} ${path}`}`;
      return { operation, reads: AWS_ACTIONS[operation] !== undefined };
    });
    const client = await LOAD[service]({ ...config, region, ...(endpoint !== null && { endpoint }), credentials: keysThrough(door, keys) });
    name(client);
    return client;
  };
  return {
    client<S extends AwsService>(service: S) {
      const client = made.get(service) ?? make(service);
      made.set(service, client);
      return client as Promise<AwsClients[S]>;
    },
  };
}
