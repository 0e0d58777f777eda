/** C-05: the server refuses a document with a reason, which reaches whoever wrote it. */
import { scenario } from '../case/scenario.ts';

export default scenario({
  title: 'a document that the server refuses with 400 keeps every message of the server, and is no generic failure',
  level: 'must',
  incidents: ['C-05'],
  needs: ['graphql'],
  axes: { mistake: ['unknown-field', 'two-unknown-fields', 'unknown-root-field'] },
  readsOnly: true,
  async run({ ops, at }) {
    const query = {
      'unknown-field': '{ me { nmae } }',
      'two-unknown-fields': '{ me { nmae emial } }',
      'unknown-root-field': '{ mee { name } }',
    }[at['mistake'] ?? ''];
    await ops.graphql({ query: query ?? '' });
  },
});
