import { describe, expect, it } from 'vitest';
import { type Comparison, compareError, compareValue, Pairing, symbolizer, type Timeline } from './observation-rules.ts';
import {
  boolean,
  empty,
  identifier,
  instant,
  json,
  nullable,
  number,
  objectUrl,
  presignedUrl,
  record,
  type Shape,
  sequence,
  set,
  string,
} from './shapes.ts';

const T = Date.parse('2026-11-21T12:00:00.000Z');
const timeline: Timeline = new Map([
  [1, { startedAt: T, endedAt: T + 200 }],
  [2, { startedAt: T + 10_000, endedAt: T + 10_050 }],
]);
const at = (milliseconds: number) => new Date(T + milliseconds).toISOString();
const oracle = (): Comparison => ({ pairing: new Pairing(), timeline });
/** Two real sides; the other one's calls were made an hour before. */
const real = (more: Partial<Comparison> = {}): Comparison => ({
  pairing: new Pairing(),
  timeline,
  expectedTimeline: new Map(
    [...timeline].map(([call, interval]) => [call, { startedAt: interval.startedAt - 3_600_000, endedAt: interval.endedAt - 3_600_000 }]),
  ),
  ...more,
});
const fields = (shape: Shape, expected: unknown, observed: unknown, comparison = oracle()) =>
  compareValue(shape, expected, observed, comparison).map(({ field }) => field);

describe('values that agree with the oracle', () => {
  it.each<[string, Shape, unknown, unknown]>([
    ['a string', string, 'a', 'a'],
    ['a number', number, 1, 1],
    ['a boolean', boolean, false, false],
    ['JSON with members in another order', json, { a: 1, b: [1, { c: null }] }, { b: [1.0, { c: null }], a: 1 }],
    ['JSON with texts and truths', json, { a: 'x', b: [true, false, ''] }, { a: 'x', b: [true, false, ''] }],
    ['an instant in its call', instant, '@1', at(100)],
    ['an instant almost a second before its call', instant, '@1', at(-999)],
    ['an instant almost a second after it', instant, '@1', at(1_199)],
    ['an instant at the beginning of the first call, where one before it was due', instant, '@0', at(0)],
    ['an instant that was given', instant, at(0), at(0)],
    ['an instant cut to its second', instant, '@1', '2026-11-21T12:00:00Z'],
    ['an instant with an offset', instant, '@1', '2026-11-21T14:00:00.100+02:00'],
    ['an instant before the first call', instant, '@0', at(-60_000)],
    ['an expiry, rounded up', instant, '@2+3600', at(3_611_000)],
    ['a generated name', identifier, '#role-1', 'c0ffee'],
    ['a name that was given', identifier, 'arn:aws:iam::1:role/x', 'arn:aws:iam::1:role/x'],
    ['an object, its version generated', objectUrl, 's3://b/a%20b?versionId=#v1', 's3://b/a%20b?versionId=XYZ'],
    ['an object, its key spelt another way', objectUrl, 's3://b/a%2Bb', 's3://b/a+b'],
    ['a presigned URL', presignedUrl, 'content:ab:1', 'content:ab:1'],
    ['null', nullable(string), null, null],
    ['a sequence', sequence(number), [1, 2], [1, 2]],
    ['a set of strings in another order', set(string), ['a', 'b'], ['b', 'a']],
    [
      'a set of records in another order',
      set(record({ n: string, v: number }), 'n'),
      [
        { n: 'a', v: 1 },
        { n: 'b', v: 2 },
      ],
      [
        { n: 'b', v: 2 },
        { n: 'a', v: 1 },
      ],
    ],
    ['a record', record({ a: string }), { a: '' }, { a: '' }],
    ['a top hash that cannot be foretold', string, '#hash:1', 'a'.repeat(64)],
    ['a list that never holds anything', empty(string), [], []],
    ['a text that is contained', sequence(string), ['#text:no field'], ['There is no field so named']],
  ])('%s', (_, shape, expected, observed) => {
    expect(compareValue(shape, expected, observed, oracle())).toEqual([]);
  });
});

