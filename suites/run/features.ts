/** What a target offers to scenarios, and why not where it does not. */
import type { Target } from '../../fixtures/target.ts';
import type { Feature } from '../case/world.ts';

/** Feature → true, or why the target lacks it. */
export function featuresOf(target: Target): Readonly<Record<Feature, true | string>> {
  const controlled = target.controlUrl !== null;
  const control = controlled ? true : 'the target has no control endpoint';
  return {
    control,
    'own-registry': control,
    'own-bucket': control,
    'second-bucket': controlled || target.buckets.length > 1 ? true : 'the target names one bucket',
    'second-tenant': control,
    'schema-snapshot': target.schemaSnapshot === null ? 'the target names no registry.schema' : true,
    write: target.writes === 'namespace' ? true : 'the target says writes: never',
  };
}
