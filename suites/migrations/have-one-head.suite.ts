/** G-08: a history that has forked has two heads, and no tool knows which is next. */
import { resourceCheck } from '../case/resource-check.ts';
import { openSource } from './open-source.ts';

export default resourceCheck({
  title: 'the history of migrations has one head',
  level: 'must',
  incidents: ['G-08'],
  of: 'databases',
  when: { of: 'with a history of migrations', is: ({ migrations }) => migrations !== undefined && migrations.kind !== 'none' },
  deadlineMs: 180_000,
  async ask(stage) {
    const source = await openSource(stage);
    try {
      const heads = await source.heads();
      const mend = heads.length > 1 ? 'merge the branches, or number one of them anew' : 'name the revisions in the target file';
      return [
        {
          what: `${stage.label}: heads of the history (${heads.join(', ') || 'none is told'})`,
          expected: '1',
          got: String(heads.length),
          mend,
        },
      ];
    } finally {
      await source.close();
    }
  },
});
