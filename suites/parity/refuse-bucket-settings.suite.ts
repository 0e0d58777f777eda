/** P-07, P-18: what is wrong with settings is told by its parameter, on adding and on changing. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'extensions, bytes and topics that cannot be are ValidationErrors that name the parameter, and nothing is changed',
  level: 'must',
  incidents: ['P-07', 'P-18'],
  tags: ['administration'],
  needs: ['admin.buckets.remove', 'admin.buckets.add', 'admin.buckets.update', 'admin.buckets.list'],
  requires: ['own-registry', 'second-bucket'],
  tenant: { buckets: 2 },
  async run({ ops, world, attempt }) {
    const { buckets } = ops.admin;
    const topic = 'arn:aws:sns:us-east-1:123456789012:no-such-topic';
    const bad = [
      { fileExtensionsToIndex: ['csv'] },
      { fileExtensionsToIndex: ['.csv', '.exe'] },
      { indexContentBytes: -1 },
      { indexContentBytes: 1_048_577 },
      { snsNotificationArn: 'no-topic' },
      { snsNotificationArn: 'arn:aws:sqs:us-east-1:123456789012:queue' },
      { snsNotificationArn: topic },
      // The first mistake in the order of the rows is told.
      { snsNotificationArn: 'no-topic', fileExtensionsToIndex: ['csv'], indexContentBytes: -1 },
      { snsNotificationArn: topic, indexContentBytes: -1 },
    ];
    await buckets.remove({ name: world.bucket(1) });
    for (const settings of bad) {
      await attempt(buckets.add({ name: world.bucket(1), title: 'Added', ...settings }));
      await attempt(buckets.update({ name: world.bucket(0), title: 'Changed', ...settings }));
    }
    await attempt(buckets.update({ name: world.bucket(0), title: '' }));
    await buckets.list();
  },
});
