/** P-13: two tenants at once in one process. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'sixty interleaved calls of two tenants are each answered for their own tenant: no canary crosses',
  level: 'must',
  incidents: ['P-13'],
  needs: ['createRevision', 'packageInfo', 'listPackages', 'searchPackages', 'browse', 'listBuckets', 'authStatus', 'awsCredentials'],
  requires: ['second-tenant', 'own-bucket'],
  tenant: { buckets: 1 },
  async run({ ops, world }) {
    const neighbour = await world.neighbour();
    const tenants = [
      { ops, world, canary: 'the first canary' },
      { ...neighbour, canary: 'the second canary' },
    ];
    const name = world.packageName();
    for (const { ops: own, world: at, canary } of tenants) {
      const uris = await at.objects({ 'canary.txt': canary });
      await own.createRevision({ name, uris, metadata: { canary }, message: canary });
    }
    // Each round starts its calls before any of the last tenant's has ended.
    for (let round = 0; round < 6; round++) {
      await Promise.all(
        tenants.flatMap(({ ops: own }) => [
          own.packageInfo({ name }),
          own.browse({ name, path: 'canary.txt' }),
          own.searchPackages({ query: 'canary' }),
          own.listBuckets(),
          own.listPackages({}),
        ]),
      );
    }
    const keys = await Promise.all(tenants.map(({ ops: own }) => own.awsCredentials()));
    for (const [i, own] of keys.entries()) {
      for (const { world: at } of tenants) await at.tryKeys(own, 'get', { key: 'canary.txt' });
      world.note(`keys ${i} are not the other's`, own.accessKeyId !== keys[1 - i]?.accessKeyId);
    }
    await Promise.all(tenants.map(({ ops: own }) => own.authStatus()));
  },
});
