/** C-11, P-20: keys that are none. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'an answer without half of the keys, or with a part of another type, is a BackendError',
  level: 'must',
  incidents: ['C-11', 'P-20'],
  needs: ['awsCredentials'],
  requires: ['control'],
  axes: { part: ['access-key-id', 'secret-access-key'], how: ['absent', 'null', 'number'] },
  async run({ ops, world, at, attempt }) {
    const pointer = at['part'] === 'access-key-id' ? '/AccessKeyId' : '/SecretAccessKey';
    const change = { absent: { remove: true }, null: { value: null }, number: { value: 7 } }[at['how'] ?? ''];
    const edits = [{ pointer, ...change }];
    await world.fault({ door: 'rest', operation: '/api/auth/get_credentials', answer: { kind: 'rewrite', edits } });
    await attempt(ops.awsCredentials());
  },
});
