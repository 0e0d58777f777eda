/** P-06: the error-class table of the catalog. */
import { scenario } from '../case/scenario.ts';
import { anyFailures, brokenBodies, failureOf, PATIENCE_MS, SAT_OUT } from './failures.ts';

const failures = { ...anyFailures, ...brokenBodies, '403': { kind: 'respond', status: 403 } } as const;

export default scenario({
  title: 'each way in which the catalog fails is an error of its own class and code',
  level: 'must',
  incidents: ['P-06'],
  needs: ['catalogConfig', 'configureCatalog', 'registryUrl'],
  requires: ['control'],
  axes: { failure: Object.keys(failures) },
  exchangeDeadlineMs: PATIENCE_MS,
  ...SAT_OUT,
  async run({ ops, world, at, attempt }) {
    await world.fault({ door: 'catalog', answer: failureOf(failures, at['failure']) });
    const other = await world.open({ as: 'nobody', without: ['registryUrl'] });
    await Promise.all([
      attempt(ops.catalogConfig()),
      attempt(ops.configureCatalog({ catalogUrl: world.settings.catalogUrl ?? '' })),
      attempt(other.registryUrl()),
    ]);
  },
});
