/** P-01, P-02: a client that knows of no stack says so before it asks anyone. */
import { scenario } from '../case/scenario.ts';
import { administrationOperations, axisValue, callAdministration } from './administration-calls.ts';

export default scenario({
  title: 'a client that was told of no stack, and whose token names none, is refused by every operation, and by name of what is missing',
  level: 'must',
  incidents: ['P-01', 'P-02'],
  tags: ['administration'],
  needs: [...administrationOperations, 'listBuckets', 'bucketInfo'],
  requires: ['control'],
  readsOnly: true,
  async run({ world, attempt }) {
    const without = ['catalogUrl', 'registryUrl', 'graphqlUrl', 'refreshToken'] as const;
    const token = await world.token({ user: 'admin', claims: { catalog_url: null, registry_url: null } });
    const claimless = await world.open({ token, without });
    const tokenless = await world.open({ without: [...without, 'token'] });
    for (const ops of [claimless, tokenless]) {
      for (const operation of administrationOperations) await attempt(callAdministration(ops, axisValue(operation), world.bucket()));
      await attempt(ops.listBuckets());
      await attempt(ops.bucketInfo({ bucket: world.bucket() }));
    }
  },
});
