/** G-05: the rows that are deployed now keep what the coming revisions demand of them. The database is only read. */
import { resourceCheck } from '../case/resource-check.ts';
import { openDeployed, withDeployed } from './deployed.ts';
import { newConstraints } from './new-constraints.ts';
import { readShape } from './schema-shape.ts';
import { openBench, serverOf } from './walk.ts';

export default resourceCheck({
  title: 'no deployed row breaks a constraint that is to come',
  level: 'should',
  incidents: ['G-05'],
  of: 'databases',
  when: withDeployed,
  parts: serverOf,
  deadlineMs: 180_000,
  async ask(stage) {
    await using bench = await openBench(stage);
    const head = (await bench.walked()).at(-1);
    if (head === undefined) return [];
    const atHead = await head.template.use(readShape);
    await using sql = await openDeployed(stage);
    const coming = newConstraints(await readShape(sql), atHead, []);
    if (coming.length === 0)
      return [{ what: `${stage.label}: constraints to come for rows in ${sql.place}`, expected: 'none', got: 'none' }];
    const statements = [];
    for (const constraint of coming) {
      const rows = await constraint.breaking(sql);
      statements.push({
        what: `${stage.label}: rows in ${sql.place} that break ${constraint.name} (${constraint.demands})`,
        expected: '0',
        got: String(rows),
        mend: 'mend or remove them before the release, or let its migration do so',
      });
    }
    return statements;
  },
});
