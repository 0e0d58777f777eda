import { appendFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openJournal } from './journal.ts';
import { mergeStores, planDigest } from './merge-stores.ts';
import { readStore, StoreError } from './read-store.ts';
import type { RunRecord } from './result.ts';
import { sampleFailure, samplePlanned, sampleRecord, sampleResult } from './sample-run.ts';
import { createStore, finishStore, newRunId, openWorkerLog } from './store.ts';
import { LINE_CAP_BYTES } from './store-format.ts';
import { listStores } from './stores.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'store-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const plan = [samplePlanned('parity/one/backend:quilt3'), samplePlanned('parity/two/backend:quilt3')];
const [one, two] = ['parity/one/backend:quilt3', 'parity/two/backend:quilt3'] as const;

function written(but: Partial<RunRecord> = {}, ids: readonly string[] = [one, two]): string {
  const dir = createStore(root, sampleRecord(plan, but));
  using log = openWorkerLog(dir, '1');
  for (const id of ids) {
    log.started(id, 1);
    log.finished(sampleFailure(id), 1);
  }
  return dir;
}

describe('a store', () => {
  test('gives back what was written, and keeps what a newer writer added', () => {
    const dir = written();
    const { record, lines, troubles } = readStore(dir);
    expect(record).toEqual(sampleRecord(plan));
    expect(lines.map((line) => [line.kind, line.id, line.worker, line.attempt])).toEqual([
      ['started', one, '1', 1],
      ['finished', one, '1', 1],
      ['started', two, '1', 1],
      ['finished', two, '1', 1],
    ]);
    expect(lines[1]).toMatchObject({ result: sampleFailure(one) });
    expect(troubles).toEqual([]);
    appendFileSync(join(dir, 'worker-2.ndjson'), `${JSON.stringify({ ...lines[1], result: { ...sampleResult(one), weather: 'fair' } })}\n`);
    expect(readStore(dir).lines.at(-1)).toMatchObject({ result: { weather: 'fair' } });
  });

  test('leaves details out when told', () => {
    const finished = readStore(written(), { details: false }).lines[1];
    expect(finished).toMatchObject({ result: { steps: [], exchanges: [], message: expect.stringContaining('expected 8, got 9') } });
  });

  test('is finished with its end and its trouble, and is not made twice', () => {
    const dir = written();
    finishStore(dir, { finishedAt: new Date('2026-11-21T11:00:00Z'), trouble: 'the target went away' });
    expect(readStore(dir).record).toMatchObject({ finishedAt: '2026-11-21T11:00:00.000Z', trouble: 'the target went away' });
    expect(() => createStore(root, sampleRecord(plan))).toThrow('expected to be new, got a store that exists');
  });

  test('a half-written last line is listed, and a worker of the same name goes on behind it', () => {
    const dir = written();
    appendFileSync(join(dir, 'worker-1.ndjson'), '{"kind":"finished","id":"par');
    expect(readStore(dir).troubles).toEqual([
      `${dir}/worker-1.ndjson:5: half-written last line: its worker died writing "{\\"kind\\":\\"finished\\",\\"id\\":\\"par"`,
    ]);
    using log = openWorkerLog(dir, '1');
    log.started(one, 2);
    const { lines, troubles } = readStore(dir);
    expect(lines.at(-1)).toMatchObject({ kind: 'started', attempt: 2 });
    expect(troubles).toEqual([expect.stringContaining('worker-1.ndjson:5: expected a JSON line, got')]);
  });

  test.each([
    ['no JSON', 'rubbish', 'worker-1.ndjson:5: expected a JSON line, got "rubbish"'],
    ['another JSON', '{"kind":"paused"}', 'worker-1.ndjson:5: expected a line of a store, got'],
    [
      'a result of no time',
      JSON.stringify({ kind: 'finished', id: one, at: 1, worker: '1', attempt: 1, result: { ...sampleResult(one), durationMs: -1 } }),
      'result.durationMs',
    ],
    [
      'an unknown verdict',
      JSON.stringify({ kind: 'finished', id: one, at: 1, worker: '1', attempt: 1, result: { ...sampleResult(one), verdict: 'fine' } }),
      'result.verdict',
    ],
    [
      'a line over the cap',
      'x'.repeat(LINE_CAP_BYTES + 1),
      `worker-1.ndjson:5: expected at most ${LINE_CAP_BYTES} bytes, got ${LINE_CAP_BYTES + 1}`,
    ],
  ])('a line that is %s is listed and the others are read', (_, text, says) => {
    const dir = written();
    const file = join(dir, 'worker-1.ndjson');
    appendFileSync(file, `${text}\n\n${JSON.stringify({ kind: 'started', id: two, at: 1, worker: '1', attempt: 3 })}\n`);
    const { lines, troubles } = readStore(dir);
    expect(troubles).toEqual([expect.stringContaining(says)]);
    expect(lines).toHaveLength(5);
    expect(lines.at(-1)).toMatchObject({ attempt: 3 });
  });

  test('a result over the cap, or one that is no JSON, keeps its verdict and says what it dropped', () => {
    const dir = createStore(root, sampleRecord(plan));
    using log = openWorkerLog(dir, '1');
    log.finished(sampleFailure(one, undefined, { exchanges: ['x'.repeat(LINE_CAP_BYTES)] }), 1);
    log.finished(sampleFailure(two, undefined, { exchanges: [1n] }), 1);
    const { lines, troubles } = readStore(dir);
    expect(troubles).toEqual([]);
    expect(lines[0]).toMatchObject({
      result: { verdict: 'failed', exchanges: [{ dropped: expect.stringContaining('expected at most') }] },
    });
    expect(lines[1]).toMatchObject({ result: { verdict: 'failed', exchanges: [{ dropped: expect.stringContaining('BigInt') }] } });
  });

  test.each<[string, (dir: string) => unknown, string]>([
    ['that is not there', (dir) => rmSync(dir, { recursive: true }), 'expected a folder, got nothing at'],
    ['without anything of a store', (dir) => [rmSync(dir, { recursive: true }), mkdirSync(dir)], 'a folder that is no store'],
    ['without run.json', (dir) => rmSync(join(dir, 'run.json')), 'got nothing beside 1 worker files'],
    ['of another version', (dir) => writeFileSync(join(dir, 'run.json'), '{"version":2}'), 'run.json: version: expected 1, got 2'],
    ['of no version', (dir) => writeFileSync(join(dir, 'run.json'), '[]'), 'run.json: version: expected 1, got none'],
    ['with half a run.json', (dir) => writeFileSync(join(dir, 'run.json'), '{"version":'), 'run.json: expected JSON'],
    [
      'with a plan of rubbish',
      (dir) => writeFileSync(join(dir, 'run.json'), JSON.stringify({ ...sampleRecord([]), plan: [{ id: '' }] })),
      'plan.0.id',
    ],
  ])('a folder %s is one clear error', (_, spoil, says) => {
    const dir = written();
    spoil(dir);
    expect(() => readStore(dir)).toThrow(StoreError);
    expect(() => readStore(dir)).toThrow(says);
  });

  test('a file in place of a folder, and a worker with a path for a name, are refused', () => {
    writeFileSync(join(root, 'file'), '');
    expect(() => readStore(join(root, 'file'))).toThrow('expected a folder, got a file');
    expect(() => openWorkerLog(root, '../1')).toThrow('worker name: expected letters');
  });
});

