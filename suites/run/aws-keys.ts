/** The AWS keys of a target: those that its file names, else what the SDK's own chain finds (environment, profile, instance). */
import type { AwsKeys } from '../../backends/wire/sdk.ts';
import type { Target } from '../../fixtures/target.ts';

/** Asks the chain when it is first needed, and again when keys are about to end. */
export function awsKeysOf({ deployment: { aws }, secrets }: Pick<Target, 'deployment' | 'secrets'>): () => Promise<AwsKeys> {
  const accessKeyId = secrets['aws.accessKeyId'];
  const secretAccessKey = secrets['aws.secretAccessKey'];
  const sessionToken = secrets['aws.sessionToken'];
  if (accessKeyId !== undefined && secretAccessKey !== undefined)
    return async () => ({ accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) });
  let chain: Promise<() => Promise<AwsKeys>> | undefined;
  return async () => {
    chain ??= import('@aws-sdk/credential-provider-node').then(({ defaultProvider }) =>
      defaultProvider(aws?.profile === undefined ? {} : { profile: aws.profile }),
    );
    return (await chain)();
  };
}
