/** C-10: the schema snapshot that a target names is the schema that its registry serves now. */
import { readFileSync } from 'node:fs';
import { contractFromText } from '../../schemas/load-contract.ts';
import { snapshotDrift } from '../../schemas/snapshot-drift.ts';
import { check } from '../case/check.ts';

/** Most changes that are written out. */
const MOST = 20;

export default check({
  title: 'the schema snapshot of the target is the live schema',
  level: 'must',
  incidents: ['C-10'],
  tags: ['contract'],
  requires: ['schema-snapshot'],
  points: () => [{}],
  async ask({ target, contract }) {
    const { schemaSnapshot: path } = target;
    if (path === null || contract === null) return [];
    const changes = await snapshotDrift(contractFromText(readFileSync(path, 'utf8'), path), contract);
    const more = changes.length > MOST ? `; and ${changes.length - MOST} more` : '';
    return [
      {
        what: `snapshot ${path}`,
        expected: 'no change to the live schema',
        got: changes.length === 0 ? 'no change to the live schema' : `${changes.slice(0, MOST).join('; ')}${more}`,
        mend: `npx crosscheck contract pull ${target.graphqlUrl ?? `${target.registryUrl}/graphql`} --out ${path}`,
      },
    ];
  },
});
