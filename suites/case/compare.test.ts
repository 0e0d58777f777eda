import { describe, expect, it } from 'vitest';
import { agreeRuns, compareRuns } from './compare.ts';
import type { Observation, ObservedOutcome, Run } from './observation.ts';

const START = Date.parse('2026-11-21T12:00:00.000Z');

type Told = readonly (readonly [operation: string, outcome: ObservedOutcome])[];

/** A run of calls that took 100 ms each, `later` milliseconds after noon. */
function run(side: string, told: Told, { later = 0, symbols = {} }: { later?: number; symbols?: Record<string, string> } = {}): Run {
  const observations = told.map(([operation, outcome], index): Observation => {
    const startedAt = START + later + index * 5_000;
    return { call: index + 1, operation, startedAt, endedAt: startedAt + 100, outcome };
  });
  return { side, observations, made: null, symbols: new Map(Object.entries(symbols)), broken: null };
}

const at = (milliseconds: number) => new Date(START + milliseconds).toISOString();
const value = (of: unknown): ObservedOutcome => ({ value: of });
const refused = (name: string, detail: object = {}, operation = 'browse'): ObservedOutcome => ({
  error: { class: name, operation, detail, message: `${operation}: expected it, got none` },
});
const pushed = (topHash: string, bucket = '{bucket}') => value({ bucket, name: 'team/data', topHash, totalEntries: 1 });
const revisions = (...modified: string[]) =>
  value(modified.map((each) => ({ topHash: 'h', modified: each, message: null, metadata: null })));
const brief = (differences: ReturnType<typeof compareRuns>) =>
  differences.map(({ call, field, alone }) => `${call} ${field}${alone === null ? '' : ` ${alone}`}`);

describe('a run against the oracle', () => {
  const told: Told = [
    ['createRevision', pushed('h')],
    ['listRevisions', revisions('@1')],
    ['browse', refused('NotFoundError', { package: 'team/data', path: '{bucket}' })],
    ['world.note a', value({ n: 1 })],
  ];
  const seen: Told = [
    ['createRevision', pushed('h', 'crosscheck-t1-0')],
    ['listRevisions', revisions(at(0))],
    ['browse', refused('NotFoundError', { package: 'team/data', path: 'crosscheck-t1-0' })],
    ['world.note a', value({ n: 1 })],
  ];
  const symbols = { 'crosscheck-t1-0': '{bucket}' };
  const changed = (call: number, operation: string, outcome: ObservedOutcome): Told =>
    seen.map((each, index) => (index === call - 1 ? [operation, outcome] : each));
  const compare = (other: Told) => compareRuns(run('oracle', told), run('quilt3', other, { symbols }));

  it('has no difference when it does the same in its own names and times', () => {
    expect(compare(seen)).toEqual([]);
  });

  it.each<[string, Told, string[]]>([
    ['a field', changed(1, 'createRevision', pushed('other', 'crosscheck-t1-0')), ['1 topHash']],
    ['an instant', changed(2, 'listRevisions', revisions(at(60_000))), ['2 0.modified']],
    [
      'a fact in its own names',
      changed(3, 'browse', refused('NotFoundError', { package: 'team/data', path: 'crosscheck-t2-0' })),
      ['3 error.path'],
    ],
    ['an error class', changed(3, 'browse', refused('BackendError', { package: 'team/data', path: 'crosscheck-t1-0' })), ['3 error.class']],
    ['a value for an error', changed(3, 'browse', value({})), ['3 outcome']],
    ['an error for a value', changed(2, 'listRevisions', refused('BackendError')), ['2 outcome']],
    ['a crash', changed(2, 'listRevisions', refused('TypeError', {}, 'listRevisions')), ['2 outcome']],
    ['an event of the world', changed(4, 'world.note a', value({ n: 2 })), ['4 n']],
    ['another call', changed(3, 'packageInfo', refused('NotFoundError')), ['3 operation']],
    ['a call less', seen.slice(0, 3), ['4 call', 'null calls']],
    ['a call more', [...seen, ['world.count', value(1)]], ['5 call', 'null calls']],
    ['nothing at all', [], ['1 call', '2 call', '3 call', '4 call', 'null calls']],
  ])('differs by %s', (_, other, expected) => {
    expect(brief(compare(other))).toEqual(expected);
  });

  it('compares a refused download by its status alone', () => {
    const download = (status: number, sha256: string, size: number): Told => [['world.download', value({ status, sha256, size })]];
    const differ = (one: Told, other: Told) => brief(compareRuns(run('oracle', one), run('platform', other)));
    expect(differ(download(403, '', 0), download(403, 'words', 12))).toEqual([]);
    expect(differ(download(403, '', 0), download(404, '', 0))).toEqual(['1 status']);
    expect(differ(download(200, 'a', 1), download(200, 'b', 1))).toEqual(['1 sha256']);
  });

  it('refuses a run that numbers two calls alike', () => {
    const twice = run('quilt3', told);
    const [first] = twice.observations;
    expect(() => compareRuns(run('oracle', told), { ...twice, observations: first === undefined ? [] : [first, first] })).toThrow(
      'each call number once',
    );
  });
});

