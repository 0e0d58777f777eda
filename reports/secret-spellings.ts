/** The spellings in which a known secret can come back: JSON escapes of any depth, URL and XML escapes, mixed, and base64. */

/**
 * A pattern (global) that finds `value` in any of its spellings. Each character may stand raw, with backslashes before it, as `\uXXXX`, as
 * percent-encoded UTF-8, or as an XML entity; base64 and base64url are found wherever the value begins within the encoded text.
 */
export function valuePattern(value: string): RegExp {
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
