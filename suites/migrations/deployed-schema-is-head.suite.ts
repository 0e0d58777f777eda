/** G-11: what is deployed is what the migrations make, and nobody changed it by hand. It is only read. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { readCatalogue } from './catalogue.ts';
import { driftBetween, leftoverKeysIn, leftoversIn, missingIn, shapeOf } from './compare-shapes.ts';
import { openDeployed, revisionTableOf, withDeployed } from './deployed.ts';
import { readRevisions } from './read-revisions.ts';
import { openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'the deployed schema is the one that its revision has',
  level: 'must',
  incidents: ['G-01', 'G-11'],
  of: 'databases',
  when: withDeployed,
  parts: serverOf,
  deadlineMs: 180_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const states = await bench.walked();
    await using sql = await openDeployed(stage);
    const kept = revisionTableOf(stage.resource);
    const at = kept === null ? [] : await readRevisions(sql, kept);
    // Where it is behind, it is held against where it is; that it is behind, another check says.
    const state = kept === null ? states.at(-1) : states.findLast(({ revision }) => revision !== null && at.includes(revision));
    if (state === undefined)
      throw new CheckBroken(
        `${sql.place}: expected a revision of the history, got ${at.join(', ') || 'none'}; see migrations/stand-at-head/databases:${stage.label}`,
      );
    const expected = shapeOf(state.catalogue, bench.source.bookkeeping);
    const got = shapeOf(await readCatalogue(sql), bench.source.bookkeeping);
    const differences = [missingIn, leftoversIn, leftoverKeysIn, driftBetween].flatMap((compare) => compare(expected, got));
    const where = `${stage.label}: ${sql.place} at revision ${state.revision}`;
    if (differences.length === 0) return [{ what: where, expected: 'as its migrations make it', got: 'as its migrations make it' }];
    return differences.map((one) => ({
      what: `${where}: ${one.what}`,
      expected: one.expected.replace('no model has it', 'no migration makes it'),
      got: one.got,
      mend: 'it was changed past the migrations: write the migration, or undo the change',
    }));
  },
});
