/** Scripts that drive a published client and print `{ step, ok, detail }` a line, and now and then `{ facts }`. */
import { z } from 'zod';
import { failOn } from './check.ts';
import type { ProgramOptions, Room } from './room.ts';

const said = z.union([
  z.strictObject({ step: z.string(), ok: z.boolean(), detail: z.string() }),
  z.strictObject({ facts: z.record(z.string(), z.unknown()) }),
]);

/** What a script saw. */
export interface Steps {
  readonly passed: number;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Runs a script to its end. Throws RealFailure with every step that is not ok, and when the script ends otherwise than with exit 0 or said nothing. */
export async function runSteps(room: Room, command: readonly [string, ...string[]], options: ProgramOptions): Promise<Steps> {
  const { code, stdout, stderr } = await room.run(command, {
    ...options,
    env: { ...room.homeEnv, ...options.env },
    onLine(line) {
      room.say(`   ${line.slice(0, 300)}\n`);
    },
  });
  const wrong: string[] = [];
  let passed = 0;
  let facts: Record<string, unknown> = {};
  for (const line of stdout.split('\n').filter((one) => one !== '')) {
    const parsed = said.safeParse(parseJson(line));
    if (!parsed.success) wrong.push(`output: expected a step, got ${line.slice(0, 300)}`);
    else if ('facts' in parsed.data) facts = { ...facts, ...parsed.data.facts };
    else if (parsed.data.ok) passed++;
    else wrong.push(`${parsed.data.step}: ${parsed.data.detail}`);
  }
  if (code !== 0 && wrong.length === 0) wrong.push(`script: expected exit 0, got ${code}: ${stderr}`);
  if (passed === 0 && wrong.length === 0) wrong.push('script: expected steps, got none');
  failOn(wrong);
  return { passed, facts };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
