/**
 * Puts a stand-in where a secret stood, the same for the same secret and another for another, so that what was recorded can be played again
 * and holds no secret. Of a JSON web token header and claims are kept, since clients read them; its signature is not.
 */
import { createRedactor, isSecretName, REDACTED } from './redaction.ts';
import { type KnownSecret, knownSecret } from './secret-spellings.ts';

/** What a token said, for a stand-in that says the same. */
export interface TokenWords {
  readonly header: unknown;
  readonly claims: unknown;
}

/** Stand-in → what its token said. */
export type Tokens = Readonly<Record<string, TokenWords>>;

export interface StandIns {
  /** From now on `apply` takes this value out; ignored below 8 characters. */
  learn(value: string): void;
  /** Learns every string of a JSON value that stands under a secret name, and every JSON web token. */
  learnIn(value: unknown): void;
  /** A text with a stand-in for each secret; whole `[redacted]` words where it looks as if it held one that was not learnt. */
  apply(text: string): string;
  /** A copy of a JSON value, each of its strings so treated. */
  json(value: unknown): unknown;
  /** The value of a header in the same way: of credentials the scheme is kept, and a stand-in. */
  header(name: string, value: string): string;
  /** What the tokens among them said. */
  readonly tokens: Tokens;
}

const SHORTEST = 8;
const TOKEN = /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]*/g;
/** Letters, digits and dashes alone: the same in JSON, in a URL, in a form and in XML. */
const STAND_IN = /redacted-\d{4,}-secret/g;
const PIECES = /((?:eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.)?redacted-\d{4,}-secret)/;
/** As `expandTokens` writes one. */
const EXPANDED = /eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.redacted-\d{4,}-secret/g;

/** Stand-ins of one recording. */
export function createStandIns(): StandIns {
  const known = new Map<string, { readonly secret: KnownSecret; readonly standIn: string }>();
  const tokens: Record<string, TokenWords> = {};
  const redactor = createRedactor();
  const learn = (value: string): void => {
    if (value.length < SHORTEST || known.has(value) || value === REDACTED) return;
    const standIn = `redacted-${String(known.size + 1).padStart(4, '0')}-secret`;
    known.set(value, { secret: knownSecret(value), standIn });
    const words = wordsOf(value);
    if (words !== null) tokens[standIn] = redactor.json(words);
    const sorted = [...known].sort(([one], [other]) => other.length - one.length);
    known.clear();
    for (const [secret, how] of sorted) known.set(secret, how);
  };
  const learnIn = (value: unknown, name = ''): void => {
    if (typeof value === 'string') {
      if (isSecretName(name)) learn(value);
      for (const [token] of value.matchAll(TOKEN)) learn(token);
    } else if (Array.isArray(value)) for (const one of value) learnIn(one, name);
    else if (typeof value === 'object' && value !== null) for (const [member, one] of Object.entries(value)) learnIn(one, member);
  };
  const byValue = (text: string): string => {
    let out = text;
    for (const { secret, standIn } of known.values()) out = secret.replaceIn(out, standIn);
    return out;
  };
  const unlessTelling = (out: string, redact: (plain: string) => string): string => {
    const plain = withoutStandIns(out);
    const redacted = redact(plain);
    return redacted === plain ? out : redacted;
  };
  const apply = (text: string) => unlessTelling(byValue(text), redactor.text);
  const json = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return isSecretName(name) && !known.has(value) ? REDACTED : apply(value);
    if (Array.isArray(value)) return value.map((one) => json(one, name));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([member, one]) => [byValue(member), json(one, member)]));
  };
  return {
    learn,
    learnIn: (value) => learnIn(value),
    apply,
    json: (value) => json(value),
    header: (name, value) => unlessTelling(byValue(value), (plain) => redactor.headers({ [name]: plain })[name] ?? REDACTED),
    tokens,
  };
}

/** A text with the tokens of a recording as a client can read them: header and claims, and the stand-in for a signature. */
export function expandTokens(text: string, tokens: Tokens): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return text.replace(STAND_IN, (standIn) => {
    const words = tokens[standIn];
    return words === undefined ? standIn : `${part(words.header)}.${part(words.claims)}.${standIn}`;
  });
}

/** A text with one word in place of every stand-in, and of what looks like a secret: two that differ in secrets alone become equal. */
export function blurSecrets(text: string): string {
  return createRedactor().text(withoutStandIns(text));
}

/** Part of a text. */
export type Piece = { readonly plain: string } | { readonly standIn: string };

/** A text in pieces: plain ones, and the stand-ins between them, whatever form they have. */
export function piecesOf(text: string): readonly Piece[] {
  return text.split(PIECES).flatMap((piece, index): readonly Piece[] => {
    if (index % 2 === 0) return piece === '' ? [] : [{ plain: piece }];
    return [{ standIn: piece.slice(piece.lastIndexOf('.') + 1) }];
  });
}

function withoutStandIns(text: string): string {
  return text.replace(EXPANDED, REDACTED).replace(STAND_IN, REDACTED);
}

function wordsOf(token: string): TokenWords | null {
  const [header, claims, signature] = token.split('.');
  if (header === undefined || claims === undefined || signature === undefined) return null;
  try {
    const read = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
    return { header: read(header), claims: read(claims) };
  } catch {
    return null;
  }
}