describe('two runs and the oracle', () => {
  const oracle = run('oracle', [
    ['createRevision', pushed('h')],
    ['listRevisions', revisions('@1')],
  ]);
  const told = (hash: string, modified: string): Told => [
    ['createRevision', pushed(hash)],
    ['listRevisions', revisions(modified)],
  ];
  const quilt3 = (hash = 'h', milliseconds = 50) => run('quilt3', told(hash, at(milliseconds)));
  const platform = (hash = 'h', milliseconds = 50) => run('platform', told(hash, at(7_000_000 + milliseconds)), { later: 7_000_000 });

  it('agree when all three do', () => {
    expect(agreeRuns(quilt3(), platform(), oracle)).toEqual([]);
  });

  it.each<[string, Run, Run, string[]]>([
    ['quilt3-alone', quilt3('x'), platform(), ['1 topHash quilt3-alone']],
    ['platform-alone', quilt3(), platform('x'), ['1 topHash platform-alone']],
    ['all-differ', quilt3('x'), platform('y'), ['1 topHash all-differ']],
    ['oracle-alone', quilt3('x'), platform('x'), ['1 topHash oracle-alone']],
    ['by an instant', quilt3(), platform('h', 60_000), ['2 0.modified platform-alone']],
    [
      'by a call less',
      quilt3(),
      { ...platform(), observations: platform().observations.slice(0, 1) },
      ['2 call platform-alone', 'null calls platform-alone'],
    ],
  ])('are named: %s', (_, a, b, expected) => {
    expect(brief(agreeRuns(a, b, oracle))).toEqual(expected);
  });

  it('are named by class when two clients are wrong alike, each in words of its own', () => {
    const by = (side: string, name: string, message: string) =>
      run(side, [['browse', { error: { class: name, operation: 'browse', detail: {}, message } }]]);
    const told = by('oracle', 'NotFoundError', 'none there');
    expect(brief(agreeRuns(by('quilt3', 'BackendError', 'it failed'), by('platform', 'BackendError', 'no luck'), told))).toEqual([
      '1 error.class oracle-alone',
    ]);
    expect(agreeRuns(by('quilt3', 'NotFoundError', 'it is not there'), by('platform', 'NotFoundError', 'gone'), told)).toEqual([]);
  });

  it('pair what cannot be foretold, and only that', () => {
    const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const generated = run('oracle', [
      ['createRevision', pushed('#hash:w')],
      ['browse', refused('NotFoundError', { subject: '#role-1', path: 'p' })],
    ]);
    const side = (name: string, hash: string, subject: string, path = 'p') =>
      run(name, [
        ['createRevision', pushed(hash)],
        ['browse', refused('NotFoundError', { subject, path })],
      ]);
    expect(agreeRuns(side('quilt3', one, 'x'), side('platform', other, 'y'), generated)).toEqual([]);
    expect(brief(agreeRuns(side('quilt3', one, 'x'), side('platform', other, 'y', 'q'), generated))).toEqual([
      '2 error.path platform-alone',
    ]);
    expect(brief(agreeRuns(quilt3(one), platform(other), oracle))).toEqual(['1 topHash all-differ']);
  });

  it('pair a hash that follows from the names of each, when each has an oracle told in its own names', () => {
    const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
    const told = (side: string, ...hashes: string[]) =>
      run(
        side,
        hashes.map((hash): Told[number] => ['createRevision', pushed(hash)]),
      );
    const agree = (a: string[], b: string[]) =>
      brief(agreeRuns(told('quilt3', ...a), told('platform', ...b), told('oracle', one, one), told('oracle', other, other)));
    expect(agree([one, one], [other, other])).toEqual([]);
    expect(agree([one, one], [other, 'c'.repeat(64)])).toEqual(['2 topHash platform-alone']);
  });

  it('stand against the oracle together only where both say the same at the same place', () => {
    const info = (totalEntries: number, topHash: string) => value({ bucket: '{bucket}', name: 'team/data', topHash, totalEntries });
    const side = (name: string, ...told: ObservedOutcome[]) =>
      run(
        name,
        told.map((outcome) => ['createRevision', outcome]),
      );
    const said = side('oracle', info(1, 'h'), info(1, 'h'));
    // The same wrong number in the first call; in the second one each has a wrong text of its own, the other's of the first call.
    const [a, b] = [side('quilt3', info(2, 'h'), info(1, 'x')), side('platform', info(2, 'h'), info(1, 'y'))];
    expect(brief(agreeRuns(a, b, said))).toEqual(['2 topHash all-differ', '1 totalEntries oracle-alone']);
    // Wrong alike, but in different calls: who is alone is told of each.
    const [c, d] = [side('quilt3', info(2, 'h'), info(1, 'h')), side('platform', info(1, 'h'), info(2, 'h'))];
    expect(brief(agreeRuns(c, d, said))).toEqual(['1 totalEntries quilt3-alone', '2 totalEntries platform-alone']);
    // Wrong alike in two fields is told of both.
    const [e, f] = [side('quilt3', info(2, 'x'), info(1, 'h')), side('platform', info(2, 'x'), info(1, 'h'))];
    expect(brief(agreeRuns(e, f, said))).toEqual(['1 topHash oracle-alone', '1 totalEntries oracle-alone']);
  });

  it('compare the versions of objects with those that the world itself put', () => {
    const uris = (version: string) => value([`s3://{bucket}/a?versionId=${version}`]);
    const browsed = (version: string) =>
      value({ path: 'a', kind: 'file', size: 1, physicalKey: `s3://{bucket}/a?versionId=${version}`, metadata: null, children: null });
    const side = (name: string, put: string, said: string) =>
      run(name, [
        ['world.objects', uris(put)],
        ['browse', browsed(said)],
      ]);
    expect(brief(compareRuns(side('oracle', '#v-1', '#v-1'), side('quilt3', 'XYZ', 'XYZ')))).toEqual([]);
    expect(brief(compareRuns(side('oracle', '#v-1', '#v-1'), side('quilt3', 'XYZ', 'null')))).toEqual(['2 physicalKey']);
  });

  it('do not agree when one gives two things one name', () => {
    const users = (...ids: string[]) =>
      value(ids.map((id, index) => ({ id, name: `r${index}`, arn: `arn-${id}`, managed: false, policies: [], permissions: [] })));
    const list = (name: string, ...ids: string[]) => run(name, [['admin.roles.list', users(...ids)]]);
    expect(
      agreeRuns(list('quilt3', 'a', 'b'), list('platform', 'x', 'y'), list('oracle', '#1', '#2')).filter(({ field }) =>
        field.endsWith('.id'),
      ),
    ).toEqual([]);
    expect(brief(agreeRuns(list('quilt3', 'a', 'b'), list('platform', 'x', 'x'), list('oracle', '#1', '#2')))).toContain(
      '1 r1.id platform-alone',
    );
  });
});
