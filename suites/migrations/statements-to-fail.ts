/** Which statements of a revision are made to fail, and how they are called. */
import { createHash } from 'node:crypto';
import { maskLiterals } from '../../backends/wire/sql-text.ts';

/** Most failures of one history: each is a copy of a database and two runs of the tool. */
const MOST = 240;

/** Most failures of each of so many revisions; three at least. */
export function mostOfEach(revisions: number): number {
  return Math.max(3, Math.floor(MOST / Math.max(1, revisions)));
}

/** Numbers of the statements, from 1: all of them, or that many, chosen by a hash of the name and not by chance. */
export function chosenOf(sent: readonly string[], most: number, name: string): readonly number[] {
  const all = sent.map((_, index) => index + 1);
  if (all.length <= most) return all;
  const rank = (at: number) => createHash('sha256').update(`${name} ${at}`).digest('hex');
  // The last one records the revision or commits: half of all defects are there.
  const last = all.length;
  const others = all.slice(0, -1).sort((a, b) => rank(a).localeCompare(rank(b)));
  return [...others.slice(0, most - 1), last].sort((a, b) => a - b);
}

/** One line of a statement, its literals masked. */
export function nameStatement(text: string): string {
  const line = maskLiterals(text).replaceAll(/\s+/g, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 100)}…` : line;
}
