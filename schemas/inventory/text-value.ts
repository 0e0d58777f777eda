/**
 * What an expression of a program makes as text, as far as reading can tell: known text that remembers where each piece of it stands, a choice of
 * texts, or something that is not known, with the reason. Both languages' readers build these, and know no other form.
 */
import type { SourceFile } from './source-file.ts';

/** Text that stands in a file as it is, or (not `verbatim`) an escape or an operation's result that begins there. */
export interface Run {
  readonly text: string;
  readonly file: SourceFile;
  readonly at: number;
  /** Each unit of the text is the unit of the file at the same distance from `at`. */
  readonly verbatim: boolean;
}

/** Why a text is not known. The word is part of the interface of a waiver and of reports. */
export type Reason =
  | 'parameter'
  | 'call'
  | 'attribute'
  | 'import'
  | 'loop'
  | 'reassigned'
  | 'subscript'
  | 'format'
  | 'operator'
  | 'too-many-variants'
  | 'cyclic'
  | 'not-found';

export interface Unknown {
  readonly kind: 'unknown';
  readonly reason: Reason;
  /** What it is that is not known, in the program's own words: `build(name)`. */
  readonly what: string;
  readonly file: SourceFile;
  readonly at: number;
}

/** What decides a choice: two choices with the same `at` go the same way, the way of an alternative being its number in `ways`. */
export interface Branch {
  readonly at: object;
  readonly ways: readonly number[];
}

export type TextValue =
  | { readonly kind: 'text'; readonly runs: readonly Run[] }
  | { readonly kind: 'joined'; readonly parts: readonly TextValue[] }
  | { readonly kind: 'choice'; readonly of: readonly TextValue[]; readonly by?: Branch }
  /** An operation on whatever the text turns out to be: dedent, strip, a format's replacement. */
  | { readonly kind: 'mapped'; readonly of: TextValue; readonly map: (runs: readonly Run[]) => readonly Run[] }
  | Unknown;

/** One thing that a value can be: text, or text with holes in it. */
export type Variant = readonly (Run | Unknown)[];

/** Most variants that one expression is expanded to; beyond it the whole is one unknown of the reason too-many-variants. */
export const MOST_VARIANTS = 64;

export const text = (runs: readonly Run[]): TextValue => ({ kind: 'text', runs });
export const joined = (parts: readonly TextValue[]): TextValue => ({ kind: 'joined', parts });
export const choice = (of: readonly TextValue[]): TextValue => (of.length === 1 && of[0] !== undefined ? of[0] : { kind: 'choice', of });
export const mapped = (of: TextValue, map: (runs: readonly Run[]) => readonly Run[]): TextValue => ({ kind: 'mapped', of, map });
export const unknown = (reason: Reason, what: string, file: SourceFile, at: number): Unknown => ({
  kind: 'unknown',
  reason,
  what: what.length > 80 ? `${what.slice(0, 77)}...` : what,
  file,
  at,
});

/** Every text that the value can be, in the order of the program, each once; null when there are more than `most`. A mapping over a hole leaves the hole. */
export function variantsOf(value: TextValue, most = MOST_VARIANTS): readonly Variant[] | null {
  switch (value.kind) {
    case 'text':
      return [value.runs];
    case 'unknown':
      return [[value]];
    case 'choice': {
      const all: Variant[] = [];
      for (const one of value.of) {
        const variants = variantsOf(one, most);
        if (variants === null) return null;
        all.push(...variants);
        if (all.length > most) return null;
      }
      return distinct(all);
    }
    case 'joined': {
      let whole: readonly Variant[] = [[]];
      for (const part of value.parts) {
        const variants = variantsOf(part, most);
        if (variants === null || whole.length * variants.length > most) return null;
        whole =
          variants.length === 1
            ? whole.map((one) => [...one, ...(variants[0] ?? [])])
            : whole.flatMap((one) => variants.map((more) => [...one, ...more]));
      }
      return whole;
    }
    case 'mapped':
      return (
        variantsOf(value.of, most)?.map((variant) => {
          const runs = variant.filter((one): one is Run => !isUnknown(one));
          return runs.length === variant.length ? value.map(runs) : variant;
        }) ?? null
      );
  }
}

export const isUnknown = (one: Run | Unknown): one is Unknown => 'reason' in one;

/** The text of a variant; holes are left out. */
export const plainText = (variant: Variant): string => variant.map((one) => (isUnknown(one) ? '' : one.text)).join('');

function distinct(variants: readonly Variant[]): readonly Variant[] {
  const seen = new Set<string>();
  return variants.filter((variant) => {
    const key = variant.map((one) => (isUnknown(one) ? `\0${one.what}\0` : one.text)).join('');
    return seen.has(key) ? false : seen.add(key);
  });
}

/** The part of runs from one offset of their joined text to another. */
export function sliceRuns(runs: readonly Run[], from: number, to = Number.POSITIVE_INFINITY): readonly Run[] {
  const part: Run[] = [];
  let offset = 0;
  for (const run of runs) {
    const start = Math.max(from - offset, 0);
    const end = Math.min(to - offset, run.text.length);
    // What is no copy of the file has one place, its beginning.
    if (start < end) part.push({ ...run, text: run.text.slice(start, end), at: run.verbatim ? run.at + start : run.at });
    offset += run.text.length;
  }
  return part;
}

/** Where the unit at an offset of the runs' joined text stands; for the end, one past the last unit. */
export function originOf(runs: readonly Run[], offset: number): { readonly file: SourceFile; readonly at: number } | null {
  let before = 0;
  for (const run of runs) {
    if (offset < before + run.text.length) return { file: run.file, at: run.verbatim ? run.at + offset - before : run.at };
    before += run.text.length;
  }
  const last = runs.at(-1);
  return last === undefined ? null : { file: last.file, at: last.verbatim ? last.at + last.text.length : last.at };
}
