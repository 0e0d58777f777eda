/** P-01, P-02: a client that misses something says where it looked. */
import type { Operations } from '../../backends/quilt-ops.ts';
import { check } from '../case/check.ts';
import { worded, wordsOf } from './words-of-an-error.ts';

interface Missing {
  readonly ask: (operations: Operations) => Promise<unknown>;
  readonly class: string;
  readonly places: readonly string[];
}

const missing: Readonly<Record<string, Missing>> = {
  catalog: {
    ask: (operations) => operations.catalogConfig({}),
    class: 'ValidationError',
    places: ['setting catalogUrl', 'QUILT_CATALOG_URL', 'claim catalog_url'],
  },
  registry: {
    ask: (operations) => operations.registryUrl({}),
    class: 'ValidationError',
    places: ['setting registryUrl', 'QUILT_REGISTRY_URL', 'claim registry_url', 'config registryUrl'],
  },
  token: {
    ask: (operations) => operations.listBuckets({}),
    class: 'AuthenticationError',
    places: ['setting token', 'MCP_JWT_TOKEN'],
  },
};

export default check({
  title: 'the error for what is said nowhere lists every place in which it was looked for',
  level: 'must',
  incidents: ['P-01', 'P-02'],
  points: () => worded.flatMap((backend) => Object.keys(missing).map((what) => ({ backend, missing: what }))),
  async ask({ target, door, at }) {
    const row = missing[at['missing'] ?? ''];
    if (row === undefined) return [];
    const settings = at['missing'] === 'token' ? { registryUrl: target.registryUrl } : {};
    const error = await wordsOf(at['backend'], door, settings, row.ask);
    return [
      { what: 'class', expected: row.class, got: error.class },
      ...row.places.map((place) => ({
        what: `mention of ${place}`,
        expected: 'in the message',
        got: error.words.includes(place) ? 'in the message' : `not in: ${error.words}`,
      })),
    ];
  },
});
