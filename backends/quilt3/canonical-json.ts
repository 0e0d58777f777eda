/** The two ways in which a package's JSON is printed: canonical for the top hash, and as it stands in a manifest. */
import { type Exact, ExactNumber } from './exact-json.ts';

/** Orders strings by code point, as Python does; JavaScript's own order puts what lies beyond U+FFFF before U+E000. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at++) {
    const a = left.charCodeAt(at);
    const b = right.charCodeAt(at);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Lifts surrogates, which stand for code points beyond U+FFFF, above every other code unit. */
const rank = (unit: number): number => (unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit);

interface Style {
  readonly comma: string;
  readonly colon: string;
  readonly sorted: boolean;
  readonly text: (value: string) => string;
}

const escapeBeyondAscii = (value: string): string =>
  JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

const CANONICAL: Style = { comma: ',', colon: ':', sorted: true, text: escapeBeyondAscii };
const MANIFEST: Style = { comma: ', ', colon: ': ', sorted: false, text: JSON.stringify };

/** Sorted keys, no spaces, ASCII only: what the top hash is fed with (quilt-protocol.md, Packages in S3). */
export function canonicalJson(value: Exact): string {
  return print(value, CANONICAL);
}

/** Python's default separators, keys in their own order, not escaped: one line of a manifest, without its newline. */
export function manifestJson(value: Exact): string {
  return print(value, MANIFEST);
}

function print(value: Exact, style: Style): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return style.text(value);
  if (value instanceof ExactNumber) return value.text;
  if (Array.isArray(value)) return `[${value.map((element) => print(element, style)).join(style.comma)}]`;
  const members = Object.entries(value as { readonly [key: string]: Exact });
  if (style.sorted) members.sort(([a], [b]) => compareCodePoints(a, b));
  return `{${members.map(([key, member]) => `${style.text(key)}${style.colon}${print(member, style)}`).join(style.comma)}}`;
}
