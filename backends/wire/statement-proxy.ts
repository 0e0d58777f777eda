/**
 * Stands between a migration tool and PostgreSQL, sees each statement that the tool sends, and makes one of them fail. It speaks PostgreSQL's protocol 3
 * (PostgreSQL 18 documentation, chapter 54), so that any tool in any language is asked alike.
 */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { loadSqlParser, type SqlStatement, SqlSyntaxError, splitStatements } from './sql-text.ts';

export interface StatementProxy extends AsyncDisposable {
  /** The URL of the database through this proxy. */
  urlOf(url: string): string;
  /** Statements that may be made to fail, in the order in which they came since the last `begin`; their literals as sent. */
  readonly seen: readonly string[];
  /** Forgets what was seen; the `fail`th statement from now on fails, none when absent. `reads`: queries count as well. */
  begin(fail?: number, options?: { readonly reads: boolean }): void;
}

/** What does not change the database and what only sets the session up: nothing is half done when it fails. */
const CHANGES_NOTHING =
  /^(?:SelectStmt|VariableShowStmt|VariableSetStmt|ExplainStmt|PrepareStmt|DeallocateStmt|DiscardStmt|ListenStmt|FetchStmt)$/;
const ONLY_SETS_UP = /^(?:VariableShowStmt|VariableSetStmt|DeallocateStmt|DiscardStmt)$/;
const BEGINS_OR_ENDS = /^\s*(?:begin|start|savepoint|release|rollback|abort)\b/i;

/** Fails with a state that no tool takes for one of its own. */
const FAILURE = `DO 'BEGIN RAISE EXCEPTION ''crosscheck: this statement was made to fail'' USING ERRCODE = ''XXC01''; END'`;

/** Listens on loopback for a server at HOST:PORT. */
export async function openStatementProxy(serverUrl: string): Promise<StatementProxy> {
  await loadSqlParser();
  const { hostname, port } = new URL(serverUrl);
  let seen: string[] = [];
  let fail: number | undefined;
  let passesOver = CHANGES_NOTHING;

  /** The text with the statement that is to fail replaced; the same text where none is. */
  const pass = (text: string, extended: boolean): string => {
    const statements = cut(text);
    const at = statements.findIndex(({ text: one, kind }) => {
      if (passesOver.test(kind) || BEGINS_OR_ENDS.test(one)) return false;
      return seen.push(one) === fail;
    });
    if (at === -1) return text;
    // A DO takes no parameters, so that what is prepared fails when it is read.
    if (extended) return 'crosscheck_this_statement_was_made_to_fail';
    return [...statements.slice(0, at).map(({ text: one }) => one), FAILURE, ...statements.slice(at + 1).map(({ text: one }) => one)].join(
      ';\n',
    );
  };

  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(one);
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.on('error', () => other.destroy());
    }
    upstream.pipe(client);
    const messages = createMessageReader((type, payload) => {
      if (type === 'Q') return framed('Q', Buffer.from(`${pass(payload.subarray(0, -1).toString(), false)}\0`));
      if (type !== 'P') return null;
      const name = payload.indexOf(0);
      const end = payload.indexOf(0, name + 1);
      const query = pass(payload.subarray(name + 1, end).toString(), true);
      return framed('P', Buffer.concat([payload.subarray(0, name + 1), Buffer.from(query), payload.subarray(end)]));
    });
    client.on('data', (chunk: Buffer) => {
      for (const out of messages(chunk)) upstream.write(out);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    urlOf(url) {
      const through = new URL(url);
      through.hostname = '127.0.0.1';
      through.port = String(own);
      return through.href;
    },
    get seen() {
      return seen;
    },
    begin(at, { reads } = { reads: false }) {
      passesOver = reads ? ONLY_SETS_UP : CHANGES_NOTHING;
      seen = [];
      fail = at;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Text that the parser cannot read is one statement, and the server's to refuse. */
function cut(text: string): readonly SqlStatement[] {
  try {
    return splitStatements(text);
  } catch (error) {
    if (!(error instanceof SqlSyntaxError)) throw error;
    return [{ text, line: 1, kind: '' }];
  }
}

/** SSLRequest, GSSENCRequest and CancelRequest come before the start, without a type. */
const BEFORE_START = new Set([80_877_103, 80_877_104, 80_877_102]);

/** Cuts what a client sends into messages; `change` answers what is sent in place of one, null for the same. */
function createMessageReader(change: (type: string, payload: Buffer) => Buffer | null): (chunk: Buffer) => readonly Buffer[] {
  let waiting: Buffer = Buffer.alloc(0);
  let started = false;
  return (chunk) => {
    waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
    const out: Buffer[] = [];
    for (;;) {
      const head = started ? 1 : 0;
      if (waiting.length < head + 4) return out;
      const length = head + waiting.readUInt32BE(head);
      if (waiting.length < length) return out;
      const message = waiting.subarray(0, length);
      waiting = waiting.subarray(length);
      if (started) out.push(change(String.fromCharCode(message[0] ?? 0), message.subarray(5)) ?? message);
      else {
        started = !(length >= 8 && BEFORE_START.has(message.readUInt32BE(4)));
        out.push(message);
      }
    }
  };
}

function framed(type: string, payload: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type);
  head.writeUInt32BE(payload.length + 4, 1);
  return Buffer.concat([head, payload]);
}
