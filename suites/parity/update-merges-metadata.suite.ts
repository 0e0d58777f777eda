/** P-10: top-level keys are replaced, others stay; null is a value. */
import type { Json } from '../../backends/shapes.ts';
import { scenario } from '../case/scenario.ts';

const updates: Readonly<Record<string, { readonly [key: string]: Json } | undefined>> = {
  none: undefined,
  empty: {},
  replace: { b: 'new' },
  add: { c: 3 },
  null: { a: null },
  nested: { deep: { two: 2 } },
};

export default scenario({
  title: 'an update merges metadata key by key at the top level',
  level: 'must',
  incidents: ['P-10'],
  needs: ['createRevision', 'updateRevision', 'packageInfo'],
  axes: { metadata: Object.keys(updates), before: ['some', 'none'] },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const uris = await world.objects({ 'a.txt': 'a' });
    const before = at['before'] === 'some' ? { metadata: { a: 1, b: 'old', deep: { one: 1 } } } : {};
    await ops.createRevision({ name, uris, message: 'first', ...before });
    await world.nextSecond();
    const metadata = updates[at['metadata'] ?? ''];
    await ops.updateRevision({ name, message: 'second', ...(metadata === undefined ? {} : { metadata }) });
    await ops.packageInfo({ name });
  },
});
