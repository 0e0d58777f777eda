/** What is asked of a database in SQL, without the client that asks it: suites that are only planned load none. */
import type { Exchange } from './exchange.ts';

/** The server refused a statement: `code` is its SQLSTATE. The message holds no value of a row. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  readonly code: string;
  /** The statement, its literals masked. */
  readonly statement: string;

  constructor(code: string, message: string, statement: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
    this.statement = statement;
  }
}

export interface SqlPolicy {
  /** `any` for a database of our own; a deployed one is only read. */
  readonly allows: 'reads' | 'any';
  /** Milliseconds until a statement, or the opening of the connection, is given up. */
  readonly deadlineMs: number;
  /** Values that stand in no record. */
  readonly secrets?: readonly string[];
  /** Is told of each statement when it has ended. */
  readonly record?: (exchange: Exchange) => void;
}

/** A name as SQL has it between quotes; not for what `quote_ident` or `regclass` has spelt already. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export type SqlRow = Readonly<Record<string, unknown>>;

/** One session of a database. */
export interface Sql extends AsyncDisposable {
  /** Runs one statement, or several without values. Throws SqlError, or WireError when no answer came. */
  query<R extends SqlRow = SqlRow>(text: string, values?: readonly unknown[]): Promise<readonly R[]>;
  /** `postgresql://HOST:PORT/DATABASE`, without who asks. */
  readonly place: string;
}
