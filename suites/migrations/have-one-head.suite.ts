/** G-08: a history that has forked has two heads, and no tool knows which is next. */
import { resourceCheck } from '../case/resource-check.ts';
import { openSource } from './open-source.ts';

export default resourceCheck({
  title: 'the history of migrations has one head',
  level: 'must',
  incidents: ['G-08'],
  of: 'databases',
  // Of the others the target file tells the revisions, one after the other: a fork cannot be seen there.
  when: {
    of: 'with migrations that tell their heads themselves: `sql` and `alembic`',
    is: ({ migrations }) => migrations?.kind === 'sql' || migrations?.kind === 'alembic',
  },
  deadlineMs: 180_000,
  async ask(stage) {
    const source = await openSource(stage);
    try {
      const heads = await source.heads();
      return [
        {
          what: `${stage.label}: heads of the history (${heads.join(', ') || 'none is told'})`,
          expected: '1',
          got: String(heads.length),
          mend: 'merge the branches, or number one of them anew',
        },
      ];
    } finally {
      await source.close();
    }
  },
});
