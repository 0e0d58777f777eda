/** What a target offers to scenarios, and why not where it does not. */
import type { PlatformTarget, Target } from '../../fixtures/target.ts';
import { FEATURES, type Feature } from '../case/world.ts';

/** Feature → true, or why the target lacks it. */
export function featuresOf(target: Target): Readonly<Record<Feature, true | string>> {
  return target.hasPlatform
    ? featuresOfPlatform(target)
    : (Object.fromEntries(FEATURES.map((feature) => [feature, featureOfPlain(target, feature)])) as ReturnType<typeof featuresOf>);
}

function featureOfPlain({ writes }: Target, feature: Feature): true | string {
  if (feature !== 'write') return 'the target names no catalog, registry and s3';
  return writes === 'namespace' ? true : 'the target says writes: never';
}

function featuresOfPlatform(target: PlatformTarget): Readonly<Record<Feature, true | string>> {
  const controlled = target.controlUrl !== null;
  const control = controlled ? true : 'the target has no control endpoint';
  const hasKeys = controlled || (target.accessKeyId !== null && target.secretAccessKey !== null);
  const tokenOf = (user: 'admin' | 'user') =>
    controlled || target.tokens[user] !== null ? true : `the target file names no tokens.${user}`;
  return {
    control,
    'own-registry': control,
    'own-bucket': control,
    'second-bucket': controlled || target.buckets.length > 1 ? true : 'the target names one bucket',
    'second-tenant': control,
    'unknown-bucket':
      controlled || target.s3Endpoint !== null ? true : 'the target names no s3.endpoint, and of AWS only its own buckets may be spoken to',
    'schema-snapshot': target.schemaSnapshot === null ? 'the target names no registry.schema' : true,
    write:
      target.writes !== 'namespace'
        ? 'the target says writes: never'
        : hasKeys
          ? true
          : 'the target file names no s3.accessKeyId and s3.secretAccessKey, by which objects are put and removed again',
    'user-token': tokenOf('user'),
    'admin-token': tokenOf('admin'),
  };
}
