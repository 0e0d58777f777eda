/**
 * The one door for SQL: a deadline on each statement, reads only unless it is told otherwise, and a record of every statement without the values in it.
 * What is deployed is opened with `reads` alone: then nothing but a query leaves, and the server itself runs each in a read-only transaction.
 */
import pg from 'pg';
import { createRedactor, type Redactor } from '../../reports/redaction.ts';
import type { WireFailure } from './door.ts';
import { WireError } from './door.ts';
import type { Exchange } from './exchange.ts';
import { type Sql, SqlError, type SqlPolicy, type SqlRow } from './sql.ts';
import { loadSqlParser, maskLiterals } from './sql-text.ts';

/** Beyond the server's own bound, so that its answer wins where it still answers. */
const GRACE_MS = 1_000;

/** Connects. Throws WireError where nobody answers as PostgreSQL within the deadline, and SqlError where the server refuses (28P01: wrong password, 3D000: no such database). */
export async function openSql(url: string, policy: SqlPolicy): Promise<Sql> {
  await loadSqlParser();
  const redactor = createRedactor();
  for (const secret of policy.secrets ?? []) redactor.learn(secret);
  const parsed = URL.parse(url);
  if (parsed === null || !/^postgres(?:ql)?:$/.test(parsed.protocol))
    throw new WireError(
      'refused',
      redactor.text(url),
      'database URL: expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE, got something else',
    );
  if (parsed.password !== '') redactor.learn(decodeURIComponent(parsed.password));
  redactor.learn(url);
  const place = `postgresql://${parsed.host}${parsed.pathname}`;
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: policy.deadlineMs,
    query_timeout: policy.deadlineMs + GRACE_MS,
    application_name: 'crosscheck',
    keepAlive: true,
  });
  // A connection that breaks between two statements is told by the next one.
  client.on('error', () => undefined);
  const session = recordingSession(client, place, policy, redactor);
  await session.connect();
  return session;
}

function recordingSession(client: pg.Client, place: string, policy: SqlPolicy, redactor: Redactor): Sql & { connect(): Promise<void> } {
  let count = 0;
  const told = async <T>(operation: string, text: string, work: () => Promise<T>, rowsOf: (value: T) => number): Promise<T> => {
    const startedAt = Date.now();
    const clock = performance.now();
    const statement = redactor.text(maskLiterals(text));
    const end = (rows: number | null, error: string | null) =>
      policy.record?.(
        recordOf({ id: ++count, operation, place, statement, rows, error, startedAt, durationMs: performance.now() - clock }),
      );
    try {
      const value = await work();
      end(rowsOf(value), null);
      return value;
    } catch (cause) {
      const error = failureOf(cause, place, statement, policy.deadlineMs, redactor);
      end(null, error.message);
      throw error;
    }
  };
  const query = async <R extends SqlRow>(text: string, values?: readonly unknown[]): Promise<readonly R[]> => {
    if (policy.allows === 'reads' && !/^\s*(?:select|with|show|explain|values|table)\b/i.test(text))
      throw new WireError(
        'refused',
        place,
        `${place}: expected a query, since this database is only read, got ${maskLiterals(text).slice(0, 80)}`,
      );
    const result = await told(
      operationOf(text),
      text,
      () => client.query(values === undefined ? { text } : { text, values: [...values] }),
      (answer) => [answer].flat().reduce((rows, one) => rows + (one.rowCount ?? 0), 0),
    );
    return ([result].flat().at(-1)?.rows ?? []) as R[];
  };
  return {
    place,
    query,
    async connect() {
      try {
        await told(
          'connect',
          '',
          () => client.connect(),
          () => 0,
        );
        const settings = [
          `SET statement_timeout = ${policy.deadlineMs}`,
          ...(policy.allows === 'reads' ? ['SET default_transaction_read_only = on', `SET lock_timeout = ${policy.deadlineMs}`] : []),
        ];
        await told(
          'SET',
          settings.join('; '),
          () => client.query(settings.join('; ')),
          () => 0,
        );
      } catch (error) {
        await client.end().catch(() => undefined);
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      // A server that does not answer does not say goodbye either.
      const timer = setTimeout(
        () => (client as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy(),
        GRACE_MS,
      );
      await client.end().catch(() => undefined);
      clearTimeout(timer);
    },
  };
}

/** `SELECT`, `CREATE TABLE`: what is done, without on what. */
function operationOf(text: string): string {
  const [first = 'statement', second = ''] = maskLiterals(text)
    .trim()
    .split(/[\s(;]+/);
  return /^(?:create|alter|drop|comment|truncate)$/i.test(first) ? `${first} ${second}`.toUpperCase() : first.toUpperCase();
}

interface Ended {
  readonly id: number;
  readonly operation: string;
  readonly place: string;
  readonly statement: string;
  readonly rows: number | null;
  readonly error: string | null;
  readonly startedAt: number;
  readonly durationMs: number;
}

/** Rows are counted and never kept: they are the database's own. */
function recordOf({ id, operation, place, statement, rows, error, startedAt, durationMs }: Ended): Exchange {
  const body = statement === '' ? null : statement;
  return {
    id,
    protocol: 'sql',
    operation,
    retryOf: null,
    cause: null,
    request: { method: 'SQL', url: place, headers: {}, body, bytes: Buffer.byteLength(statement) },
    response: rows === null ? null : { status: 200, headers: { rows: String(rows) }, body: null, bytes: 0 },
    error,
    startedAt,
    durationMs,
    findings: [],
  };
}

const WIRE_CODES: Readonly<Record<string, WireFailure>> = {
  ECONNREFUSED: 'connect',
  ENOTFOUND: 'connect',
  EAI_AGAIN: 'connect',
  EHOSTUNREACH: 'connect',
};

function failureOf(cause: unknown, place: string, statement: string, deadlineMs: number, redactor: Redactor): SqlError | WireError {
  const { code = '', message = String(cause), severity, position, constraint, table, column } = cause as Partial<pg.DatabaseError> & Error;
  if (severity !== undefined) {
    // Its detail holds the values of a row; what is named is not.
    const where = [table && `table ${table}`, column && `column ${column}`, constraint && `constraint ${constraint}`]
      .filter(Boolean)
      .join(', ');
    const text = `${severity} ${code}: ${message}${where === '' ? '' : ` (${where})`}`;
    const error = new SqlError(code, redactor.text(text), statement);
    return Object.assign(error, position === undefined ? {} : { position: Number(position) });
  }
  const timedOut = /timeout/i.test(message);
  const failure: WireFailure = timedOut ? 'timeout' : (WIRE_CODES[code] ?? (/ssl|tls|certificate/i.test(message) ? 'tls' : 'reset'));
  const got = timedOut ? `no answer within ${deadlineMs} ms` : redactor.text(`${code} ${message}`.trim());
  const asked = statement === '' ? 'a connection' : `an answer to ${statement.slice(0, 120)}`;
  return new WireError(failure, place, `${place}: expected ${asked}, got ${got}`, { cause: new Error(got) });
}
