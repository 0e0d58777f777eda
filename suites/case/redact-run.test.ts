/** A canary in every secret field; nothing that is told of a case may hold one. */
import { describe, expect, test } from 'vitest';
import type { Operations } from '../../backends/quilt-ops.ts';
import { createRecorder } from './recorder.ts';
import { createCaseRunner } from './run-case.ts';
import { scenario } from './scenario.ts';
import type { Cast, Side } from './side.ts';
import type { World } from './world.ts';

const story = scenario({
  title: 'gets keys',
  level: 'must',
  needs: ['awsCredentials'],
  async run({ ops }) {
    await ops.awsCredentials();
    await ops.awsCredentials();
  },
});

/** Keys with canaries, long as those of AWS are: a text that is cut must hold no part of one. */
const keysOf = (side: string, call: number) => ({
  accessKeyId: `AKIA${side}${call}`,
  secretAccessKey: `canary/${side}/${call}/${'s'.repeat(60)}`,
  sessionToken: `canary-${side}-${call}-${'t'.repeat(900)}`,
  expires: '2030-01-01T00:00:00Z',
});

type Keys = ReturnType<typeof keysOf>;

/** What is told of a case whose sides answer so. */
async function toldOf(backend: string, answers: (side: string, call: number) => Keys) {
  const makeSide = async (_story: unknown, cast: Cast): Promise<Side> => {
    const side = cast !== null && 'backend' in cast ? cast.backend : 'oracle';
    const recorder = createRecorder({ now: Date.now, fetchPresigned: async () => 'content' });
    let call = 0;
    const table = { awsCredentials: async () => answers(side, ++call) } as unknown as Operations;
    return {
      world: {} as World,
      recorder,
      made: null,
      symbols: new Map(),
      client: async () => recorder.record(table, (_operation, work) => work()),
      exchanges: () => [],
      [Symbol.asyncDispose]: async () => undefined,
    };
  };
  const runner = createCaseRunner({
    makeSide,
    sidesHaveNames: false,
    checkStage: async () => ({
      target: {} as never,
      door: {} as never,
      contract: null,
      at: {},
      pickBackend: () => 'quilt3',
      exchanges: () => [],
    }),
    resourceStage: () => {
      throw new Error('no resources here');
    },
    reproduce: (id) => id,
    rootFields: () => ({}),
  });
  const kind = backend.includes('~') ? 'agree' : 'backend';
  const result = await runner.run(
    {
      id: `parity/gets-keys/${kind}:${backend}`,
      suite: 'parity',
      scenario: 'parity/gets-keys',
      title: story.title,
      file: 'suites/parity/gets-keys.suite.ts',
      backend,
      level: 'must',
      tags: [],
      incidents: [],
      operations: ['awsCredentials'],
      parameters: {},
      deadlineMs: 2_000,
      unsupported: null,
    },
    story,
  );
  return { result, text: JSON.stringify(result) };
}

const oracle = (call: number): Keys => ({
  accessKeyId: `#key-${call}`,
  secretAccessKey: `#secret-${call}`,
  sessionToken: `#session-${call}`,
  expires: '2030-01-01T00:00:00Z',
});

describe('secrets that an operation answered with', () => {
  test('are in no step of a case that passed, and were compared by their true values', async () => {
    const { result, text } = await toldOf('quilt3', (side, call) => (side === 'oracle' ? oracle(call) : keysOf(side, call)));
    expect(result.verdict).toBe('passed');
    expect(result.steps).toHaveLength(2);
    expect(result.steps[0]?.outcome).toContain('AKIAquilt31');
    expect(text).not.toContain('canary');
  });

  test('are in no difference, message or step of a case that failed, not even cut', async () => {
    // The same secret twice, where two were due.
    const { result, text } = await toldOf('quilt3', (side, call) => (side === 'oracle' ? oracle(call) : keysOf(side, 1)));
    expect(result.verdict).toBe('failed');
    expect(result.differences.map(({ field }) => field)).toContain('secretAccessKey');
    expect(result.message).toContain('sessionToken');
    expect(text).not.toContain('canary');
    expect(text).not.toContain('ttttt');
  });

  test('are in nothing that two backends disagree on', async () => {
    const { result, text } = await toldOf('quilt3~platform', (side, call) => {
      if (side === 'oracle') return oracle(call);
      return side === 'platform' ? keysOf(side, 1) : keysOf(side, call);
    });
    expect(result.verdict).toBe('failed');
    expect(text).not.toContain('canary');
    expect(text).not.toContain('ttttt');
  });
});
