/** What a check against a real part is, how a list of them runs, and how it ends: a table, and one line that adds up. */
import type { Room } from './room.ts';

/** A check that could be asked: `detail` says in some words what was seen, `notAsked` why nothing was. */
export type Found = { readonly detail: string } | { readonly notAsked: string };

/** One question to a real part. Throws when the answer is wrong or could not be had; a RealFailure lists what was. */
export interface RealCheck {
  readonly name: string;
  run(room: Room): Promise<Found>;
}

/** A check's findings, one a line: "what: expected X, got Y". */
export class RealFailure extends Error {
  override readonly name = 'RealFailure';

  constructor(findings: readonly string[]) {
    super(findings.join('\n'));
  }
}

/** Throws RealFailure when there is something to say. */
export function failOn(findings: readonly string[]): void {
  if (findings.length > 0) throw new RealFailure(findings);
}

/** One line of the table. */
export interface Outcome {
  readonly name: string;
  readonly verdict: 'passed' | 'FAILED' | 'not asked';
  readonly seconds: number;
  readonly detail: string;
}

/** Runs one check to its end, whatever that is; what it says goes to `log`. */
export async function runCheck(check: RealCheck, openRoom: (name: string) => Promise<Room>, log: (text: string) => void): Promise<Outcome> {
  const start = performance.now();
  const end = (verdict: Outcome['verdict'], detail: string): Outcome => {
    const seconds = (performance.now() - start) / 1000;
    log(`== ${check.name}: ${verdict}, ${seconds.toFixed(1)} s: ${detail}\n`);
    return { name: check.name, verdict, seconds, detail };
  };
  log(`== ${check.name}\n`);
  try {
    await using room = await openRoom(check.name);
    const found = await check.run(room);
    return 'detail' in found ? end('passed', found.detail) : end('not asked', found.notAsked);
  } catch (error) {
    return end('FAILED', error instanceof Error ? error.message : String(error));
  }
}

/** The table of all checks, and the lines that add up; ends with a line break. */
export function describeOutcomes(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  const rows = outcomes.map(
    ({ name, verdict, seconds, detail }) =>
      `${name.padEnd(width)}  ${verdict.padEnd(9)}  ${seconds.toFixed(1).padStart(6)} s  ${firstLine(detail)}`,
  );
  const count = (verdict: Outcome['verdict']) => outcomes.filter((one) => one.verdict === verdict).length;
  const failures = outcomes.filter(({ verdict }) => verdict === 'FAILED').map(({ name, detail }) => `FAILED ${name}:\n${indent(detail)}`);
  const notAsked = outcomes.filter(({ verdict }) => verdict === 'not asked').map(({ name, detail }) => `NOT ASKED ${name}: ${detail}`);
  const total = outcomes.reduce((sum, { seconds }) => sum + seconds, 0);
  return `${[...rows, ...failures, ...notAsked, `${total.toFixed(0)} s in all`, `${count('passed')} passed, ${count('FAILED')} failed`].join('\n')}\n`;
}

const firstLine = (text: string) => text.split('\n')[0] ?? '';
const indent = (text: string) => text.replace(/^/gm, '  ');
