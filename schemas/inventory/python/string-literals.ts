/** String literals: prefix, quotes, escapes, and the replacement fields of f-strings, each unit with where it stands. */
import type { SyntaxNode } from '@lezer/common';
import type { SourceFile } from '../source-file.ts';
import type { Run } from '../text-value.ts';

/** A literal piece by piece: text, and replacement fields in between; null for bytes, which are no text, and for what has no end. */
export type LiteralPart = Run | { readonly field: SyntaxNode };

const SIMPLE: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** Reads a `String` or `FormatString` node. */
export function readLiteral(file: SourceFile, node: SyntaxNode): readonly LiteralPart[] | null {
  const source = file.text;
  let from = node.from;
  while (from < node.to && source[from] !== '"' && source[from] !== "'") from++;
  const prefix = source.slice(node.from, from).toLowerCase();
  const quote = source[from] ?? '';
  const marks = source.startsWith(quote.repeat(3), from) && node.to - from >= 6 ? quote.repeat(3) : quote;
  const to = node.to - marks.length;
  if (marks === '' || to < from + marks.length || source.slice(to, node.to) !== marks) return null;
  if (prefix.includes('b')) return null;
  const fields: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (child.name === 'FormatReplacement') fields.push(child);
  const reader = new LiteralReader(file, prefix.includes('r'), prefix.includes('f') || prefix.includes('t'));
  let at = from + marks.length;
  for (const field of fields) {
    reader.read(at, Math.min(field.from, to));
    reader.parts.push({ field });
    at = field.to;
  }
  reader.read(at, to);
  return reader.parts;
}

class LiteralReader {
  readonly parts: LiteralPart[] = [];
  readonly #file: SourceFile;
  readonly #raw: boolean;
  readonly #format: boolean;

  constructor(file: SourceFile, raw: boolean, format: boolean) {
    this.#file = file;
    this.#raw = raw;
    this.#format = format;
  }

  read(from: number, to: number): void {
    const source = this.#file.text;
    let start = from;
    let at = from;
    while (at < to) {
      const unit = source[at];
      if (unit === '\\' && !this.#raw) {
        this.#add(start, at);
        at = this.#escape(at, to);
        start = at;
      } else if (this.#format && (unit === '{' || unit === '}') && source[at + 1] === unit) {
        this.#add(start, at + 1);
        at += 2;
        start = at;
      } else if (unit === '\r') {
        // Python reads every end of line as one line feed.
        this.#add(start, at);
        if (source[at + 1] === '\n') start = at + 1;
        else {
          this.#made('\n', at);
          start = at + 1;
        }
        at++;
      } else at++;
    }
    this.#add(start, to);
  }

  #add(from: number, to: number): void {
    if (from < to) this.parts.push({ text: this.#file.text.slice(from, to), file: this.#file, at: from, verbatim: true });
  }

  #made(text: string, at: number): void {
    this.parts.push({ text, file: this.#file, at, verbatim: false });
  }

  /** Reads the escape at a backslash; answers where it ends. One that Python does not know stays as it is. */
  #escape(at: number, to: number): number {
    const source = this.#file.text;
    const letter = source[at + 1] ?? '';
    if (letter === '\n') return at + 2;
    if (letter === '\r') return source[at + 2] === '\n' ? at + 3 : at + 2;
    const simple = SIMPLE[letter];
    if (simple !== undefined) {
      this.#made(simple, at);
      return at + 2;
    }
    const digits = { x: 2, u: 4, U: 8 }[letter];
    if (digits !== undefined) {
      const code = source.slice(at + 2, at + 2 + digits);
      const point = /^[0-9a-fA-F]+$/.test(code) && code.length === digits ? Number.parseInt(code, 16) : Number.NaN;
      if (point <= 0x10ffff) {
        this.#made(String.fromCodePoint(point), at);
        return at + 2 + digits;
      }
    }
    if (letter >= '0' && letter <= '7') {
      let end = at + 2;
      while (end < at + 4 && end < to && (source[end] ?? '') >= '0' && (source[end] ?? '') <= '7') end++;
      this.#made(String.fromCodePoint(Number.parseInt(source.slice(at + 1, end), 8)), at);
      return end;
    }
    if (letter === 'N' && source[at + 2] === '{') {
      const end = source.indexOf('}', at);
      if (end !== -1 && end < to) {
        // Names of characters are not carried along; no character with a name alone is of GraphQL's grammar.
        this.#made('\uFFFD', at);
        return end + 1;
      }
    }
    this.#add(at, Math.min(at + 2, to));
    return Math.min(at + 2, to);
  }
}
