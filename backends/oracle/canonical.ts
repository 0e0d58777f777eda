/** JSON as quilt3 8.0.0 feeds it to the top hash: members sorted, no spaces, everything outside ASCII escaped, numbers as Python prints them. */

/** A number that Python holds as a float although JavaScript cannot tell: 1.0 is not 1. */
export class PythonFloat {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/** JSON, with big integers and floats that are told apart. */
export type Exact = null | boolean | number | bigint | string | PythonFloat | readonly Exact[] | { readonly [member: string]: Exact };

/** The canonical text; a number of JavaScript is an integer when JSON would print it as one. */
export function canonical(value: Exact): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return quoted(value);
  if (value instanceof PythonFloat) return floatText(value.value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.entries(value).sort(([a], [b]) => byCodePoint(a, b));
  return `{${members.map(([name, member]) => `${quoted(name)}:${canonical(member)}`).join(',')}}`;
}

/** Python's order of strings: by code point, where JavaScript's is by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let at = 0; at < Math.min(left.length, right.length); at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

function isList(value: object): value is readonly Exact[] {
  return Array.isArray(value);
}

function numberText(value: number): string {
  const text = JSON.stringify(value);
  return /^-?\d+$/.test(text) ? text : floatText(value);
}

/** Python's repr: the shortest digits that read back, plain from 1e-4 to below 1e16, else an exponent of at least two digits. */
function floatText(value: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 1, '0');
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1) || '0'}`;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\f': '\\f',
  '\b': '\\b',
};

function quoted(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const char = text.charAt(at);
    const plain = char >= ' ' && char <= '~' && char !== '"' && char !== '\\';
    out += plain ? char : (SHORT[char] ?? `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`);
  }
  return `"${out}"`;
}
