/** Judges the store that its argument names and renders its summary, as the end of a run does; prints how long that took. A process of its own, for its memory. */
import '../cli/lean-node.mjs';
import { renderSummary } from '../reports/summary.ts';
import { exitCode } from '../reports/verdicts.ts';
import { judgeRun } from '../suites/run/judge-run.ts';

const startedAt = performance.now();
const { record, judged, troubles } = judgeRun([process.argv[2] ?? '']);
const text = renderSummary(record, judged, { color: false, width: 160, since: null, previousRunId: null, report: null, troubles });
const decided = exitCode(judged);
process.stdout.write(JSON.stringify({ ms: performance.now() - startedAt, cases: judged.length, decided, length: text.length }));
