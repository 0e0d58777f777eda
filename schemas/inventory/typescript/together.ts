/** Puts texts one after another so that thousands of pieces stay few values. */
import { joined, type Run, type TextValue, text } from '../text-value.ts';

/** Most runs that are copied into one text, and most parts into one sequence: constants that double each other share what is long already. */
const MOST = 256;

/** Parts one after another, those of known text as one, sequences in sequences as one. */
export function together(parts: readonly TextValue[]): TextValue {
  const flat = parts.flatMap((part) => (part.kind === 'joined' && part.parts.length <= MOST ? part.parts : [part]));
  const merged: TextValue[] = [];
  let runs: Run[] = [];
  const flush = () => {
    if (runs.length > 0) merged.push(text(runs));
    runs = [];
  };
  for (const part of flat.length > 4 * MOST ? parts : flat) {
    if (part.kind !== 'text' || part.runs.length > MOST) {
      flush();
      merged.push(part);
    } else runs.push(...part.runs);
  }
  flush();
  const [only] = merged;
  return merged.length === 1 && only !== undefined ? only : joined(merged);
}
