/** SQL text as PostgreSQL's own scanner and parser read it: cut into statements, and shown without the values in it. */
import { createHash } from 'node:crypto';
import { hasSqlDetails, loadModule, parseSync, scanSync } from 'libpg-query';

let loading: Promise<void> | undefined;

/** Reads the parser, a module of WebAssembly: 15 ms, once; to be awaited before anything below is called. */
export const loadSqlParser = (): Promise<void> => (loading ??= loadModule());

/** One statement of a text. */
export interface SqlStatement {
  readonly text: string;
  /** Line of the text that it begins in, from 1. */
  readonly line: number;
  /** What the parser calls it: `CreateStmt`, `TransactionStmt`… */
  readonly kind: string;
}

/** The text is no SQL: where it breaks off. */
export class SqlSyntaxError extends Error {
  override readonly name = 'SqlSyntaxError';
  readonly line: number;

  constructor(message: string, line: number) {
    super(message);
    this.line = line;
  }
}

/** The statements of a text, in order. Throws SqlSyntaxError with the line. */
export function splitStatements(text: string): readonly SqlStatement[] {
  const bytes = Buffer.from(text);
  const lineAt = (offset: number) => bytes.subarray(0, offset).toString().split('\n').length;
  try {
    return (parseSync(text).stmts ?? []).map(({ stmt = {}, stmt_location: from = 0, stmt_len: length = 0 }) => {
      const raw = bytes.subarray(from, length === 0 ? bytes.length : from + length).toString();
      const blank = /^(?:\s|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/.exec(raw)?.[0].length ?? 0;
      return {
        text: raw.slice(blank).trimEnd(),
        line: lineAt(from + Buffer.byteLength(raw.slice(0, blank))),
        kind: Object.keys(stmt)[0] ?? '',
      };
    });
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    throw new SqlSyntaxError(error.message, lineAt(error.sqlDetails?.cursorPosition ?? 0));
  }
}

const masked = new Map<string, string>();

/** The text with `'…'` in place of every string, so that no value of a row, password or token of it is shown. Text that is no SQL is replaced as a whole. */
export function maskLiterals(text: string): string {
  if (!/['$]/.test(text)) return text;
  const key = createHash('sha1').update(text).digest('base64');
  const known = masked.get(key) ?? mask(text);
  if (masked.size > 2_000) masked.clear();
  masked.set(key, known);
  return known;
}

function mask(text: string): string {
  const bytes = Buffer.from(text);
  try {
    let at = 0;
    let out = '';
    for (const { start, end, text: token } of scanSync(text).tokens) {
      // A quoted string of any form, dollars too; `$1` is a parameter.
      if (!/^(?:(?:[ebxn]|u&)?'|\$\D)/i.test(token)) continue;
      out += `${bytes.subarray(at, start).toString()}'…'`;
      at = end;
    }
    return out + bytes.subarray(at).toString();
  } catch {
    return `(${bytes.length} bytes that are no SQL)`;
  }
}
