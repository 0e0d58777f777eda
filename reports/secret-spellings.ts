/** The spellings in which a known secret can come back: JSON escapes of any depth, URL and XML escapes, mixed, and base64. */

/** A secret to look for. */
export interface KnownSecret {
  /** The text with every spelling of it replaced. */
  replaceIn(text: string, replacement: string): string;
}

/** Escapes of a letter or digit: percent, `\\uXXXX`, or a numbered entity. Nobody needs them, so that texts without any can be read fast. */
const ESCAPED_ALPHANUMERIC = /\\u00(?:3\d|[46][1-9a-f]|[57][\da])|%(?:25)*(?:3\d|[46][1-9a-f]|[57][\da])|&#/i;
/** Fewer letters and digits in a row stand everywhere. */
const TELLING_RUN = 6;

/**
 * Knows a secret in all its spellings. Most texts hold none of it: where no letter or digit is escaped, its longest run of them, or its
 * base64, must stand there as it is, and looking for that is a hundred times cheaper than the pattern, which is made when it is first needed.
 */
export function knownSecret(value: string): KnownSecret {
  const run = (value.match(/[A-Za-z0-9]+/g) ?? []).reduce((longest, one) => (one.length > longest.length ? one : longest), '');
  const signs = run.length < TELLING_RUN ? null : [run, ...base64Spellings(value)];
  let pattern: RegExp | null = null;
  return {
    replaceIn(text, replacement) {
      if (signs !== null && !signs.some((sign) => text.includes(sign)) && !ESCAPED_ALPHANUMERIC.test(text)) return text;
      pattern ??= valuePattern(value);
      return text.replace(pattern, replacement);
    },
  };
}

/**
 * A pattern (global) that finds `value` in any of its spellings. Each character may stand raw, with backslashes before it, as `\uXXXX`, as
 * percent-encoded UTF-8, or as an XML entity; base64 and base64url are found wherever the value begins within the encoded text.
 */
function valuePattern(value: string): RegExp {
  const spelled = [...value].map(characterPattern).join('');
  const encoded = base64Spellings(value).map(escapePattern);
  return new RegExp([spelled, ...encoded].join('|'), 'g');
}

const NAMED_ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' };

function characterPattern(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => hex(character.charCodeAt(index), 4));
  const bytes = [...Buffer.from(character)].map((byte) => hex(byte, 2));
  const point = character.codePointAt(0) ?? 0;
  const short = SHORT_ESCAPES[character];
  const entity = NAMED_ENTITIES[character];
  const spellings = [
    // Any number of backslashes before a quote, a slash or a backslash is JSON within JSON.
    /["\\/]/.test(character) ? `\\\\{0,15}${escapePattern(character)}` : escapePattern(character),
    units.map((unit) => `\\\\{1,15}u${unit}`).join(''),
    bytes.map((byte) => `%(?:25){0,4}${byte}`).join(''),
    `&#(?:x0{0,4}${hex(point, 1)}|0{0,4}${point});`,
    ...(short ? [`\\\\{1,15}${short}`] : []),
    ...(entity ? [`&(?:amp;){0,4}${entity};`] : []),
    ...(character === ' ' ? ['\\+'] : []),
  ];
  return `(?:${spellings.join('|')})`;
}

/** Hexadecimal digits of a number, at least `width`, as a pattern that takes both cases. */
function hex(number: number, width: number): string {
  return number
    .toString(16)
    .padStart(width, '0')
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** Base64 of the value at each of the three offsets, without the characters that its neighbours share. */
function base64Spellings(value: string): string[] {
  const bytes = Buffer.from(value);
  const at = [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const shared = (bytes.length + offset) % 3 === 0 ? 0 : 1;
    return encoded.slice(offset === 0 ? 0 : offset + 1, encoded.length - shared);
  });
  return [...new Set(at.flatMap((encoded) => [encoded, encoded.replaceAll('+', '-').replaceAll('/', '_')]))];
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
