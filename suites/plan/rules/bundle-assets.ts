/** D-26: what the manifest names is missing from the bundle. */
import { breach, planRule } from '../rule.ts';
import { modeOf } from './storage-connection.ts';

export const bundleAssetsRule = planRule({
  id: 'bundle-assets',
  incidents: ['D-26'],
  severity: 'error',
  title: 'the bundle holds everything that the manifest has bundled',
  documentation:
    'Asked where a bundle stands beside the manifest (artifacts/, bundles/, bundle/, dist/ or the folder itself), item by item: files below the name of each storage item with a connection, quicksight/NAME.qs of each dashboard (a bundler that reads `source` where the manifest says `assetBundle` leaves it out and says nothing), repositories/NAME of each repository. Legal: a storage item without a connection, which is deployed from the checkout, and one that --mode says is direct.',
  of: 'manifest',
  *ask({ file, bundle, place }, expected) {
    for (const [index, { name, assetBundle, source }] of file.content.quicksight.entries())
      if (typeof source === 'string' && typeof assetBundle !== 'string')
        yield breach({
          resource: `content.quicksight ${name}`,
          place: place(['content', 'quicksight', index, 'source']),
          message: 'the file of the asset is named by a key that is not the manifest’s',
          expected: `assetBundle: ${source}`,
          got: `source: ${source}`,
          mend: `rename source of ${name} to assetBundle, and bundle again`,
        });
    if (bundle === null) return;
    const has = (prefix: string) => bundle.names.some((name) => name === prefix || name.startsWith(`${prefix}/`));
    const { storage, quicksight, git } = file.content;
    const wanted = [
      ...storage.flatMap(({ name, connectionName }, index) =>
        typeof connectionName === 'string' && modeOf(name, expected) !== 'direct'
          ? [{ what: `content.storage ${name}`, paths: [name], at: ['content', 'storage', index] }]
          : [],
      ),
      ...quicksight.map(({ name, assetBundle }, index) => ({
        what: `content.quicksight ${name}`,
        paths: [
          `quicksight/${name}.qs`,
          ...(typeof assetBundle === 'string' && assetBundle !== 'export' ? [assetBundle.replace(/^\.\//, '')] : []),
        ],
        at: ['content', 'quicksight', index],
      })),
      ...git.map(({ repository }, index) => ({
        what: `content.git ${repository}`,
        paths: [`repositories/${repository}`],
        at: ['content', 'git', index],
      })),
    ];
    for (const { what, paths, at } of wanted)
      if (!paths.some(has))
        yield breach({
          resource: what,
          place: place(at),
          message: 'the bundle lacks it, and the bundler does not say so',
          expected: `${paths.join(' or ')} in ${bundle.path}`,
          got: `none among ${bundle.names.length} files`,
          mend: 'bundle again, and look whether the bundler read the key that the manifest has (assetBundle, not source)',
        });
  },
});