describe('values that lie', () => {
  it.each<[string, Shape, unknown, unknown, string]>([
    ['another string', string, 'a', 'b', ''],
    ['a string in place of a number', number, 1, '1', ''],
    ['NaN', number, Number.NaN, Number.NaN, ''],
    ['a truthy value', boolean, true, 1, ''],
    ['JSON with 1 for "1"', json, { a: { b: [1] } }, { a: { b: ['1'] } }, 'a.b.0'],
    ['JSON with a member more', json, { a: 1 }, { a: 1, b: null }, 'b'],
    ['JSON with a member less', json, { a: 1, b: null }, { a: 1 }, 'b'],
    ['JSON with elements in another order', json, [1, 2], [2, 1], '0'],
    ['JSON with an element more', json, [], [null], '0'],
    ['JSON that is none', json, { a: 1 }, { a: undefined }, 'a'],
    ['an object where a list was due', json, [], {}, ''],
    ['an instant outside its call', instant, '@1', at(1_201), ''],
    ['an instant a whole second after its call', instant, '@1', at(1_200), ''],
    ['an instant a whole second before it', instant, '@1', at(-1_000), ''],
    ['another instant than was given', instant, at(0), at(1), ''],
    ['an instant that was given and is none', instant, 'yesterday', 'yesterday', ''],
    ['an instant before its call', instant, '@1', at(-1_001), ''],
    ['an instant of another call', instant, '@2', at(0), ''],
    ['an instant without a zone', instant, '@1', '2026-11-21T12:00:00', ''],
    ['an instant that is none', instant, '@1', 'yesterday', ''],
    ['an instant of a call that was not made', instant, '@7', at(0), ''],
    ['an expiry that is too early', instant, '@2+3600', at(3_600_000), ''],
    ['an instant during the case where one before it was due', instant, '@0', at(5_000), ''],
    ['no name', identifier, '#role-1', '', ''],
    ['another name than was given', identifier, 'given', 'other', ''],
    ['another object', objectUrl, 's3://b/a', 's3://b/b', ''],
    ['another bucket', objectUrl, 's3://b/a', 's3://c/a', ''],
    ['no URL of an object', objectUrl, 's3://b/a', 'https://b/a', ''],
    ['a URL of an object for what is none', objectUrl, 'b/a', 's3://b/a', ''],
    ['no version', objectUrl, 's3://b/a?versionId=#1', 's3://b/a', ''],
    ['a version where none was', objectUrl, 's3://b/a', 's3://b/a?versionId=1', ''],
    ['a key that is not encoded', objectUrl, 's3://b/a%2520', 's3://b/a%20', ''],
    ['other bytes', presignedUrl, 'content:ab:1', 'content:ac:1', ''],
    ['a URL that is refused', presignedUrl, 'content:ab:1', 'refused:403', ''],
    ['a URL that never ends', presignedUrl, 'content:ab:1', 'endless:ab:1', ''],
    ['null for a value', nullable(string), 'a', null, ''],
    ['a value for null', nullable(string), null, '', ''],
    ['a sequence in another order', sequence(number), [1, 2], [2, 1], '0'],
    ['a shorter sequence', sequence(number), [1, 2], [1], 'length'],
    ['a set with an element more', set(string), ['a'], ['a', 'b'], 'b'],
    ['a set with an element less', set(string), ['a', 'b'], ['a'], 'b'],
    ['a set with an element twice', set(string), ['a'], ['a', 'a'], 'a'],
    ['a set with an element once that was due twice', set(string), ['a', 'a'], ['a'], 'a'],
    ['a set with a record changed', set(record({ n: string, v: number }), 'n'), [{ n: 'a', v: 1 }], [{ n: 'a', v: 2 }], 'a.v'],
    ['a record with a field more', record({ a: string }), { a: '' }, { a: '', b: '' }, 'b'],
    ['a record with a field less', record({ a: nullable(string) }), { a: null }, {}, 'a'],
    ['a list for a record', record({}), {}, [], ''],
    ['something in a list that never holds anything', empty(string), [], ['a'], ''],
    ['the same in both, where there is never anything', empty(string), ['a'], ['a'], ''],
    ['null for a list that never holds anything', empty(string), [], null, ''],
    ['a number for a text that is contained', string, '#text:1', 1, ''],
    ['a number for a top hash', string, '#hash:1', 1, ''],
    ['a number for a generated name', identifier, '#role-1', 1, ''],
    ['an object for a set', set(string), [], {}, ''],
    ['null for a sequence', sequence(string), [], null, ''],
    ['a sequence for null', sequence(string), null, [], ''],
    ['no top hash', string, '#hash:1', 'latest', ''],
    ['a text that is not contained', string, '#text:no field', 'internal error', ''],
  ])('%s', (_, shape, expected, observed, field) => {
    expect(fields(shape, expected, observed)[0]).toBe(field);
  });

  it('are all reported, not the first alone', () => {
    const shape = record({ a: string, b: sequence(number), c: nullable(json) });
    expect(fields(shape, { a: 'x', b: [1, 2], c: { d: 1 } }, { a: 'y', b: [2], c: { d: 2 }, e: 0 })).toEqual([
      'a',
      'b.length',
      'b.0',
      'b.1',
      'c.d',
      'e',
    ]);
  });

  it('are told in words', () => {
    expect(compareValue(instant, '@2', at(0), oracle())).toEqual([
      { field: '', expected: `${at(9_000)} to ${at(11_050)} (call 2)`, observed: JSON.stringify(at(0)) },
    ]);
  });
});

