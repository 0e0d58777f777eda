/**
 * `npm run bench`: measures what the design gives budgets for, and prints each figure beside its budget and its peer. `--json` prints one
 * document in place of the table; names of measurements (`start-up`, `main-job`, `s3`, `registry`, `judging`, `scan`, `proxy`, `summary`) run those alone.
 * Exits 1 when a figure is over its budget, 2 when one could not be measured.
 */
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { type Figure, type Judged, judgeFigure } from './figure.ts';
import { measureJudging } from './judging.ts';
import { measureMainJob } from './main-job.ts';
import { measureProxy } from './proxy.ts';
import { measureRegistry } from './registry-requests.ts';
import { renderFigures } from './render-figures.ts';
import { measureS3 } from './s3-requests.ts';
import { measureScan } from './scan.ts';
import { measureStartUp } from './start-up.ts';
import { measureSummary } from './summary.ts';

const measurements: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  'start-up': measureStartUp,
  'main-job': measureMainJob,
  s3: measureS3,
  registry: measureRegistry,
  judging: measureJudging,
  scan: measureScan,
  proxy: measureProxy,
  summary: measureSummary,
};

const { values, positionals } = parseArgs({ options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
const unknown = positionals.filter((name) => measurements[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`bench: expected some of ${Object.keys(measurements).join(', ')}, got ${unknown.join(', ')}\n`);
  process.exit(2);
}

const load = loadavg();
const figures: Judged[] = [];
const troubles: string[] = [];
for (const [name, measure] of Object.entries(measurements)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  process.stderr.write(`measuring ${name}\n`);
  try {
    figures.push(...(await measure()).map(judgeFigure));
  } catch (error) {
    troubles.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

if (values.json) process.stdout.write(`${JSON.stringify({ version: 1, load, figures, troubles })}\n`);
else process.stdout.write(renderFigures(figures, troubles, load[0] ?? 0));
process.exitCode = troubles.length > 0 ? 2 : figures.some(({ verdict }) => verdict === 'over') ? 1 : 0;
