/** What reading a Python program knows of a value. */
import type { SyntaxNode } from '@lezer/common';
import type { SourceFile } from '../source-file.ts';
import type { Branch, Reason, TextValue, Unknown } from '../text-value.ts';
import { unknown } from '../text-value.ts';
import type { Frame } from './frame.ts';

export interface At {
  readonly file: SourceFile;
  readonly at: number;
}

/** The expression that makes a text; one text has one origin, however often it is used. */
export interface Origin extends At {
  readonly to: number;
  /** The definition around it: `Client.get_policy`, `POLICY_QUERY`, `<module>`. */
  readonly name: string;
}

export interface Text extends At {
  readonly kind: 'text';
  readonly text: TextValue;
  readonly origin: Origin;
}

/** A dictionary, list or instance; what it holds changes with time and stands in a `State`. */
export class Ref {
  /** What it holds where a state does not say. */
  readonly initial: Content;
  readonly class: ClassValue | null;

  constructor(initial: Content, of: ClassValue | null = null) {
    this.initial = initial;
    this.class = of;
  }
}

export interface Member extends At {
  readonly value: Value;
  readonly always: boolean;
}

export type Content =
  | { readonly kind: 'record'; readonly members: ReadonlyMap<string, Member>; readonly open: boolean }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly open: boolean }
  | { readonly kind: 'branch'; readonly of: readonly Content[]; readonly by: Branch }
  | { readonly kind: 'lost' };

export interface FunctionValue extends At {
  readonly kind: 'function';
  readonly node: SyntaxNode;
  readonly name: string;
  /** Where it was defined, whose names it sees. */
  readonly frame: Frame;
  /** The instance or class that it is a method of, once it is looked up there. */
  readonly self: Value | null;
  readonly of: ClassValue | null;
  readonly decorators: readonly string[];
}

export interface ClassValue extends At {
  readonly kind: 'class';
  readonly name: string;
  readonly node: SyntaxNode;
  readonly frame: Frame;
  readonly bases: readonly Value[];
}

export type Value =
  | Text
  | (At & { readonly kind: 'scalar'; readonly type: 'int' | 'float' | 'boolean' | 'null'; readonly value: number | boolean | null })
  | (At & { readonly kind: 'object'; readonly ref: Ref })
  | FunctionValue
  | ClassValue
  /** A module of the tree. */
  | (At & { readonly kind: 'module'; readonly path: string })
  /** Something of a package that is not of the tree: `textwrap.dedent`. */
  | (At & { readonly kind: 'external'; readonly dotted: string })
  /** What stands in a `__typename` field of an answer. */
  | (At & { readonly kind: 'typename' })
  /** `loose`: which one it is goes with things that are not followed, so nothing else is said about either. */
  | (At & { readonly kind: 'choice'; readonly of: readonly Value[]; readonly by: Branch; readonly loose: boolean })
  /** Worked out when it is asked for, once. */
  | (At & { readonly kind: 'later'; readonly force: () => Value })
  | Unknown;

/** A value that is known to be something now. */
export function forced(value: Value): Exclude<Value, { kind: 'later' }> {
  let now = value;
  for (let steps = 0; now.kind === 'later'; steps++) {
    if (steps > 100) return unknown('cyclic', '...', now.file, now.at);
    now = now.force();
  }
  return now;
}

/** A value that is made on the first asking; asking while it is being made gives an unknown of the reason cyclic. */
export function later(file: SourceFile, at: number, what: string, make: () => Value): Value {
  let made: Value | undefined;
  let making = false;
  const force = (): Value => {
    if (made !== undefined) return made;
    if (making) return unknown('cyclic', what, file, at);
    making = true;
    try {
      made = make();
    } finally {
      making = false;
    }
    return made;
  };
  return { kind: 'later', file, at, force };
}

/** Every value that it can be; choices opened. */
export function alternativesOf(value: Value, most = 64): Exclude<Value, { kind: 'later' | 'choice' }>[] {
  const found: Exclude<Value, { kind: 'later' | 'choice' }>[] = [];
  const waiting: Value[] = [value];
  let looked = 0;
  for (let one = waiting.pop(); one !== undefined && found.length < most && looked < 400; one = waiting.pop()) {
    looked++;
    const now = forced(one);
    if (now.kind === 'choice') waiting.push(...now.of.toReversed());
    else found.push(now);
  }
  return found;
}

/** One of several values; the same one several times is that one. */
export function choose(of: readonly Value[], by: Branch, place: At, loose = false): Value {
  const first = of[0];
  if (first === undefined) return unknown('not-found', '', place.file, place.at);
  if (of.every((one) => one === first)) return first;
  return { kind: 'choice', of, by, loose, file: place.file, at: place.at };
}

/** A fresh branch of so many ways. */
export const branchOf = (ways: number): Branch => ({ at: {}, ways: Array.from({ length: ways }, (_, index) => index) });

/** The text of a value, for where Python takes text; with `written`, numbers and such are written out as `str` does. */
export function textOf(value: Value, what: string, written = false): TextValue {
  const now = forced(value);
  switch (now.kind) {
    case 'text':
      return now.text;
    case 'choice':
      return { kind: 'choice', of: now.of.map((one) => textOf(one, what, written)), by: now.by };
    case 'unknown':
      return now;
    case 'scalar':
      if (written) return { kind: 'text', runs: [{ text: writtenOf(now.value), file: now.file, at: now.at, verbatim: false }] };
      return unknown('operator', what, now.file, now.at);
    case 'typename':
      return unknown('attribute', what, now.file, now.at);
    case 'external':
      return unknown('import', now.dotted, now.file, now.at);
    default:
      return unknown('operator', what, now.file, now.at);
  }
}

function writtenOf(value: number | boolean | null): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** The one text that a value surely is, or null. */
export function plainOf(value: Value): string | null {
  const now = forced(value);
  if (now.kind !== 'text' || now.text.kind !== 'text') return null;
  return now.text.runs.map((run) => run.text).join('');
}

export const notKnown = (reason: Reason, what: string, file: SourceFile, at: number): Unknown =>
  unknown(reason, what.replace(/\s+/g, ' '), file, at);
