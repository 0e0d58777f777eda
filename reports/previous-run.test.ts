import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { compareRuns } from './compare-runs.ts';
import { compareWithPrevious, recordVerdicts } from './previous-run.ts';
import type { RunRecord, Verdict } from './result.ts';
import { sampleRecord } from './sample-run.ts';
import { createStore } from './store.ts';

const is = (verdicts: Readonly<Record<string, Verdict>>) => Object.entries(verdicts).map(([id, verdict]) => ({ id, verdict }));

describe('since the previous run', () => {
  test.each<[Verdict | null, Verdict | null, 'new' | 'fixed' | 'still' | 'gone' | null]>([
    ['passed', 'failed', 'new'],
    ['expected-failed', 'broken', 'new'],
    ['unsupported', 'not-run', 'new'],
    [null, 'failed', 'new'],
    ['failed', 'passed', 'fixed'],
    ['broken', 'expected-failed', 'fixed'],
    ['not-run', 'passed', 'fixed'],
    ['failed', 'broken', 'still'],
    ['not-run', 'failed', 'still'],
    ['failed', 'unsupported', 'gone'],
    ['unsupported', 'unsupported', null],
    ['passed', 'expected-failed', null],
    ['passed', 'unsupported', 'gone'],
    ['expected-failed', 'unsupported', 'gone'],
    [null, 'passed', null],
    ['passed', null, 'gone'],
    ['failed', null, 'gone'],
  ])('%s then %s is %s', (before, now, kind) => {
    const comparison = compareRuns(is(before === null ? {} : { a: before }), is(now === null ? {} : { a: now }));
    const expected = { new: [], fixed: [], still: [], gone: [], ...(kind === null ? {} : { [kind]: ['a'] }) };
    expect(comparison).toEqual(expected);
  });

  test('ids are sorted', () => {
    expect(compareRuns([], is({ b: 'failed', a: 'failed' })).new).toEqual(['a', 'b']);
  });
});

describe('the previous run', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'previous-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const ids = [1, 2, 3, 4].map((hour) => `20261121-1${hour}1500-000-aaaaaa`);
  const [first = '', second = '', third = '', now = ''] = ids;
  function told(but: Partial<RunRecord>, verdicts: Readonly<Record<string, Verdict>> = { a: 'passed' }): string {
    const record = sampleRecord([], but);
    const dir = createStore(root, record);
    recordVerdicts(dir, record, is(verdicts));
    return dir;
  }
  const previousOf = (but: Partial<RunRecord>) => compareWithPrevious(root, sampleRecord([], { runId: now, ...but }), []).previousRunId;

  test('is the newest of the same target that told its verdicts, and no shard', () => {
    told({ runId: first });
    told({ runId: second, target: 'staging' });
    createStore(root, sampleRecord([], { runId: third }));
    told({ runId: '20261121-131600-000-aaaaaa', shard: { index: 1, count: 2 } });
    told({ runId: now });
    told({ runId: '20261121-201500-000-aaaaaa' });
    expect(previousOf({})).toBe(first);
    expect(previousOf({ target: 'staging' })).toBe(second);
    expect(previousOf({ target: 'production' })).toBeNull();
    expect(compareWithPrevious(join(root, 'nowhere'), sampleRecord([], { runId: now }), [])).toEqual({ since: null, previousRunId: null });
  });

  test('is compared with what it said itself', () => {
    told({ runId: first }, { a: 'passed', b: 'failed', c: 'passed' });
    const record = sampleRecord([], { runId: now });
    expect(compareWithPrevious(root, record, is({ a: 'failed', b: 'passed' }))).toEqual({
      since: { new: ['a'], fixed: ['b'], still: [], gone: ['c'] },
      previousRunId: first,
    });
    expect(compareWithPrevious(root, { ...record, target: 'staging' }, [])).toEqual({ since: null, previousRunId: null });
  });

  const { subjects } = sampleRecord([], {});
  const { quilt3 = '', ...others } = subjects;

  test('of fewer cases does not say that the others are gone', () => {
    told({ runId: first }, { a: 'passed', b: 'failed', c: 'failed', d: 'failed' });
    const record = sampleRecord([], { runId: now, narrowed: 'grep b' });
    expect(compareWithPrevious(root, record, is({ a: 'failed', b: 'failed', c: 'passed' }))).toEqual({
      since: { new: ['a'], fixed: ['c'], still: ['b'], gone: [] },
      previousRunId: first,
    });
    const fewer = sampleRecord([], { runId: now, subjects: others });
    expect(compareWithPrevious(root, fewer, is({ b: 'failed' })).since).toEqual({ new: [], fixed: [], still: ['b'], gone: [] });
  });

  test('that selected alike says what is gone', () => {
    told({ runId: first }, { a: 'passed', b: 'passed' });
    told({ runId: second, narrowed: 'grep b' }, { b: 'passed', c: 'failed' });
    told({ runId: third, narrowed: 'grep c' }, { c: 'failed' });
    const record = sampleRecord([], { runId: now, narrowed: 'grep b' });
    expect(compareWithPrevious(root, record, is({ b: 'failed' }))).toEqual({
      since: { new: ['b'], fixed: [], still: [], gone: ['c'] },
      previousRunId: second,
    });
  });

  test('that selected less is passed over, since what it left out is not new', () => {
    told({ runId: first }, { a: 'failed', b: 'failed' });
    told({ runId: second, narrowed: 'grep b' }, { b: 'failed' });
    told({ runId: third, subjects: { quilt3 } }, { b: 'failed' });
    const record = sampleRecord([], { runId: now });
    expect(compareWithPrevious(root, record, is({ a: 'failed', b: 'failed' }))).toEqual({
      since: { new: [], fixed: [], still: ['a', 'b'], gone: [] },
      previousRunId: first,
    });
  });

  test.each(['', '{"version":2}', '{"version":1,"target":"embedded","shard":false,"verdicts":{"a":"fine"}}'])(
    'with %j for verdicts is passed over',
    (text) => {
      told({ runId: first });
      writeFileSync(join(told({ runId: second }), 'verdicts.json'), text);
      expect(previousOf({})).toBe(first);
    },
  );
});
