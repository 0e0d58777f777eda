/** D-27: an item is deployed in another way than was meant. */
import { breach, notKnown, planRule } from '../rule.ts';
import { modeOf } from './storage-connection.ts';

export const deployModeRule = planRule({
  id: 'deploy-mode',
  incidents: ['D-27'],
  severity: 'error',
  title: 'each item is deployed in the way that was meant',
  documentation:
    'A storage item that is meant to be bundled needs a connection in content.storage, else the checkout is deployed. A QuickSight dashboard needs its asset bundle: the file that assetBundle names, or quicksight/NAME.qs in the bundle. Legal: manifests that mix both ways, and a dashboard without assetBundle that the bundler exports later, which is listed as not known while there is no bundle.',
  of: 'manifest',
  *ask({ file, bundle, place, has }, expected) {
    for (const [index, { name, connectionName }] of file.content.storage.entries())
      if (modeOf(name, expected) === 'bundle' && typeof connectionName !== 'string')
        yield breach({
          resource: `content.storage ${name}`,
          place: place(['content', 'storage', index]),
          message: 'the item is deployed from the checkout, not from a bundle',
          expected: `a connectionName to bundle from (--mode ${name}=bundle)`,
          got: 'none',
          mend: `name the dev stage's connection in content.storage ${name}, or mean it to be deployed directly`,
        });
    for (const [index, { name, assetBundle }] of file.content.quicksight.entries()) {
      // The bundle's own rule speaks where there is one.
      if (bundle !== null) continue;
      const at = { resource: `content.quicksight ${name}`, place: place(['content', 'quicksight', index]) };
      const named = typeof assetBundle === 'string' && assetBundle !== 'export';
      if (named && has(assetBundle)) continue;
      const meant = modeOf(name, expected) === 'bundle';
      if (!named && !meant) yield notKnown({ ...at, message: 'asset bundle', reason: 'it is exported when the bundle is made' });
      else
        yield breach({
          ...at,
          message: 'the dashboard has no asset bundle to be deployed from',
          expected: named ? `the file ${assetBundle} beside the manifest` : 'a bundle beside the manifest, with the dashboard in it',
          got: 'none',
          mend: 'make the bundle first (smus-cli bundle), or name an exported file by assetBundle',
        });
    }
  },
});
