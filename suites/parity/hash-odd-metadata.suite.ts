/** P-16, P-15: metadata of every odd form gives the top hash that quilt3 gives. */
import type { Json } from '../../backends/shapes.ts';
import { scenario } from '../case/scenario.ts';

const metadata: Readonly<Record<string, { readonly [key: string]: Json }>> = {
  none: {},
  nested: { a: { b: { c: [1, [2, { d: null }]] } }, z: [], y: {} },
  unicode: { ключ: 'значение', emoji: '🧬', é: 'e\u0301', line: 'a\nb\tc"d\\e', separator: '\u2028' },
  numbers: { zero: 0, minus: -1, half: 0.5, tiny: 1e-7, large: 123456789012345, exponent: 1.5e300 },
  booleans: { yes: true, no: false, nothing: null },
  order: { b: 1, a: 2, B: 3, A: 4, '10': 5, '9': 6 },
};

export default scenario({
  title: 'odd metadata comes back as it was given, under the top hash that the oracle computes',
  level: 'must',
  incidents: ['P-15', 'P-16'],
  needs: ['createRevision', 'packageInfo'],
  axes: { metadata: Object.keys(metadata) },
  async run({ ops, world, at }) {
    const name = world.packageName();
    await ops.createRevision({
      name,
      uris: await world.objects({ 'a.txt': 'a' }),
      metadata: metadata[at['metadata'] ?? ''] ?? {},
      message: 'm',
    });
    await ops.packageInfo({ name });
  },
});