describe('generated names', () => {
  const pair = sequence(identifier);

  it('are one to one within a case', () => {
    expect(fields(pair, ['#a', '#b', '#a'], ['x', 'y', 'x'])).toEqual([]);
    expect(fields(pair, ['#a', '#a'], ['x', 'y'])).toEqual(['1']);
    expect(fields(pair, ['#a', '#b'], ['x', 'x'])).toEqual(['1']);
  });

  it('are kept from call to call', () => {
    const comparison = oracle();
    expect(compareValue(identifier, '#a', 'x', comparison)).toEqual([]);
    expect(compareValue(identifier, '#a', 'y', comparison)[0]?.expected).toBe('"x", as before for "#a"');
  });

  it('of versions belong to their object', () => {
    const urls = sequence(objectUrl);
    expect(fields(urls, ['s3://b/k?versionId=#1', 's3://b/k?versionId=#2'], ['s3://b/k?versionId=x', 's3://b/k?versionId=x'])).toEqual([
      '1',
    ]);
    expect(
      fields(urls, ['s3://b/k?versionId=#1', 's3://b/l?versionId=#2'], ['s3://b/k?versionId=null', 's3://b/l?versionId=null']),
    ).toEqual([]);
  });
});

describe('two real sides', () => {
  const hour = -3_600_000;

  it('agree on an instant when it is as long after one call on both', () => {
    expect(fields(instant, at(100 + hour), at(150), real())).toEqual([]);
    expect(fields(instant, at(13_600_000 + hour), at(13_600_300), real())).toEqual([]);
    expect(fields(instant, at(hour - 5_000), at(-90_000), real())).toEqual([]);
    expect(fields(instant, at(100 + hour), at(5_000), real())).toEqual(['']);
    expect(fields(instant, at(100 + hour), at(100 + hour), real())).toEqual(['']);
  });

  it('pair generated names, and top hashes where those cannot be foretold', () => {
    expect(fields(sequence(identifier), ['p', 'q', 'p'], ['x', 'y', 'x'], real())).toEqual([]);
    expect(fields(sequence(identifier), ['p', 'q'], ['x', 'x'], real())).toEqual(['1']);
    const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
    expect(fields(string, one, other, real())).toEqual(['']);
    expect(fields(sequence(string), [one, 'x'], [other, 'x'], real({ hashesAreGenerated: true }))).toEqual([]);
    expect(fields(sequence(string), [one, one], [other, one], real({ hashesAreGenerated: true }))).toEqual(['1']);
  });
});

describe('errors', () => {
  const error = {
    class: 'NotFoundError',
    operation: 'browse',
    detail: { package: 'a/b', code: '404', text: 'no such' },
    message: 'package: expected a/b, got none',
  };
  const wrong = (change: object, detail: object = {}, comparison = oracle()) =>
    compareError(error, { ...error, ...change, detail: { ...error.detail, ...detail } }, comparison).map(({ field }) => field);

  it('agree by class, operation and facts; the server may say more', () => {
    expect(wrong({ message: 'in other words' }, { text: 'there is no such package' })).toEqual([]);
  });

  it.each<[string, object, object, string]>([
    ['class', { class: 'BackendError' }, {}, 'error.class'],
    ['operation', { operation: 'diff' }, {}, 'error.operation'],
    ['message', { message: ' ' }, {}, 'error.message'],
    ['fact changed', {}, { package: 'a/c' }, 'error.package'],
    ['fact too many', {}, { hash: 'latest' }, 'error.hash'],
    ['fact missing', {}, { package: undefined }, 'error.package'],
    ['fact unknown', {}, { reason: 'x' }, 'error.reason'],
    ['code', {}, { code: '500' }, 'error.code'],
    ['text', {}, { text: 'failed' }, 'error.text'],
  ])('differ by %s', (_, change, detail, field) => {
    expect(wrong(change, detail)).toEqual([field]);
  });

  it('do not compare code and text of two real sides, whose servers are different ones', () => {
    expect(wrong({}, { code: 'NoSuchKey', text: 'x' }, real())).toEqual([]);
  });

  it('do not take a fact for generated that only looks so', () => {
    const given = { ...error, detail: { path: '#notes/a.txt', subject: '#1' } };
    const other = { ...error, detail: { path: 'other.txt', subject: 'other' } };
    expect(compareError(given, other, oracle()).map(({ field }) => field)).toEqual(['error.path', 'error.subject']);
    expect(compareError({ ...error, detail: { subject: '#role-1' } }, { ...error, detail: { subject: 'x' } }, real())).not.toEqual([]);
  });

  it('pair a generated fact', () => {
    const comparison = oracle();
    const generated = { ...error, detail: { subject: '#role-1' } };
    expect(compareError(generated, { ...error, detail: { subject: 'c0ffee' } }, comparison)).toEqual([]);
    expect(compareError(generated, { ...error, detail: { subject: 'other' } }, comparison).map(({ field }) => field)).toEqual([
      'error.subject',
    ]);
    expect(compareError(generated, { ...error, detail: {} }, comparison).map(({ field }) => field)).toEqual(['error.subject']);
  });
});

