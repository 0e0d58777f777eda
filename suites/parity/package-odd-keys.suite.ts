/** P-15: keys that some encoder on the way could spoil. */
import { scenario } from '../case/scenario.ts';

const keys: Readonly<Record<string, string>> = {
  space: 'a b/c d.txt',
  plus: 'a+b.txt',
  percent: '100%25 of %2F.txt',
  unicode: 'données/数据/🧬.txt',
  quotes: `it's "quoted" & <tagged>.txt`,
  marks: 'a?b#c;d=e,f@g:h$i!j(k)[l]{m}.txt',
  long: `${'deep/'.repeat(40)}${'n'.repeat(180)}.txt`,
  dots: 'a..b/.hidden/...txt',
  backslash: 'a\\b.txt',
};

export default scenario({
  title: 'a key of odd characters is browsed and downloaded as it was entered',
  level: 'must',
  incidents: ['P-15'],
  needs: ['createRevision', 'browse', 'contentUrl', 'diff'],
  axes: { key: Object.keys(keys) },
  async run({ ops, world, at }) {
    const name = world.packageName();
    const key = keys[at['key'] ?? ''] ?? '';
    const { topHash } = await ops.createRevision({ name, uris: await world.objects({ [key]: `content of ${at['key']}` }), message: 'm' });
    await ops.browse({ name, path: world.keyOf(key) });
    await ops.browse({ name, path: '' });
    await ops.contentUrl({ name, path: world.keyOf(key) });
    await ops.diff({ name, from: topHash, to: 'latest' });
  },
});
