/** How long the embedded target and the command line take to start, each as a process of its own. */
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { type Figure, figure, median } from './figure.ts';
import { runMeasured } from './run-child.ts';

const TIMES = 7;

/** Seconds from starting the process to its line of JSON, and from `crosscheck --help` to its end. */
export async function measureStartUp(): Promise<readonly Figure[]> {
  const target: number[] = [];
  const help: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const startedAt = performance.now();
    await using _ = await startEmbeddedChild();
    target.push((performance.now() - startedAt) / 1000);
    const { seconds, code, stderr } = await runMeasured('cli/crosscheck.mjs', ['--help']);
    if (code !== 0) throw new Error(`crosscheck --help: expected exit 0, got ${code}: ${stderr}`);
    help.push(seconds);
  }
  const how = `process to answer, median of ${TIMES}`;
  return [
    figure('embedded target ready', median(target), 's', how, { budget: { kind: 'most', value: 2 } }),
    figure('crosscheck --help', median(help), 's', how),
  ];
}
