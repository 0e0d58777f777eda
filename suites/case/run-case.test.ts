/** Verdict logic line by line, with sides that pass, fail, crash, hang and lie. No network: the sides are told what to do. */
import { describe, expect, test } from 'vitest';
import { QuiltError } from '../../backends/errors.ts';
import type { Operations } from '../../backends/quilt-ops.ts';
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { check } from './check.ts';
import { createRecorder } from './recorder.ts';
import { createCaseRunner, type Host } from './run-case.ts';
import { scenario } from './scenario.ts';
import type { Cast, Side } from './side.ts';
import { sideName } from './side.ts';
import type { World } from './world.ts';

const story = scenario({
  title: 'lists buckets',
  level: 'must',
  needs: ['listBuckets'],
  async run({ ops }) {
    await ops.listBuckets();
  },
});

const planned = (backend: string, changes: Partial<PlannedCase> = {}): PlannedCase => ({
  id: `parity/list-buckets/${backend.includes('~') ? 'agree' : 'backend'}:${backend}`,
  suite: 'parity',
  scenario: 'parity/list-buckets',
  title: story.title,
  file: 'suites/parity/list-buckets.suite.ts',
  backend,
  level: 'must',
  tags: [],
  incidents: [],
  operations: ['listBuckets'],
  parameters: {},
  deadlineMs: 2_000,
  unsupported: null,
  ...changes,
});

type Behaviour = () => Promise<readonly string[]>;

/** A host whose sides answer `listBuckets` as told, each by its name; exchanges are given. */
function hostOf(behaviours: Readonly<Record<string, Behaviour>>, exchanges: readonly Exchange[] = []): Host & { made: string[] } {
  const made: string[] = [];
  return {
    made,
    sidesHaveNames: false,
    async makeSide(_story, cast: Cast): Promise<Side> {
      const name = sideName(cast);
      made.push(name);
      const behave = behaviours[name];
      if (behave === undefined) throw new Error(`no room for ${name}`);
      const recorder = createRecorder({ now: Date.now, fetchPresigned: async () => 'content' });
      const table = { listBuckets: behave } as unknown as Operations;
      return {
        world: {} as World,
        recorder,
        made: null,
        symbols: new Map(),
        client: async () => recorder.record(table, (_operation, work) => work()),
        exchanges: () => (cast === null ? [] : exchanges),
        [Symbol.asyncDispose]: async () => undefined,
      };
    },
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
    reproduce: (id) => `npx crosscheck repro ${id}`,
    rootFields: () => ({}),
  };
}

const says =
  (...names: string[]): Behaviour =>
  async () =>
    names;
const throws =
  (error: Error): Behaviour =>
  () =>
    Promise.reject(error);
const honest = { oracle: says('a'), quilt3: says('a'), platform: says('a') };

