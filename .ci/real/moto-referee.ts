/** The embedded AWS and moto, asked the same by the same clients: forms of answers and codes of errors. */
import { type Aws, createAws } from '../../backends/wire/aws.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { serveAws } from '../../fixtures/embedded/aws/serve-aws.ts';
import { readStateFile } from '../../fixtures/embedded/aws/state.ts';
import { rewriteJson } from '../../fixtures/embedded/fault-answer.ts';
import { type Answered, answered, differences } from './answer-shape.ts';
import { failOn, type RealCheck } from './check.ts';
import { KNOWN } from './moto-differences.ts';
import { QUESTIONS } from './moto-questions.ts';
import { startMoto } from './moto-server.ts';
import type { Pythons } from './python.ts';

const KEYS = { accessKeyId: 'AKIAREFEREE', secretAccessKey: 'referee' };
const HEALTHY = new URL('../../fixtures/embedded/aws/healthy-stack.yaml', import.meta.url).pathname;

/** Asks every question of both. */
export const motoReferee = (pythons: Pythons): RealCheck => ({
  name: 'moto: the AWS referee',
  async run(room) {
    // A bucket of which nothing is set, as moto has one.
    const state = rewriteJson(readStateFile(HEALTHY), [{ pointer: '/s3/buckets/shop-bare', value: {} }]);
    const ours = await serveAws({ state, keyOf: (id) => (id === KEYS.accessKeyId ? KEYS : undefined), now: () => Date.now() });
    try {
      await using moto = await startMoto(pythons, room);
      const names = { userPoolId: 'us-east-1_Shop12345', clientId: '1h57kf5cpq17m0eml12EXAMPLE' };
      await using mine = awsAt(ours.url);
      await using its = awsAt(moto.endpoint);
      const findings: string[] = [];
      const met = new Set<string>();
      let paths = 0;
      let alone = 0;
      for (const { name, ask } of QUESTIONS) {
        const [our, their] = [await answered(() => ask(mine.aws, names)), await answered(() => ask(its.aws, moto))];
        paths += sharedPaths(our, their);
        alone += pathsOf(our).size + pathsOf(their).size - 2 * sharedPaths(our, their);
        for (const [path, what] of differences(our, their)) {
          const key = `${name}: ${path}`;
          if (KNOWN[key] === undefined) findings.push(`${key}: ${what}`);
          met.add(key);
        }
      }
      findings.push(
        ...Object.keys(KNOWN)
          .filter((key) => !met.has(key))
          .map((key) => `${key}: expected the known difference, got none`),
      );
      failOn(findings);
      return {
        detail: `${QUESTIONS.length} questions: ${paths} paths in both with the same types, ${alone} in one alone, ${met.size} known differences`,
      };
    } finally {
      await ours.close();
    }
  },
});

function awsAt(endpoint: string): AsyncDisposable & { readonly aws: Aws } {
  const door = openDoor({ origins: [endpoint], writes: 'never', deadlineMs: 20_000, bodyLimit: 8 * 1024 * 1024 }, null);
  const aws = createAws(door, { endpoint, region: 'us-east-1', keys: async () => KEYS });
  return { aws, [Symbol.asyncDispose]: () => door[Symbol.asyncDispose]() };
}

function pathsOf(answer: Answered): ReadonlyMap<string, string> {
  return 'shape' in answer ? answer.shape : new Map();
}

function sharedPaths(ours: Answered, theirs: Answered): number {
  return [...pathsOf(theirs).keys()].filter((path) => pathsOf(ours).has(path)).length;
}
