/** Ids never change meaning: a committed list pins them. A case that is new, gone or renamed shows in the diff of that list. */
import { expect, test } from 'vitest';
import { appDeployment } from '../../fixtures/app-part.ts';
import { deploymentSchema } from '../../fixtures/target-schema.ts';
import { DEFAULT_BACKENDS, loadBackends } from '../run/backends.ts';
import { planCases } from './plan.ts';
import { loadSuite, suitePaths } from './suite-files.ts';
import { FEATURES } from './world.ts';

test('the ids of all cases are those of suites/case-ids.txt (update it with `npx vitest run --project harness suites/case/case-ids --update`)', async () => {
  const features = Object.fromEntries(FEATURES.map((feature) => [feature, true])) as Record<(typeof FEATURES)[number], true>;
  const files = await Promise.all(suitePaths().map(loadSuite));
  const options = {
    target: { hasPlatform: true, deployment: { ...deploymentSchema.parse({}), oauthApps: appDeployment(null).oauthApps } } as const,
    backends: await loadBackends(DEFAULT_BACKENDS),
    features,
    suites: [],
    grep: null,
    tags: [],
    ids: null,
    shard: null,
  };
  const ids = planCases(files, options).map(({ id }) => id);
  await expect(`${ids.toSorted().join('\n')}\n`).toMatchFileSnapshot('../case-ids.txt');
});