describe('stores of one root', () => {
  const runs = ['20261121-101500-000-aaaaaa', '20261121-111500-000-aaaaaa', '20261121-121500-000-aaaaaa', '20261121-131500-000-aaaaaa'];

  test('run ids sort by time', () => {
    expect(newRunId(new Date('2026-11-21T10:15:00.123Z'))).toMatch(/^20261121-101500-123-[0-9a-f]{6}$/);
  });

  test('older ones are pruned, but not what is no store, nor what left something to clean', () => {
    mkdirSync(join(root, '0-notes'));
    const journal = openJournal(written({ runId: runs[0] ?? '' }));
    journal.willCreate({ kind: 'bucket', id: 'crosscheck-1', target: 'staging', remove: {} });
    for (const runId of runs.slice(1)) createStore(root, sampleRecord(plan, { runId }), { keep: 2 });
    expect(listStores(root).map((dir) => dir.slice(root.length + 1))).toEqual([runs[3], runs[2], runs[0]]);
    expect(existsSync(join(root, '0-notes'))).toBe(true);
    journal.removed('crosscheck-1');
    createStore(root, sampleRecord(plan, { runId: '20261121-141500-000-aaaaaa' }), { keep: 2 });
    expect(listStores(root)).toHaveLength(2);
  });
});

