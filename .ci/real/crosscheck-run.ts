/** Runs `crosscheck run` as a user would, and reads its JSON. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Room } from './room.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

const report = z.object({
  planned: z.number(),
  passed: z.number(),
  failed: z.number(),
  expectedFailed: z.number(),
  unsupported: z.number(),
  broken: z.number(),
  notRun: z.number(),
  cases: z.array(z.object({ id: z.string(), verdict: z.string(), message: z.string().nullish() })),
});

/** What a run said. */
export interface RunReport extends z.infer<typeof report> {
  readonly code: number | null;
}

/** Runs to its end with its stores in the room; throws when it printed no report. */
export async function crosscheckRun(
  room: Room,
  args: readonly string[],
  deadlineMs: number,
  env: Readonly<Record<string, string>> = {},
): Promise<RunReport> {
  const command = [
    process.execPath,
    `${root}cli/crosscheck.mjs`,
    'run',
    ...args,
    '--json',
    '--no-html',
    '--report',
    `${room.dir}/out`,
  ] as const;
  const { code, stdout, stderr } = await room.run([...command], { cwd: root, env, deadlineMs });
  try {
    return { code, ...report.parse(JSON.parse(stdout)) };
  } catch (cause) {
    throw new Error(`crosscheck run ${args.join(' ')}: expected its report, got exit ${code}: ${stderr}`, { cause });
  }
}

/** Cases that say something is wrong, with what. */
export function wrongCases({ cases }: RunReport): string[] {
  return cases
    .filter(({ verdict }) => ['failed', 'broken', 'not-run'].includes(verdict))
    .map(({ id, verdict, message }) => `${id}: expected passed, got ${verdict}: ${message ?? ''}`);
}

/** `747 cases: 627 passed, …`. */
export function countsOf({ planned, passed, expectedFailed, unsupported }: RunReport): string {
  return `${planned} cases: ${passed} passed, ${expectedFailed} expected-failed, ${unsupported} unsupported`;
}
