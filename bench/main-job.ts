/** Time and memory of the main job, as a person runs it, HTML page included. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figure, figure } from './figure.ts';
import { runMeasured } from './run-child.ts';

const MB = 1_000_000;

/** One run of parity, interop and contract on the embedded target. Throws when the run itself could not be judged (exit 2). */
export async function measureMainJob(): Promise<readonly Figure[]> {
  const stores = mkdtempSync(join(tmpdir(), 'crosscheck-bench-'));
  try {
    const { seconds, code, stdout, stderr, use } = await runMeasured('cli/main.ts', ['run', '--json', '--report', stores]);
    if (code !== 0 && code !== 1) throw new Error(`crosscheck run: expected exit 0 or 1, got ${code}: ${stderr}`);
    const { planned, passed } = JSON.parse(stdout) as { planned: number; passed: number };
    const cpu = use.seconds.reduce((sum, each) => sum + each.seconds, 0);
    const shares = (items: readonly (readonly [string, number])[]) =>
      items.map(([name, amount]) => `${name} ${amount.toFixed(0)}`).join(', ');
    return [
      figure('main job, time', seconds, 's', `${planned} cases, ${passed} passed, exit ${code}`, { budget: { kind: 'most', value: 20 } }),
      figure('main job, memory', use.peakBytes / MB, 'MB', `PSS: ${shares(use.atPeak.map(({ name, bytes }) => [name, bytes / MB]))}`, {
        budget: { kind: 'most', value: 700 },
      }),
      figure(
        'main job, processor',
        cpu,
        's',
        shares(use.seconds.filter((each) => each.seconds >= 0.5).map((each) => [each.name, each.seconds])),
      ),
    ];
  } finally {
    rmSync(stores, { recursive: true, force: true });
  }
}