describe('a case of one backend', () => {
  test('passes when it did what the oracle says', async () => {
    const result = await createCaseRunner(hostOf(honest)).run(planned('quilt3'), story);
    expect(result).toMatchObject({ verdict: 'passed', observed: { listBuckets: { value: 1 } } });
    expect(result.message).toBeUndefined();
  });

  test('fails, naming call, expected and got, when it answered otherwise', async () => {
    const result = await createCaseRunner(hostOf({ ...honest, quilt3: says('b') })).run(planned('quilt3'), story);
    expect(result.verdict).toBe('failed');
    expect(result.message).toMatch(/listBuckets \(call 1\).*expected .*a.*/s);
    expect(result.reproduce).toBe('npx crosscheck repro parity/list-buckets/backend:quilt3');
  });

  test('fails when it refused what the oracle allows', async () => {
    const refused = throws(new QuiltError('PermissionError', 'listBuckets', 'no'));
    expect(await createCaseRunner(hostOf({ ...honest, quilt3: refused })).run(planned('quilt3'), story)).toMatchObject({
      verdict: 'failed',
    });
  });

  test('is broken when the backend crashed with no error of QuiltOps', async () => {
    const result = await createCaseRunner(hostOf({ ...honest, quilt3: throws(new TypeError('x is undefined')) })).run(
      planned('quilt3'),
      story,
    );
    expect(result).toMatchObject({ verdict: 'broken' });
    expect(result.message).toContain('TypeError: x is undefined');
  });

  test('is broken when it outlives its deadline', async () => {
    const hangs: Behaviour = () => new Promise(() => undefined);
    const result = await createCaseRunner(hostOf({ ...honest, quilt3: hangs })).run(planned('quilt3', { deadlineMs: 50 }), story);
    expect(result).toMatchObject({ verdict: 'broken', message: 'deadline: expected an end within 50 ms, got none' });
  });

  test('is broken when the world cannot be made, and when the oracle is broken', async () => {
    const { quilt3: _gone, ...noWorld } = honest;
    expect(await createCaseRunner(hostOf(noWorld)).run(planned('quilt3'), story)).toMatchObject({ verdict: 'broken' });
    const oracle = throws(new RangeError('model'));
    expect(await createCaseRunner(hostOf({ ...honest, oracle })).run(planned('quilt3'), story)).toMatchObject({ verdict: 'broken' });
  });

  test('is broken when its story asks nothing, however alike both sides do that', async () => {
    const silent = { ...story, run: async () => undefined };
    const result = await createCaseRunner(hostOf(honest)).run(planned('quilt3'), silent);
    expect(result).toMatchObject({ verdict: 'broken' });
    expect(result.message).toContain('expected at least one operation, got none');
  });

  test('is broken when its story ends with a refusal that it does not attempt: what comes after was never told', async () => {
    const refusal = throws(new QuiltError('PermissionError', 'listBuckets', 'no'));
    const both = hostOf({ oracle: refusal, quilt3: refusal });
    const result = await createCaseRunner(both).run(planned('quilt3'), story);
    expect(result).toMatchObject({ verdict: 'broken' });
    expect(result.message).toContain('attempt');
    const attempted = scenario({ ...story, run: async ({ ops, attempt }) => void (await attempt(ops.listBuckets())) });
    expect(await createCaseRunner(both).run(planned('quilt3'), attempted)).toMatchObject({ verdict: 'passed' });
  });

  test('fails for what was wrong before it broke off, and says as a difference that it did: no known difference covers that', async () => {
    const twice = scenario({
      ...story,
      run: async ({ ops }) => {
        await ops.listBuckets();
        await ops.listBuckets();
      },
    });
    let calls = 0;
    const crashing: Behaviour = () => (++calls === 1 ? Promise.resolve(['b']) : Promise.reject(new TypeError('x')));
    const result = await createCaseRunner(hostOf({ ...honest, quilt3: crashing })).run(planned('quilt3'), twice);
    expect(result.verdict).toBe('failed');
    expect(result.differences.map(({ operation, field }) => `${operation} ${field}`)).toEqual([
      'listBuckets a',
      'listBuckets b',
      'story end',
    ]);
  });

  test('compares a call that its story does not wait for', async () => {
    const forgetful = scenario({ ...story, run: async ({ ops }) => void ops.listBuckets() });
    const late = (name: string) => () => new Promise<readonly string[]>((resolve) => setTimeout(() => resolve([name]), 20));
    const host = (name: string) => hostOf({ oracle: late('a'), quilt3: late(name) });
    expect(await createCaseRunner(host('a')).run(planned('quilt3'), forgetful)).toMatchObject({ verdict: 'passed', steps: [{}] });
    expect(await createCaseRunner(host('b')).run(planned('quilt3'), forgetful)).toMatchObject({ verdict: 'failed' });
  });

  test('is broken, not failed, when the target could not be reached', async () => {
    const gone = throws(new QuiltError('BackendError', 'listBuckets', 'no connection', { code: 'connect' }));
    expect(await createCaseRunner(hostOf({ ...honest, quilt3: gone })).run(planned('quilt3'), story)).toMatchObject({ verdict: 'broken' });
  });

  test('is unsupported, with its reason, without anything being asked', async () => {
    const host = hostOf(honest);
    const result = await createCaseRunner(host).run(planned('quilt3', { unsupported: 'no buckets here' }), story);
    expect(result).toMatchObject({ verdict: 'unsupported', message: 'no buckets here' });
    expect(host.made).toEqual([]);
  });

  test('fails for a response that breaks the contract, although the values are right', async () => {
    const finding = {
      rule: 'unknown-enum-value',
      severity: 'error',
      subject: 'response',
      message: 'expected READ, got RED',
      path: 'data.x',
      line: null,
      column: null,
    } as const;
    const request = { method: 'POST', url: 'http://127.0.0.1:1/graphql', headers: {}, body: null, bytes: 0 };
    const exchange: Exchange = {
      id: 1,
      retryOf: null,
      protocol: 'graphql',
      operation: 'q',
      cause: 'listBuckets',
      request,
      response: null,
      error: null,
      startedAt: 0,
      durationMs: 0,
      findings: [finding],
    };
    const result = await createCaseRunner(hostOf(honest, [exchange])).run(planned('quilt3'), story);
    expect(result.verdict).toBe('failed');
    expect(result.message).toContain('expected READ, got RED');
    const expecting = { ...story, breaks: ['unknown-enum-value'] };
    expect(await createCaseRunner(hostOf(honest, [exchange])).run(planned('quilt3'), expecting)).toMatchObject({ verdict: 'passed' });
    // What was to come and did not is a difference, so that no known difference beside it can cover the case.
    expect(await createCaseRunner(hostOf(honest)).run(planned('quilt3'), expecting)).toMatchObject({
      verdict: 'failed',
      differences: [{ operation: 'contract', field: 'unknown-enum-value', expected: 'a finding', observed: 'none' }],
    });
    const differing = await createCaseRunner(hostOf({ ...honest, quilt3: says('b') }, [exchange])).run(planned('quilt3'), expecting);
    expect(differing).toMatchObject({ verdict: 'failed', findings: [] });
  });
});

