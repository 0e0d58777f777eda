/** What a target offers to scenarios, and why not where it does not. */
import type { Target } from '../../fixtures/target.ts';
import type { Feature } from '../case/world.ts';

/** Feature → true, or why the target lacks it. */
export function featuresOf(target: Target): Readonly<Record<Feature, true | string>> {
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
