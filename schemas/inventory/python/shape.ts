/** Whether a text is a GraphQL document by its shape. This reads GraphQL, and words that only look like it, never Python. */
import { GraphQLError, Kind, Lexer, parse, Source, type Token, TokenKind } from 'graphql';
import { isUnknown, type Variant } from '../text-value.ts';

/**
 * `sent`: a document, wherever it stands. `told`: a document if it goes where GraphQL goes; elsewhere it may be a template, prose or another language.
 */
export type Shape = 'sent' | 'told' | null;

const START = /^[\s,\uFEFF]*(?:#[^\n\r]*[\s,\uFEFF]*)*(?:(?<word>query|mutation|subscription|fragment)(?![\w.-])|(?<brace>\{))/;
/** Longest text that is looked at as a whole. */
const MOST_UNITS = 5_000_000;
/** What stands for a hole while a text is looked at. */
const HOLE = 'hole__';

const shapes = new Map<string, Shape>();

/** The shape of a text, its holes taken for something fitting. */
export function shapeOf(variant: Variant): Shape {
  const holes = variant.some(isUnknown);
  const text = variant.map((one) => (isUnknown(one) ? HOLE : one.text)).join('');
  const start = START.exec(text)?.groups;
  if (start === undefined || text.length > MOST_UNITS) return null;
  let shape = shapes.get(text);
  if (shape === undefined) {
    shape = holes ? openShape(variant, start['word']) : closedShape(text, start['word']);
    if (shapes.size > 5000) shapes.clear();
    shapes.set(text, shape);
  }
  return shape;
}

/** Whether a text that begins with a hole has GraphQL in what is known of it. */
export function goesOnAsGraphql(variant: Variant): boolean {
  const known = variant.flatMap((one) => (isUnknown(one) ? [] : [one.text]));
  return known.some((text) => /^\s*(query|mutation|subscription|fragment)\b|\{\s*\w|\w\s*\{/m.test(text));
}

function closedShape(text: string, word: string | undefined): Shape {
  const error = errorIn(text);
  if (error === null) {
    if (isTemplate(text)) return 'told';
    return word !== undefined || nests(text) ? 'sent' : 'told';
  }
  return triesAt(text, error, word)
    ? 'sent'
    : word === undefined
      ? /^[\s,\uFEFF]*\{\s*(\w+(?!\w)\s*(?:[\w{}(:@,]|$)|\.\.\.)/.test(text) && balance(text)
        ? 'told'
        : null
      : lexes(text)
        ? 'told'
        : null;
}

/** With holes in it a text is GraphQL when it would be with a name, or with nothing, in their place. */
function openShape(variant: Variant, word: string | undefined): Shape {
  const known = variant.map((one) => (isUnknown(one) ? '' : one.text)).join('');
  if (word === undefined && !/\{\s*\w/.test(known) && !/\w\s*\{/.test(known)) return null;
  if (!known.includes('{')) return null;
  for (const stand of [HOLE, '', `${HOLE}: ${HOLE}`, `${HOLE} { ${HOLE} }`, `$${HOLE}: Int`, `} ${HOLE} {`]) {
    const text = variant.map((one) => (isUnknown(one) ? stand : one.text)).join('');
    if (errorIn(text) !== null) continue;
    if (word === undefined) return 'told';
    // A name of its own must be selected: `query {a} {b}` with holes for both is a message.
    return /\{[\s,]*(#[^\n]*\s*)*(\w|\.\.\.)/.test(known) || /\n/.test(known) ? 'sent' : 'told';
  }
  const error = errorIn(variant.map((one) => (isUnknown(one) ? HOLE : one.text)).join(''));
  return error !== null && /\n/.test(known) && /\{\s*\w/.test(known) && (headed(known) || word === undefined) && lexes(known)
    ? word === undefined
      ? 'told'
      : 'sent'
    : lexes(known)
      ? 'told'
      : null;
}

/** The field of a format that a text is a template by, when it is no GraphQL as it stands; else null. */
export function isUnfilled(text: string): string | null {
  if (errorIn(text) === null) return null;
  const percent = /%(\(\w+\))?[sd]/.exec(text);
  if (percent !== null && errorIn(text.replace(/%(\(\w+\))?[sd]/g, HOLE)) === null) return percent[0];
  if (!text.includes('{{') || !text.includes('}}')) return null;
  const filled = text.replace(/\{\{|\}\}|\{[\w.]*\}/g, (field) => (field === '{{' ? '{' : field === '}}' ? '}' : HOLE));
  return errorIn(filled) === null ? '{{' : null;
}

/** Where a document's syntax breaks, or null when it is sound. A selection set that nests deeper than the parser can go counts as sound here. */
function errorIn(text: string): { readonly at: number; readonly name: boolean } | null {
  try {
    const document = parse(text, { noLocation: true });
    const executable = document.definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION || one.kind === Kind.FRAGMENT_DEFINITION);
    return executable ? null : { at: 0, name: true };
  } catch (error) {
    if (error instanceof RangeError) return null;
    if (!(error instanceof GraphQLError)) throw error;
    const at = error.positions?.[0] ?? 0;
    return { at, name: /Name/.test(/Unexpected (\w+)|found (\w+)/.exec(error.message)?.[0] ?? '') };
  }
}

/** `{name}`, `query {id} of {user}`: braces with a bare name in them and nothing else are fields of a format. */
function isTemplate(text: string): boolean {
  return !/\n/.test(text.trim()) && /^[^{}]*(\{\w+\}[^{}]*)+$/.test(text) && !/[({]\s*\$/.test(text);
}

/** A selection in a selection, or arguments. */
function nests(text: string): boolean {
  return /\{[^{}]*[\w)]\s*\{/s.test(text) || /\{\s*\w+\s*\(/.test(text);
}

const headed = (text: string): boolean =>
  /^[\s,\uFEFF]*(?:#[^\n\r]*[\s,\uFEFF]*)*(?:(?:query|mutation|subscription)\s*(?:[_A-Za-z]\w*)?\s*(?:\(\s*\$\w+|@\w+|\{)|fragment\s+[_A-Za-z]\w*\s+on\b|fragment\s+on\s+\w+\s*\{)/.test(
    text,
  );

/** A text whose syntax is broken and that yet can be meant for nothing else. */
function triesAt(text: string, error: { readonly at: number; readonly name: boolean }, word: string | undefined): boolean {
  if (word === undefined || !headed(text) || !/\{/.test(text)) return false;
  const lines = text.trim().includes('\n');
  const variables = /^[\s\S]{0,2000}?\(\s*\$\w+/.test(text.slice(0, text.indexOf('{')));
  const rest = text.slice(error.at);
  // After a whole definition there must come another; words are prose, and only closers too many are a slip.
  if (depthAt(text, error.at) <= 0 && error.at > text.indexOf('{') && !/^\s*[})\]]+\s*$/.test(rest) && !/^\w+\s+\w+[^{}\n]*\{/.test(rest))
    return false;
  if (!lines && !variables && !/\{[^{}]*[\w)]\s*\{/.test(text)) return false;
  if (!lines && /[.!?]\s|=(?!=)\s*["\d]/.test(text.replace(/\.\.\./g, '')) && !variables) return false;
  return lexes(text.slice(0, error.at)) && /\{[\s,]*(#[^\n]*\s*)*(\w|\.\.\.|\}|\{|$)/.test(text);
}

function depthAt(text: string, to: number): number {
  let depth = 0;
  for (let at = 0; at < to; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}') depth--;
  }
  return depth;
}

const balance = (text: string): boolean => depthAt(text, text.length) === 0;

function lexes(text: string): boolean {
  try {
    const lexer = new Lexer(new Source(text));
    let token: Token = lexer.advance();
    while (token.kind !== TokenKind.EOF) token = lexer.advance();
    return true;
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof RangeError) return false;
    throw error;
  }
}