describe('of what the contract says of an exchange', () => {
  const exchanged = (cause: string, subject: 'document' | 'response', severity: 'error' | 'warning'): Exchange => ({
    id: 1,
    retryOf: null,
    protocol: 'graphql',
    operation: 'q',
    cause,
    request: { method: 'POST', url: 'http://127.0.0.1:1/graphql', headers: {}, body: null, bytes: 0 },
    response: null,
    error: null,
    startedAt: 0,
    durationMs: 0,
    findings: [{ rule: 'r', severity, subject, message: 'expected it', path: null, line: null, column: null }],
  });

  test.each<[string, Exchange, string]>([
    ['an error in a document counts', exchanged('listBuckets', 'document', 'error'), 'failed'],
    ['an error in a response counts', exchanged('listBuckets', 'response', 'error'), 'failed'],
    ["an error in a user's own document does not", exchanged('graphql', 'document', 'error'), 'passed'],
    ['an error in the response to one does', exchanged('graphql', 'response', 'error'), 'failed'],
    ['a warning does not', exchanged('listBuckets', 'document', 'warning'), 'passed'],
    ['a warning of a response does not', exchanged('listBuckets', 'response', 'warning'), 'passed'],
  ])('%s', async (_, exchange, verdict) => {
    const result = await createCaseRunner(hostOf(honest, [exchange])).run(planned('quilt3'), story);
    expect(result).toMatchObject({ verdict });
    if (verdict === 'failed') expect(result.message).toBe(`contract: q ${exchange.findings[0]?.subject}: expected it [r, exchange 1]`);
  });
});

describe('a target that cannot be reached', () => {
  const gone = (code: string, bucket: string) => throws(new QuiltError('BackendError', 'listBuckets', 'no connection', { code, bucket }));
  const attempted = scenario({ ...story, run: async ({ ops, attempt }) => void (await attempt(ops.listBuckets())) });
  const verdictOf = async (oracle: Behaviour, quilt3: Behaviour) =>
    (await createCaseRunner(hostOf({ oracle, quilt3 })).run(planned('quilt3'), attempted)).verdict;

  test('is what was foretold, and what else differs is a failure', async () => {
    expect(await verdictOf(gone('connect', 'a'), gone('connect', 'a'))).toBe('passed');
    expect(await verdictOf(gone('connect', 'a'), gone('connect', 'b'))).toBe('failed');
  });

  test('breaks the case where it was not foretold, or another trouble was', async () => {
    expect(await verdictOf(says('a'), gone('connect', 'a'))).toBe('broken');
    expect(await verdictOf(gone('tls', 'a'), gone('connect', 'a'))).toBe('broken');
    expect(await verdictOf(gone('NoSuchBucket', 'a'), gone('AccessDenied', 'a'))).toBe('failed');
  });
});

