/** The text that literals and templates stand for, unit by unit where it stands. */
import type { SourceFile } from '../source-file.ts';
import type { Run } from '../text-value.ts';

const escapes = /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|[\n\r\u2028\u2029])|([0-7]{1,3})|([\s\S]))|\r\n?/g;
const single: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v' };

/** Runs of the source between two offsets, with escapes made; an escape that is none is left as it stands. `\r\n` in a template is `\n`. */
export function cookedRuns(file: SourceFile, start: number, end: number): readonly Run[] {
  const source = file.text.slice(start, end);
  const runs: Run[] = [];
  let from = 0;
  const verbatimTo = (to: number) => {
    if (to > from) runs.push({ text: source.slice(from, to), file, at: start + from, verbatim: true });
  };
  for (const found of source.matchAll(escapes)) {
    verbatimTo(found.index);
    from = found.index + found[0].length;
    const text = meaningOf(found);
    if (text !== '') runs.push({ text, file, at: start + found.index, verbatim: false });
  }
  verbatimTo(source.length);
  return runs;
}

function meaningOf(found: RegExpMatchArray): string {
  const [whole, braced, four, two, line, octal, other] = found;
  if (whole.startsWith('\r')) return '\n';
  const hex = braced ?? four ?? two;
  if (hex !== undefined) {
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  }
  if (line !== undefined) return '';
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  return other === undefined ? whole : (single[other] ?? other);
}

/** Runs of a raw template (`String.raw`): no escape means anything. */
export function rawRuns(file: SourceFile, start: number, end: number): readonly Run[] {
  const runs: Run[] = [];
  let from = start;
  for (const { index, 0: found } of file.text.slice(start, end).matchAll(/\r\n?/g)) {
    const at = start + index;
    if (at > from) runs.push({ text: file.text.slice(from, at), file, at: from, verbatim: true });
    runs.push({ text: '\n', file, at, verbatim: false });
    from = at + found.length;
  }
  if (end > from) runs.push({ text: file.text.slice(from, end), file, at: from, verbatim: true });
  return runs;
}
