/** P-07, P-10: a workflow configuration is obeyed and recorded. */
import { scenario } from '../case/scenario.ts';

const config = (rest: string) => `version: "1"\n${rest}`;
const configs: Readonly<Record<string, string>> = {
  default: config('is_workflow_required: true\ndefault_workflow: alpha\nworkflows:\n  alpha:\n    name: Alpha\n'),
  optional: config('is_workflow_required: false\nworkflows:\n  alpha:\n    name: Alpha\n'),
  'message-required': config(
    'is_workflow_required: true\ndefault_workflow: alpha\nworkflows:\n  alpha:\n    name: Alpha\n    is_message_required: true\n',
  ),
  required: config('is_workflow_required: true\nworkflows:\n  alpha:\n    name: Alpha\n'),
};

export default scenario({
  title: 'the workflow configuration of a bucket is obeyed and recorded alike',
  level: 'must',
  incidents: ['P-07'],
  needs: ['createRevision', 'packageInfo'],
  requires: ['own-bucket'],
  axes: { config: Object.keys(configs), message: ['some', 'none'] },
  async run({ ops, world, at, attempt }) {
    const name = world.packageName();
    await world.putObject('.quilt/workflows/config.yml', configs[at['config'] ?? ''] ?? '');
    const uris = await world.objects({ 'a.txt': 'a' });
    await attempt(ops.createRevision({ name, uris, ...(at['message'] === 'some' ? { message: 'why' } : {}) }));
    await attempt(ops.packageInfo({ name }));
  },
});
