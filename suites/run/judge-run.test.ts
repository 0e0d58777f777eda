/** Stores that somebody made by hand: what does not add up is never passed. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../reports/result.ts';
import { sampleFailure, sampleKnown, sampleLines, samplePlanned, sampleRecord, sampleResult } from '../../reports/sample-run.ts';
import { exitCode, judge } from '../../reports/verdicts.ts';
import { judgeRun, wrongIds } from './judge-run.ts';

const id = 'parity/one/backend:quilt3';
const passed = sampleLines(sampleResult(id)).map((line) => JSON.stringify(line));

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'crosscheck-by-hand-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function judged(lines: readonly string[], record: Partial<RunRecord> = {}, plan = [samplePlanned(id)]) {
  writeFileSync(join(dir, 'run.json'), JSON.stringify(sampleRecord(plan, record)));
  writeFileSync(join(dir, 'worker-1.ndjson'), '');
  appendFileSync(join(dir, 'worker-1.ndjson'), lines.join('\n'));
  const cases = judgeRun([dir]).judged;
  return { exit: exitCode(cases), verdicts: cases.map((one) => one.verdict), messages: cases.map((one) => one.message) };
}

describe('a store', () => {
  test('of one case that passed exits 0', () => {
    expect(judged([...passed, ''])).toMatchObject({ exit: 0, verdicts: ['passed'] });
  });

  test('with no case exits 2', () => {
    expect(judged([], {}, []).exit).toBe(2);
  });

  test('with a line that is none of ours exits 2, whatever its cases say', () => {
    const { exit, verdicts, messages } = judged([...passed, '{"kind":"retracted","id":"x"}', '']);
    expect({ exit, verdicts }).toEqual({ exit: 2, verdicts: ['passed', 'broken'] });
    expect(messages[1]).toContain('worker-1.ndjson:3: expected a line of a store');
  });

  test('with a half-written last line exits 2 when its run ended well, since something is lost', () => {
    const half = JSON.stringify({ ...JSON.parse(passed[1] ?? ''), result: sampleResult(id, { verdict: 'failed' }) }).slice(0, -20);
    expect(judged([...passed, half])).toMatchObject({ exit: 2, verdicts: ['passed', 'broken'] });
    // A worker that was killed leaves one; the run says so itself, and its cases went on in another worker.
    expect(judged([...passed, half], { trouble: 'workers ended' })).toMatchObject({ exit: 0, verdicts: ['passed'] });
  });

  test('of another plan exits 2', () => {
    expect(judged([...passed, ''], {}, [samplePlanned('parity/two/backend:quilt3')])).toMatchObject({
      exit: 2,
      verdicts: ['not-run', 'broken'],
    });
  });

  test('of cases that could not be asked, and of no other, exits 2', () => {
    expect(judged([], {}, [samplePlanned(id, { unsupported: 'no control' })])).toMatchObject({ exit: 2, verdicts: ['unsupported'] });
  });
});

describe('what is asked again', () => {
  const [good, bad, lost] = ['parity/one/backend:quilt3-python', 'parity/two/backend:quilt3', 'parity/three/backend:quilt3'];
  const record = sampleRecord([good, bad, lost].map((one) => samplePlanned(one)));
  const lines = [...sampleLines(sampleResult(good)), ...sampleLines(sampleFailure(bad)), ...sampleLines(sampleResult('parity/gone'))];
  const entry = sampleKnown({ case: 'parity/one/*' });

  test('is what failed, broke or did not run, and is a case of the plan', () => {
    const run = { record, judged: judge(record, lines, [], '2026-11-21'), troubles: [] };
    expect([...wrongIds(run, [])].sort()).toEqual([lost, bad]);
  });

  test('is also what passed, where a known difference is wrong about it: without it nobody would tell', () => {
    const run = { record, judged: judge(record, lines, [entry], '2026-11-21'), troubles: [] };
    expect(run.judged.find(({ id: one }) => one === entry.id)?.verdict).toBe('failed');
    expect([...wrongIds(run, [entry])].sort()).toEqual([good, lost, bad].sort());
  });
});
