/**
 * Takes secrets out of what is written down (O-13): by name wherever a field, header or query parameter says what it holds, and by value
 * wherever a secret was learnt, in whatever spelling it comes back. Pure; nothing is kept but the values learnt.
 */
import { replaceSecretMembers } from './secret-members.ts';
import { type KnownSecret, knownSecret } from './secret-spellings.ts';

/** What stands in a record where a secret stood. */
export const REDACTED = '[redacted]';

/** Shorter values are no secrets to search for: they would tear holes in everything. */
const SHORTEST_SECRET = 8;

export interface Redactor {
  /** A value that `text`, `json`, `headers` and `url` take out from now on, also in its JSON, URL, XML and base64 spellings; ignored below 8 characters. True when it is new. */
  learn(value: string): boolean;
  /** Learns every string that stands under a secret name in a JSON value. True when one is new. */
  learnFrom(value: unknown): boolean;
  /** Any text: JSON, XML, a form, a header line, a message; cut JSON too. */
  text(text: string): string;
  /** A copy of a JSON value: strings under secret names and learnt values replaced. */
  json<T>(value: T): T;
  headers(headers: Readonly<Record<string, string>>): Record<string, string>;
  /** A URL, its userinfo, secret query parameters and fragment taken out. */
  url(url: string): string;
}

/** The scheme (`Bearer`) is no secret and says much about a failure. */
const AUTHORIZATION = /^(?:proxy-)?authorization$/i;
const SECRET_HEADERS = /^(?:cookie|set-cookie|x-amz-security-token|x-api-key|x-auth-token|x-amz-server-side-encryption-customer-key)$/i;

/** Names of fields that hold a secret; paging tokens are none. */
const SECRET_NAME =
  /(?:password|passwd|passphrase|secret|token|secret_?access_?key|private_?key|api_?key|cookie|authorization|credential)s?$/i;
const NO_SECRET_NAME = /^(?:next|previous|page|paging|pagination|start|continuation|nextcontinuation|client|sync|csrf)[-_]?token$/i;

const PARAMETERS =
  'X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature|AWSAccessKeyId|access_token|refresh_token|id_token|token|client_secret|client_assertion|code_verifier|password|api_key|code';
const PARAMETER = new RegExp(
  String.raw`((?:[?&;]|^|\\u0026|&amp;|%26|%3F)(?:${PARAMETERS})(?:=|%3D))(?:(?!%26|\\u0026|&amp;)[^&\s"'<>\\#;])+`,
  'gi',
);

// Repetitions are bounded, since a body may be one long word, which an unbounded one would read again from each of its letters.
const ELEMENT = /<([A-Za-z]{1,64})>([^<]*)(?=<|$)/g;
const BEARER = /\b(Bearer|Basic)(\s{1,8})[A-Za-z0-9._~+/=-]{16,}/gi;
const AWS_AUTHORIZATION = /\b(AWS4-HMAC-SHA256)\s+Credential=[^\r\n"]*/g;
const JSON_WEB_TOKEN = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]*/g;
const USERINFO = /\b([a-z][a-z0-9+.-]{0,15}:\/\/)[^/\s"'<>@?#]{1,512}@/gi;

/** Whether a field of this name holds a secret. */
export const isSecretName = (name: string): boolean => SECRET_NAME.test(name) && !NO_SECRET_NAME.test(name);

/** A redactor that has learnt nothing yet; one a door, so that one user's secrets are known where they can appear. */
export function createRedactor(): Redactor {
  const secrets = new Map<string, KnownSecret>();

  const byValue = (text: string) => {
    let out = text;
    for (const secret of secrets.values()) out = secret.replaceIn(out, REDACTED);
    return out;
  };

  const text = (input: string) =>
    replaceSecretMembers(byValue(input), isSecretName, REDACTED)
      .replace(ELEMENT, (whole, name: string, content: string) => (content && isSecretName(name) ? `<${name}>${REDACTED}` : whole))
      .replace(PARAMETER, `$1${REDACTED}`)
      .replace(AWS_AUTHORIZATION, `$1 ${REDACTED}`)
      .replace(BEARER, `$1$2${REDACTED}`)
      .replace(JSON_WEB_TOKEN, REDACTED)
      .replace(USERINFO, `$1${REDACTED}@`);

  const json = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.map(json);
    if (value === null || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        byValue(name),
        typeof member === 'string' && isSecretName(name) ? REDACTED : json(member),
      ]),
    );
  };

  const learn = (value: string): boolean => {
    if (value.length < SHORTEST_SECRET || secrets.has(value)) return false;
    secrets.set(value, knownSecret(value));
    // A longer secret may hold a shorter one; it goes first, so that nothing of it stays.
    const sorted = [...secrets].sort(([one], [other]) => other.length - one.length);
    secrets.clear();
    for (const [known, secret] of sorted) secrets.set(known, secret);
    return true;
  };

  const learnFrom = (value: unknown): boolean => {
    let isNew = false;
    // A list of what is still to be looked at, since a hostile answer may be nested deeper than a stack.
    const waiting: unknown[] = [value];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (one === null || typeof one !== 'object') continue;
      for (const [name, member] of Object.entries(one)) {
        if (typeof member !== 'string') waiting.push(member ?? null);
        else if (isSecretName(name) && learn(member)) isNew = true;
      }
    }
    return isNew;
  };

  return {
    learn,
    learnFrom,
    text,
    json: <T>(value: T) => json(value) as T,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => {
          if (AUTHORIZATION.test(name)) return [name, value.replace(/^(\S+ )?.*$/s, `$1${REDACTED}`)];
          return [name, SECRET_HEADERS.test(name) ? REDACTED : text(value)];
        }),
      ),
    url: (url) => text(url).replace(/#.*$/s, `#${REDACTED}`),
  };
}
