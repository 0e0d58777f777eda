/** G-08: the deployed database is at the revision that was released. It is only read. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { openDeployed, revisionTableOf } from './deployed.ts';
import { openSource } from './open-source.ts';
import { readRevisions } from './read-revisions.ts';

export default resourceCheck({
  title: 'the deployed database is at head',
  level: 'must',
  incidents: ['G-08'],
  of: 'databases',
  when: {
    of: 'that are deployed, with migrations that keep their revision in a table',
    is: (resource) => resource.deployed !== undefined && revisionTableOf(resource) !== null,
  },
  deadlineMs: 180_000,
  async ask(stage) {
    const kept = revisionTableOf(stage.resource);
    if (kept === null) return [];
    const source = await openSource(stage);
    try {
      const history = await source.revisions();
      const wanted = stage.resource.deployed?.revision ?? (await source.heads()).join(', ');
      await using sql = await openDeployed(stage);
      const applied = await readRevisions(sql, kept);
      // A folder's table has every revision that was applied, alembic's the last of each branch.
      const at = stage.resource.migrations?.kind === 'sql' ? history.filter((one) => applied.includes(one)).slice(-1) : applied;
      const unknown = applied.filter((one) => !history.includes(one));
      const skipped =
        stage.resource.migrations?.kind === 'sql'
          ? history.slice(0, history.indexOf(at[0] ?? '')).filter((one) => !applied.includes(one))
          : [];
      const hold = (what: string, expected: string, got: string, mend: string): Statement => ({
        what: `${stage.label}: ${what} in ${sql.place}`,
        expected,
        got,
        mend,
      });
      return [
        hold('revision', wanted, at.join(', ') || 'none', `migrate it to ${wanted}, or correct \`deployed.revision\``),
        hold(
          'revisions that the history does not have',
          'none',
          unknown.join(', ') || 'none',
          'it was migrated from another branch or a later release: release that, or take it back',
        ),
        hold('revisions that were passed over', 'none', skipped.join(', ') || 'none', 'apply them: later ones were applied without them'),
      ];
    } finally {
      await source.close();
    }
  },
});
