/** Python's operations on text, unit by unit, so that each unit keeps the place where it stands. */
import type { Run } from '../text-value.ts';

const plain = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

interface Range {
  readonly from: number;
  readonly to: number;
}
/** A piece of the text as it is, or other text in place of what begins there. */
type Piece = Range | { readonly text: string; readonly of: number };

/** Builds text from pieces of other text, in order and in one pass. */
function rebuilt(runs: readonly Run[], pieces: readonly Piece[]): readonly Run[] {
  const built: Run[] = [];
  let index = 0;
  let start = 0;
  const seek = (offset: number): void => {
    while (index < runs.length - 1 && offset >= start + (runs[index]?.text.length ?? 0)) {
      start += runs[index]?.text.length ?? 0;
      index++;
    }
  };
  for (const piece of pieces) {
    if ('text' in piece) {
      seek(piece.of);
      const run = runs[index];
      if (run !== undefined && piece.text !== '') {
        const at = run.verbatim ? run.at + Math.min(Math.max(piece.of - start, 0), run.text.length) : run.at;
        built.push({ text: piece.text, file: run.file, at, verbatim: false });
      }
      continue;
    }
    for (let offset = piece.from; offset < piece.to; ) {
      seek(offset);
      const run = runs[index];
      if (run === undefined) break;
      const from = offset - start;
      const to = Math.min(piece.to - start, run.text.length);
      if (to <= from) break;
      built.push({ ...run, text: run.text.slice(from, to), at: run.verbatim ? run.at + from : run.at });
      offset = start + to;
    }
  }
  return built;
}

const SPACE = /\s/;

/** `str.strip`, `lstrip` and `rstrip`; `units` null is white space. */
export function strip(runs: readonly Run[], side: 'both' | 'left' | 'right', units: string | null): readonly Run[] {
  const text = plain(runs);
  const goes = (unit: string): boolean => (units === null ? SPACE.test(unit) : units.includes(unit));
  let from = 0;
  let to = text.length;
  if (side !== 'right') while (from < to && goes(text[from] ?? '')) from++;
  if (side !== 'left') while (to > from && goes(text[to - 1] ?? '')) to--;
  return rebuilt(runs, [{ from, to }]);
}

/** `str.replace` of every occurrence. */
export function replace(runs: readonly Run[], old: string, by: string): readonly Run[] {
  if (old === '') return runs;
  const text = plain(runs);
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf(old); at !== -1; at = text.indexOf(old, from)) {
    pieces.push({ from, to: at }, { text: by, of: at });
    from = at + old.length;
  }
  pieces.push({ from, to: text.length });
  return rebuilt(runs, pieces);
}

/** `str.split()` without a separator: the words. */
export function words(runs: readonly Run[]): readonly (readonly Run[])[] {
  return [...plain(runs).matchAll(/\S+/g)].map(({ index, 0: word }) => rebuilt(runs, [{ from: index, to: index + word.length }]));
}

/** `removeprefix` and `removesuffix`. */
export function withoutEnd(runs: readonly Run[], end: string, side: 'left' | 'right'): readonly Run[] {
  const text = plain(runs);
  if (side === 'left') return text.startsWith(end) ? rebuilt(runs, [{ from: end.length, to: text.length }]) : runs;
  return end !== '' && text.endsWith(end) ? rebuilt(runs, [{ from: 0, to: text.length - end.length }]) : runs;
}

function linesOf(text: string): Range[] {
  const lines: Range[] = [];
  let from = 0;
  for (let to = text.indexOf('\n'); to !== -1; to = text.indexOf('\n', from)) {
    lines.push({ from, to });
    from = to + 1;
  }
  lines.push({ from, to: text.length });
  return lines;
}

/** `textwrap.dedent`: the white space that all lines begin with goes; a line of white space alone becomes empty. */
export function dedent(runs: readonly Run[]): readonly Run[] {
  const text = plain(runs);
  const lines = linesOf(text);
  let margin: string | null = null;
  for (const { from, to } of lines) {
    const line = text.slice(from, to);
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (indent.length === line.length) continue;
    margin = margin === null ? indent : sharedStart(margin, indent);
  }
  const cut = margin?.length ?? 0;
  return rebuilt(
    runs,
    lines.map(({ from, to }, index): Range => {
      const end = index === lines.length - 1 ? to : to + 1;
      const blank = /^[ \t]*$/.test(text.slice(from, to));
      return { from: blank ? to : from + cut, to: end };
    }),
  );
}

/** `inspect.cleandoc`: the first line without its indent, the others without theirs, no empty lines at either end. */
export function cleandoc(runs: readonly Run[]): readonly Run[] {
  const text = plain(runs);
  const lines = linesOf(text);
  const indents = lines.slice(1).flatMap(({ from, to }) => {
    const line = text.slice(from, to);
    return line.trim() === '' ? [] : [line.length - line.trimStart().length];
  });
  const cut = indents.reduce((least, indent) => Math.min(least, indent), indents[0] ?? 0);
  let cleaned = lines.map(({ from, to }, index): Range => {
    const line = text.slice(from, to);
    return { from: index === 0 ? to - line.trimStart().length : Math.min(from + cut, to), to };
  });
  const empty = (range: Range | undefined): boolean => range !== undefined && range.from >= range.to;
  let first = 0;
  let last = cleaned.length;
  while (first < last && empty(cleaned[first])) first++;
  while (last > first && empty(cleaned[last - 1])) last--;
  cleaned = cleaned.slice(first, last);
  return rebuilt(
    runs,
    cleaned.map((range, index) => (index < cleaned.length - 1 ? { from: range.from, to: range.to + 1 } : range)),
  );
}

function sharedStart(one: string, other: string): string {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return one.slice(0, length);
}