describe('symbols', () => {
  const symbols = new Map([
    ['bucket-1', '{bucket}'],
    ['bucket-1x', '{longer}'],
    ['http://h:1', '{registry}'],
    ['http://h:1/graphql', '{graphql}'],
    ['{bucket}', 'never'],
  ]);

  it('stand in for names everywhere, the longest first, and are not looked into again', () => {
    const value = { 'in bucket-1': ['s3://bucket-1x/k', { url: 'http://h:1/graphql', other: 'http://h:1/x' }], n: 1, z: null };
    expect(symbolizer(symbols)(value)).toEqual({
      'in {bucket}': ['s3://{longer}/k', { url: '{graphql}', other: '{registry}/x' }],
      n: 1,
      z: null,
    });
  });

  it('are not what a side says in the very words of a symbol: a template that nobody filled in is no name', () => {
    const names = new Map([['bucket-1', '{bucket}']]);
    expect(symbolizer(names)('s3://{bucket}/k')).not.toBe(symbolizer(names)('s3://bucket-1/k'));
    expect(symbolizer(names)({ '{bucket}': 1 })).not.toEqual(symbolizer(names)({ 'bucket-1': 1 }));
    expect(symbolizer(names)('{bucket}')).toBe(symbolizer(new Map([['bucket-2', '{bucket}']]))('{bucket}'));
  });

  it('leave values alone when there are none', () => {
    expect(symbolizer(new Map())('bucket-1')).toBe('bucket-1');
  });
});

describe('the marks of the expected side', () => {
  it.each([
    ['#text:', 'anything'],
    ['#text:a', 'has a in it'],
    ['#hash:x', 'f'.repeat(64)],
  ])('%s is a text like any other where a backend said it', (said, other) => {
    expect(fields(string, said, other, real())).toEqual(['']);
    expect(fields(string, said, said, real())).toEqual([]);
  });
});

describe('instants of two backends', () => {
  const earlier = (milliseconds: number) => at(milliseconds - 3_600_000);
  it.each<[string, string, string, boolean]>([
    ['as long after the same call', earlier(50), at(50), true],
    ['almost two seconds and the length of the call apart', earlier(0), at(2_199), true],
    ['two seconds and the length of the call apart', earlier(0), at(2_200), false],
    ['the same the other way round', earlier(2_200), at(0), false],
    ['both before the first call', earlier(-60_000), at(-90_000), true],
    ['one before the first call and one in it', earlier(-60_000), at(50), false],
    ['one that is none', 'yesterday', at(50), false],
    ['the other that is none', earlier(50), 'yesterday', false],
    ['both that are none', 'yesterday', 'yesterday', false],
  ])('%s', (_, expected, observed, agree) => {
    const near: Timeline = new Map([[1, { startedAt: T, endedAt: T + 200 }]]);
    const other: Timeline = new Map([[1, { startedAt: T - 3_600_000, endedAt: T - 3_600_000 + 200 }]]);
    const found = compareValue(instant, expected, observed, { pairing: new Pairing(), timeline: near, expectedTimeline: other });
    expect(found.length === 0).toBe(agree);
  });

  it('before the first call are told apart where the making of both worlds is known', () => {
    const made = (offset: number): Timeline =>
      new Map([
        [0, { startedAt: T + offset - 100, endedAt: T + offset }],
        [1, { startedAt: T + offset, endedAt: T + offset + 200 }],
      ]);
    const comparison = { pairing: new Pairing(), timeline: made(0), expectedTimeline: made(-3_600_000) };
    expect(compareValue(instant, earlier(-50), at(-50), comparison)).toEqual([]);
    expect(compareValue(instant, earlier(-50), at(-90_000), comparison)).toHaveLength(1);
  });
});