describe('shards', () => {
  const whole = planDigest(plan);
  function shard(index: number, but: Partial<RunRecord> = {}): string {
    const own = plan[index - 1];
    const runId = `20261121-101500-000-00000${index}`;
    const parts = { runId, shard: { index, count: 2 }, wholePlan: whole, plan: own === undefined ? [] : [own], ...but };
    return written(parts, own === undefined ? [] : [own.id]);
  }

  test('merge to one run', () => {
    const { record, lines } = mergeStores([
      shard(1, { finishedAt: '2026-11-21T10:20:00.000Z', trouble: 'a worker was lost' }),
      shard(2, { startedAt: '2026-11-21T10:14:00.000Z' }),
    ]);
    expect(record).toMatchObject({ shard: null, plan, startedAt: '2026-11-21T10:14:00.000Z', finishedAt: '2026-11-21T10:20:00.000Z' });
    expect(record.trouble).toBe('20261121-101500-000-000001: a worker was lost');
    expect(lines).toHaveLength(4);
  });

  test('merge whatever their order is, and that of their subjects', () => {
    const reversed = Object.fromEntries(Object.entries(sampleRecord(plan).subjects).reverse());
    const [first, second] = [shard(1), shard(2, { subjects: reversed })];
    expect(mergeStores([second, first]).record.plan.map(({ id }) => id)).toEqual([two, one]);
  });

  test('one that never ended leaves the merged run without an end', () => {
    expect(mergeStores([shard(1), shard(2, { finishedAt: null })]).record.finishedAt).toBeNull();
  });

  test.each<[string, () => string[], string]>([
    ['none', () => [], 'expected at least one folder, got none'],
    ['another target', () => [shard(1), shard(2, { target: 'staging' })], 'target: expected embedded'],
    ['another seed', () => [shard(1), shard(2, { seed: 8 })], 'seed: expected 7'],
    ['other subjects', () => [shard(1), shard(2, { subjects: { quilt3: 'quilt3@8.0.1' } })], 'subjects: expected'],
    ['another plan', () => [shard(1), shard(2, { wholePlan: 'other' })], `whole plan: expected ${whole}`],
    ['another number of shards', () => [shard(1), shard(2, { shard: { index: 2, count: 3 } })], 'shard count: expected 2'],
    ['the same case twice', () => [shard(1), shard(2, { plan: plan.slice(0, 1) })], `case ${one}: expected in one store, got it in`],
    ['the same folder twice', () => [written({ runId: 'x' }), join(root, 'x')], `case ${one}: expected in one store`],
    [
      'a missing shard',
      () => [shard(1, { shard: { index: 1, count: 3 } }), shard(2, { shard: { index: 2, count: 3 } })],
      'got none for 3/3',
    ],
    ['a case of the plan that no shard has', () => [shard(1), shard(2, { plan: [] })], 'expected the cases of the whole plan'],
  ])('%s is an error that says so', (_, dirs, says) => {
    const made = dirs();
    expect(() => mergeStores(made)).toThrow(says);
  });
});
