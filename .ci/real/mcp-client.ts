/** A small client of the Model Context Protocol: JSON-RPC a line over a child's stdio, or streamable HTTP. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';

/** Revision of the protocol that is asked for; a server may answer with another. */
const PROTOCOL = '2025-06-18';
/** quilt-mcp was seen to need 24 s to start on a busy machine. */
const ANSWER_MS = 120_000;

const message = z.looseObject({
  id: z.union([z.number(), z.string()]).nullish(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
type Message = z.infer<typeof message>;

const toolList = z.object({
  tools: z.array(z.looseObject({ name: z.string(), inputSchema: z.looseObject({}) })),
  nextCursor: z.string().nullish(),
});
const resource = z.looseObject({ contents: z.array(z.looseObject({ text: z.string().optional() })) });
const toolAnswer = z.looseObject({
  isError: z.boolean().nullish(),
  structuredContent: z.unknown().optional(),
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).optional(),
});

/** What a tool answered; `value` is its structured content, else its text, as JSON where it is JSON. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly value: unknown;
}

/** A tool by its name, with the JSON Schema of its arguments. */
export interface Tool {
  readonly name: string;
  readonly inputSchema: Readonly<Record<string, unknown>>;
}

/** An MCP server that has been greeted. */
export interface McpClient extends AsyncDisposable {
  readonly tools: readonly Tool[];
  /** Throws when the server does not answer in time; a refusal is an answer. */
  call(tool: string, parameters: Readonly<Record<string, unknown>>): Promise<ToolAnswer>;
  /** Reads a resource; throws as `call` does. */
  read(uri: string): Promise<ToolAnswer>;
}

type Send = (request: object, wanted: number | null) => Promise<Message | null>;

/** Starts a server as a child and greets it over stdio; disposing ends its process group. */
export async function startStdioServer(
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<McpClient> {
  const server = spawnGroup(command, env, cwd);
  const waiting = new Map<number, (answer: Message | Error) => void>();
  createInterface({ input: server.child.stdout }).on('line', (line) => {
    const parsed = message.safeParse(parseJson(line));
    if (parsed.success && typeof parsed.data.id === 'number') waiting.get(parsed.data.id)?.(parsed.data);
  });
  void server.ended.then((how) => {
    for (const answer of waiting.values()) answer(new Error(`MCP server: expected an answer, got its end (${how}): ${server.log()}`));
  });
  const send: Send = async (request, wanted) => {
    const answered = wanted === null ? null : new Promise<Message | Error>((resolve) => waiting.set(wanted, resolve));
    server.child.stdin.write(`${JSON.stringify(request)}\n`);
    if (answered === null || wanted === null) return null;
    const answer = await within(answered, () => server.log());
    waiting.delete(wanted);
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return greet(send, server.stop);
}

/** Starts a server as a child, waits until `health` answers 200, and greets it over HTTP at `url`. */
export async function startHttpServer(
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  cwd: string,
  { url, health, token }: { readonly url: string; readonly health: string; readonly token: string },
): Promise<McpClient> {
  const server = spawnGroup(command, env, cwd);
  server.child.stdout.resume();
  try {
    await healthy(health, server);
    let session: string | null = null;
    const send: Send = async (request, wanted) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          'mcp-protocol-version': PROTOCOL,
          ...(session === null ? {} : { 'mcp-session-id': session }),
        },
        body: JSON.stringify(request),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      session = answer.headers.get('mcp-session-id') ?? session;
      const text = await answer.text();
      if (!answer.ok) throw new Error(`MCP server at ${url}: expected 200 or 202, got ${answer.status}: ${text.slice(0, 500)}`);
      if (wanted === null) return null;
      const found = messagesIn(text).find(({ id }) => id === wanted);
      if (found === undefined) throw new Error(`MCP server at ${url}: expected the answer to ${wanted}, got ${text.slice(0, 500)}`);
      return found;
    };
    return await greet(send, server.stop);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function greet(send: Send, stop: () => Promise<void>): Promise<McpClient> {
  let last = 0;
  const ask = async (method: string, params: object): Promise<Message> => {
    const id = ++last;
    const answer = await send({ jsonrpc: '2.0', id, method, params }, id);
    if (answer === null) throw new Error(`MCP ${method}: expected an answer, got none`);
    return answer;
  };
  const result = async (method: string, params: object): Promise<unknown> => {
    const answer = await ask(method, params);
    if (answer.error !== undefined) throw new Error(`MCP ${method}: expected a result, got ${JSON.stringify(answer.error)}`);
    return answer.result;
  };
  try {
    await result('initialize', { protocolVersion: PROTOCOL, capabilities: {}, clientInfo: { name: 'crosscheck', version: '0' } });
    await send({ jsonrpc: '2.0', method: 'notifications/initialized' }, null);
    const tools: Tool[] = [];
    let cursor: string | null | undefined;
    do {
      const page = toolList.parse(await result('tools/list', cursor ? { cursor } : {}));
      tools.push(...page.tools);
      cursor = page.nextCursor;
    } while (cursor);
    return {
      tools,
      async call(tool, parameters) {
        const answer = await ask('tools/call', { name: tool, arguments: parameters });
        if (answer.error !== undefined) return { isError: true, value: answer.error };
        const { isError, structuredContent, content } = toolAnswer.parse(answer.result);
        const text = (content ?? []).map((part) => part.text ?? '').join('');
        return { isError: isError === true, value: unwrap(structuredContent) ?? parseJson(text) ?? text };
      },
      async read(uri) {
        const answer = await ask('resources/read', { uri });
        if (answer.error !== undefined) return { isError: true, value: answer.error };
        const text = resource
          .parse(answer.result)
          .contents.map((part) => part.text ?? '')
          .join('');
        return { isError: false, value: parseJson(text) ?? text };
      },
      [Symbol.asyncDispose]: stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Server {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<string>;
  log(): string;
  stop(): Promise<void>;
}

function spawnGroup([program, ...args]: readonly [string, ...string[]], env: Readonly<Record<string, string>>, cwd: string): Server {
  const child = spawn(program, args, { cwd, env, stdio: 'pipe', detached: true });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-6_000);
  });
  // Writing to a server that has gone fails here; its end is reported by `ended`.
  child.stdin.on('error', () => undefined);
  const ended = Promise.race([
    once(child, 'exit').then(([code, signal]) => String(signal ?? code)),
    once(child, 'error').then(([error]) => String(error)),
  ]);
  const kill = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // The whole group has gone by itself.
    }
  };
  process.once('exit', kill);
  return {
    child,
    ended,
    log: () => log,
    async stop() {
      process.off('exit', kill);
      kill();
      await ended;
    },
  };
}

/** Waits until the server's health route answers 200, at most ANSWER_MS; says what it saw last. */
async function healthy(url: string, server: Server): Promise<void> {
  let gone: string | null = null;
  void server.ended.then((how) => {
    gone = how;
  });
  const deadline = Date.now() + ANSWER_MS;
  let last = 'nothing';
  for (let pause = 50; Date.now() < deadline && gone === null; pause = Math.min(pause * 2, 500)) {
    try {
      const answer = await fetch(url);
      await answer.arrayBuffer();
      if (answer.status === 200) return;
      last = String(answer.status);
    } catch (error) {
      last = error instanceof Error ? String(error.cause ?? error.message) : String(error);
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  throw new Error(
    `${url}: expected 200 within ${ANSWER_MS} ms, got ${gone === null ? last : `the end of the server (${gone})`}: ${server.log()}`,
  );
}

async function within<T>(work: Promise<T>, log: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`MCP server: expected an answer within ${ANSWER_MS} ms, got none: ${log()}`)), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** JSON-RPC messages of a body that is JSON or an event stream. */
function messagesIn(text: string): Message[] {
  const parts = text.trimStart().startsWith('{')
    ? [text]
    : text
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5));
  return parts.flatMap((part) => {
    const parsed = message.safeParse(parseJson(part));
    return parsed.success ? [parsed.data] : [];
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** FastMCP puts the answer of a tool with several result types below `result`. */
function unwrap(content: unknown): unknown {
  const keys = typeof content === 'object' && content !== null ? Object.keys(content) : [];
  return keys.length === 1 && keys[0] === 'result' ? (content as { result: unknown }).result : content;
}
