/** Gate and summary of a large run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleRun } from '../reports/sample-run.ts';
import { createStore, openWorkerLog } from '../reports/store.ts';
import { type Figure, figure } from './figure.ts';
import { runMeasured } from './run-child.ts';

const RESULTS = 10_000;
/** The process lives for half a second. */
const EVERY_MS = 20;

/** Figures of judging and summing up a store of 10,000 results, one in 25 failed with its exchange. */
export async function measureSummary(): Promise<readonly Figure[]> {
  const root = mkdtempSync(join(tmpdir(), 'crosscheck-bench-'));
  try {
    const { record, results } = sampleRun(RESULTS);
    const store = createStore(root, record);
    {
      using log = openWorkerLog(store, '1');
      for (const result of results) {
        log.started(result.id, 1);
        log.finished(result, 1);
      }
    }
    const { code, stdout, stderr, use } = await runMeasured('bench/summary-process.ts', [store], EVERY_MS);
    if (code !== 0) throw new Error(`summary: expected exit 0, got ${code}: ${stderr}`);
    const { ms, cases, decided } = JSON.parse(stdout) as { ms: number; cases: number; decided: number };
    if (cases !== RESULTS || decided !== 1)
      throw new Error(`summary: expected ${RESULTS} cases and a failed run, got ${cases}, exit ${decided}`);
    return [
      figure('gate and summary, time', ms / 1000, 's', `${RESULTS} results`, { budget: { kind: 'most', value: 1 } }),
      figure('gate and summary, memory', use.peakBytes / 1_000_000, 'MB', 'PSS of the process', { budget: { kind: 'most', value: 150 } }),
    ];
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
