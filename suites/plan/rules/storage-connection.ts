/** D-25: an item that is meant to be deployed directly is taken from the dev stage. */
import type { DeployMode, Expectations } from '../expectations.ts';
import { breach, notKnown, planRule } from '../rule.ts';

/** How an item is meant to be deployed; undefined where nobody said. */
export const modeOf = (name: string, { modes }: Expectations): DeployMode | undefined => modes[name] ?? modes['*'];

export const storageConnectionRule = planRule({
  id: 'storage-connection',
  incidents: ['D-25'],
  severity: 'error',
  title: 'a storage item that is deployed directly names no connection in content.storage',
  documentation:
    'A connectionName there makes the bundler fetch the files from the dev stage’s storage in place of the checkout, and nothing says so. How an item is meant comes from --mode ITEM=direct|bundle; without it a connection is listed as not known. Legal: connectionName in deployment_configuration.storage and in content.workflows, and in content.storage where bundling is meant.',
  of: 'manifest',
  *ask({ file, place }, expected) {
    for (const [index, { name, connectionName }] of file.content.storage.entries()) {
      if (typeof connectionName !== 'string') continue;
      const at = { resource: `content.storage ${name}`, place: place(['content', 'storage', index, 'connectionName']) };
      const mode = modeOf(name, expected);
      if (mode === undefined)
        yield notKnown({
          ...at,
          message: 'whether it is meant to be bundled from the dev stage',
          reason: `say --mode ${name}=direct or --mode ${name}=bundle`,
        });
      else if (mode === 'direct')
        yield breach({
          ...at,
          message: 'the files are bundled from the dev stage, not deployed from the checkout',
          expected: 'no connectionName, since the item is meant to be deployed directly',
          got: connectionName,
          mend: `take connectionName out of content.storage ${name}; it belongs in deployment_configuration.storage of each stage`,
        });
    }
  },
});
