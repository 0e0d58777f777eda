/** P-21: a registry that serves no GraphQL. */
import { graphqlCandidates } from '../../backends/selection.ts';
import { check } from '../case/check.ts';
import { worded, wordsOf } from './words-of-an-error.ts';

export default check({
  title: 'where GraphQL is found nowhere, one error names every URL that was asked',
  level: 'must',
  incidents: ['P-21'],
  points: () => worded.map((backend) => ({ backend })),
  async ask({ target, door, at }) {
    const registryUrl = `${target.registryUrl}/no-registry-is-here`;
    const settings = { registryUrl, ...(target.tokens.user !== null && { token: target.tokens.user }) };
    const error = await wordsOf(at['backend'], door, settings, (operations) => operations.listBuckets({}));
    // quilt3 8.0.0 knows the first alone.
    const asked = graphqlCandidates(registryUrl).slice(0, at['backend'] === 'platform' ? 2 : 1);
    return [
      { what: 'class', expected: 'BackendError', got: error.class },
      ...asked.map((url) => ({ what: `mention of ${url}`, expected: 'in the message', got: mention(error.words, url) })),
    ];
  },
});

function mention(words: string, url: string): string {
  return words.includes(url) ? 'in the message' : `not in: ${words}`;
}
