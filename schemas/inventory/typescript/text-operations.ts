/** What programs do to text, done to runs, so that what is left still knows where it stands. */
import { type Run, sliceRuns } from '../text-value.ts';

export type Operation = (runs: readonly Run[]) => readonly Run[];

const textOf = (runs: readonly Run[]): string => runs.map((run) => run.text).join('');

export const trimmed =
  (start: boolean, end: boolean): Operation =>
  (runs) => {
    const text = textOf(runs);
    const from = start ? text.length - text.trimStart().length : 0;
    const to = end ? Math.max(text.trimEnd().length, from) : text.length;
    return sliceRuns(runs, from, to);
  };

/** Every match, or the first, replaced by a text that stands where the match began. */
export const replaced =
  (pattern: string | RegExp, by: string, all: boolean): Operation =>
  (runs) => {
    const text = textOf(runs);
    const plain = typeof pattern === 'string' ? new RegExp(pattern.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'), 'g') : pattern;
    const matches = [...text.matchAll(new RegExp(plain.source, `${plain.flags.replace(/[gy]/g, '')}g`))];
    let from = 0;
    const result: Run[] = [];
    for (const { index, 0: found } of all ? matches : matches.slice(0, 1)) {
      result.push(...sliceRuns(runs, from, index));
      const [at] = found === '' ? sliceRuns(runs, index, index + 1) : sliceRuns(runs, index, index + found.length);
      const origin = at ?? runs.at(-1);
      if (by !== '' && origin !== undefined) result.push({ text: by, file: origin.file, at: origin.at, verbatim: false });
      from = index + found.length;
    }
    result.push(...sliceRuns(runs, from));
    return result;
  };

/** As the dedent packages do: the least indentation of the lines but the first taken off, and white space around. */
export const dedented: Operation = (runs) => {
  const text = textOf(runs);
  const lines = [...text.matchAll(/\n([ \t]*)(?=[^\s])/g)].map(([, indent = '']) => indent.length);
  const least = lines.length === 0 ? 0 : Math.min(...lines);
  const result: Run[] = [];
  let from = 0;
  for (const { index } of text.matchAll(/\n/g)) {
    result.push(...sliceRuns(runs, from, index + 1));
    from = index + 1;
    const indent = /^[ \t]*/.exec(text.slice(from, from + least))?.[0].length ?? 0;
    from += indent;
  }
  result.push(...sliceRuns(runs, from));
  return trimmed(true, true)(result);
};