describe('an agreement', () => {
  test('names who stands alone', async () => {
    const result = await createCaseRunner(hostOf({ ...honest, platform: says('b') })).run(planned('quilt3~platform'), story);
    expect(result.verdict).toBe('failed');
    expect(result.differences.map(({ alone }) => alone)).toContain('platform-alone');
  });

  test('is broken when either side is', async () => {
    const crash = throws(new TypeError('x'));
    expect(await createCaseRunner(hostOf({ ...honest, platform: crash })).run(planned('quilt3~platform'), story)).toMatchObject({
      verdict: 'broken',
    });
    expect(await createCaseRunner(hostOf({ ...honest, quilt3: crash })).run(planned('quilt3~platform'), story)).toMatchObject({
      verdict: 'broken',
    });
  });

  test('is broken when either side could not reach the target', async () => {
    const gone = throws(new QuiltError('BackendError', 'listBuckets', 'no connection', { code: 'connect' }));
    for (const side of ['quilt3', 'platform']) {
      const result = await createCaseRunner(hostOf({ ...honest, [side]: gone })).run(planned('quilt3~platform'), story);
      expect(result).toMatchObject({ verdict: 'broken' });
    }
  });

  test('tells each side once, whichever case comes first', async () => {
    const host = hostOf(honest);
    const runner = createCaseRunner(host);
    await Promise.all([
      runner.run(planned('quilt3~platform'), story),
      runner.run(planned('platform'), story),
      runner.run(planned('quilt3'), story),
    ]);
    expect(host.made.sort()).toEqual(['oracle', 'platform', 'quilt3']);
  });
});

describe('a check', () => {
  const asks = (...statements: { what: string; expected: string; got: string; mend?: string }[]) =>
    check({ title: 'asks', level: 'must', points: () => [{}], ask: async () => statements });
  const run = (suite: ReturnType<typeof asks>) => createCaseRunner(hostOf({})).run(planned(''), suite);

  test('passes when every statement holds', async () =>
    expect(await run(asks({ what: 'x', expected: '1', got: '1' }))).toMatchObject({ verdict: 'passed' }));
  test('fails with every statement that does not, and what mends it', async () => {
    const result = await run(
      asks(
        { what: 'x', expected: '1', got: '2', mend: 'set x' },
        { what: 'y', expected: '1', got: '1' },
        { what: 'z', expected: '1', got: '3' },
      ),
    );
    expect(result).toMatchObject({ verdict: 'failed', message: 'x: expected 1, got 2; set x\nz: expected 1, got 3' });
  });
  test('is broken when it states nothing, and when it throws', async () => {
    expect(await run(asks())).toMatchObject({ verdict: 'broken' });
    const throwing = check({ title: 'throws', level: 'must', points: () => [{}], ask: () => Promise.reject(new Error('gone')) });
    expect(await run(throwing)).toMatchObject({ verdict: 'broken' });
  });
});

describe('what is begun ahead', () => {
  const waiting = { ...story, axes: { failure: ['none', 'hang', '429'] } };
  const at = (failure: string) =>
    planned('quilt3', { id: `case of ${failure}`, parameters: { failure }, ...(failure !== 'none' && { waits: true }) });

  test('is what waits, side by side and told once; those cases come last, whole', async () => {
    const { promise: both, resolve } = Promise.withResolvers<readonly string[]>();
    let asked = 0;
    const host = hostOf({
      ...honest,
      quilt3: () => {
        asked++;
        // Neither telling ends before both have begun.
        if (asked === 2) resolve(['a']);
        return both;
      },
    });
    const runner = createCaseRunner(host);
    for (const failure of ['hang', '429']) runner.tellAhead(at(failure), waiting);
    const ordered = runner.begin([at('hang'), at('none'), at('429'), planned('quilt3', { id: 'no', unsupported: 'why' })], waiting);
    expect(ordered.map(({ id }) => id)).toEqual(['case of none', 'no', 'case of hang', 'case of 429']);
    for (const failure of ['429', 'hang']) expect(await runner.run(at(failure), waiting)).toMatchObject({ verdict: 'passed' });
    expect(host.made.filter((side) => side === 'quilt3')).toHaveLength(2);
  });

  test('fails where it is asked for, and nowhere else', async () => {
    const runner = createCaseRunner(hostOf({ oracle: says('a') }));
    runner.tellAhead(at('hang'), waiting);
    expect(await runner.run(at('hang'), waiting)).toMatchObject({ verdict: 'broken' });
  });
});
