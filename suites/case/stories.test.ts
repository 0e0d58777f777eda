/** Every story, told on the model alone: it asks something, waits for what it asks, and makes each operation that it says it needs. */
import { expect, test } from 'vitest';
import { operationNames } from '../../backends/operations.ts';
import { embeddedDeployment, UNSTARTED } from '../../fixtures/embedded-deployment.ts';
import { deploymentSchema } from '../../fixtures/target-schema.ts';
import { BACKENDS, DEFAULT_BACKENDS, loadBackends } from '../run/backends.ts';
import { createOracleSide } from './oracle-world.ts';
import { planCases } from './plan.ts';
import { tell } from './side.ts';
import { loadSuite, suitePaths } from './suite-files.ts';
import { FEATURES, type Feature } from './world.ts';

const target = {
  catalogUrl: 'http://catalog.test',
  registryUrl: 'http://registry.test',
  graphqlUrl: 'http://registry.test/graphql',
  s3Endpoint: 'http://s3.test',
  region: 'us-east-1',
  buckets: ['first'],
};
const features = Object.fromEntries(FEATURES.map((feature) => [feature, true])) as Record<Feature, true>;
const wholeDatabase = {
  migrations: { kind: 'sql', folder: 'migrations' },
  models: { sql: 'models.sql' },
  previous: { sql: 'previous.sql' },
  sync: ['seed'],
  start: { command: 'start', routes: ['/'] },
  recreate: { path: '/recreate', table: 'a', unlisted: 'b', administrator: 'Bearer a', user: 'Bearer b' },
  deployed: { url: { env: 'DATABASE_URL' } },
};
const databaseWithoutTool = { migrations: { kind: 'none', create: 'start' }, previous: { sql: 'previous.sql' } };
const { deployment } = embeddedDeployment(UNSTARTED);
const { databases } = deploymentSchema.parse({ databases: { app: wholeDatabase, old: databaseWithoutTool } });
const everything = { hasPlatform: true, deployment: { ...deployment, databases } } as const;
const needsAdmin = /^(admin|tabulator)\./;

test('every story is told to its end on the model, and calls each operation that it needs at one point of its axes', async () => {
  const options = {
    target: everything,
    backends: await loadBackends(DEFAULT_BACKENDS),
    features,
    suites: [],
    grep: null,
    tags: [],
    ids: null,
    shard: null,
  };
  const wrong: string[] = [];
  for (const path of suitePaths()) {
    const file = await loadSuite(path);
    const story = file.suite;
    if (story.kind === 'check' || story.kind === 'resource') continue;
    const points = new Map(planCases([file], options).map(({ parameters }) => [JSON.stringify(parameters), parameters]));
    const called = new Set<string>();
    for (const at of points.values()) {
      const as = story.as ?? (story.needs.some((need) => needsAdmin.test(need)) ? 'admin' : 'user');
      const run = await tell(story, null, at, createOracleSide({ tenant: story.tenant ?? {}, as, random: () => 0.5, target }));
      if (run.broken !== null) wrong.push(`${file.scenario} ${JSON.stringify(at)}: ${run.broken}`);
      for (const { operation } of run.observations) called.add(operation);
    }
    const needed = story.needs.filter((need) => (operationNames as readonly string[]).includes(need));
    const unmade = needed.filter((need) => !called.has(need));
    if (unmade.length > 0) wrong.push(`${file.scenario}: needs: expected each to be called, got no call of ${unmade.join(', ')}`);
  }
  expect(wrong).toEqual([]);
});

test('every suite has a case that a target with all features can be asked', async () => {
  const options = {
    target: everything,
    backends: await loadBackends(BACKENDS),
    features,
    suites: [],
    grep: null,
    tags: [],
    ids: null,
    shard: null,
  };
  const files = await Promise.all(suitePaths().map(loadSuite));
  const silent = files.filter((file) => planCases([file], options).every(({ unsupported }) => unsupported !== null));
  expect(silent.map(({ scenario }) => scenario)).toEqual([]);
});
