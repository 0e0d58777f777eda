/**
 * Bystanders between a client and the servers of a target: one small HTTP server before each origin, that records GraphQL and may change an answer.
 * Origins in answers become the bystanders' own, so that a client that follows them stays on this way.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Contract } from '../../schemas/contract.ts';
import { judgeDocument } from '../../schemas/judge-document.ts';
import { judgeResponse } from '../../schemas/judge-response.ts';
import { judgeVariables } from '../../schemas/judge-variables.ts';

/** A GraphQL request that came by, and what is wrong with it or with its answer by the schema. */
export interface SeenGraphql {
  readonly document: string;
  readonly variables: unknown;
  readonly status: number;
  readonly answer: unknown;
  readonly findings: readonly string[];
}

/** What the bystanders do besides passing on. */
export interface ProxyOptions {
  /** Judges what comes by; nothing is judged when absent. */
  readonly contract?: Contract;
  /** Changes the parsed answer of a GraphQL request in place. */
  readonly edit?: (answer: unknown) => void;
}

/** The bystanders, listening. */
export interface OriginProxy extends AsyncDisposable {
  /** The same URL by way of the bystander; unchanged when its origin has none. */
  via(url: string): string;
  /** GraphQL that came by since it was asked last. */
  takeSeen(): readonly SeenGraphql[];
}

/** Puts a bystander before each origin. */
export async function openOriginProxy(urls: readonly string[], options: ProxyOptions = {}): Promise<OriginProxy> {
  const origins = [...new Set(urls.map((url) => new URL(url).origin))];
  const mine = new Map<string, string>();
  let seen: SeenGraphql[] = [];
  const translate = (text: string) => [...mine].reduce((out, [theirs, ours]) => out.replaceAll(theirs, ours), text);
  const servers = origins.map((origin) =>
    createServer((request, response) => {
      pass(request, response, origin, translate, options, (one) => seen.push(one)).catch((error: Error) => {
        if (!response.headersSent) response.writeHead(502);
        response.end(error.message);
      });
    }),
  );
  for (const [i, server] of servers.entries()) {
    // As of the servers behind it: a pooled client must not meet a connection that is just being closed.
    server.keepAliveTimeout = 600_000;
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
    mine.set(origins[i] ?? '', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }
  return {
    via: translate,
    takeSeen() {
      const taken = seen;
      seen = [];
      return taken;
    },
    async [Symbol.asyncDispose]() {
      for (const server of servers) {
        const closed = new Promise((resolve) => server.close(resolve));
        server.closeAllConnections();
        await closed;
      }
    },
  };
}

const NOT_PASSED = /^(host|connection|keep-alive|transfer-encoding|content-length|content-encoding|accept-encoding|expect)$/i;

async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  origin: string,
  translate: (text: string) => string,
  { contract, edit }: ProxyOptions,
  see: (one: SeenGraphql) => void,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const asked = Buffer.concat(chunks);
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (!NOT_PASSED.test(name) && value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const answer = await fetch(`${origin}${request.url}`, {
    method: request.method ?? 'GET',
    headers,
    redirect: 'manual',
    ...(asked.length > 0 && { body: asked }),
  });
  let body: Buffer = Buffer.from(await answer.arrayBuffer());
  const question = /\/graphql$/.test(new URL(request.url ?? '/', origin).pathname) ? readQuestion(asked) : null;
  if (question !== null) {
    const parsed = parseJson(body.toString());
    edit?.(parsed);
    if (edit !== undefined) body = Buffer.from(JSON.stringify(parsed));
    see({ ...question, status: answer.status, answer: parsed, findings: contract === undefined ? [] : judge(contract, question, parsed) });
  }
  if (/json|text/.test(answer.headers.get('content-type') ?? '')) body = Buffer.from(translate(body.toString()));
  const out: Record<string, string | string[]> = {};
  for (const [name, value] of answer.headers) if (!NOT_PASSED.test(name)) out[name] = translate(value);
  const cookies = answer.headers.getSetCookie();
  if (cookies.length > 0) out['set-cookie'] = cookies;
  response.writeHead(answer.status, { ...out, 'content-length': String(body.length) }).end(body);
}

interface Question {
  readonly document: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | null;
}

function readQuestion(body: Buffer): Question | null {
  const parsed = parseJson(body.toString()) as { query?: unknown; variables?: unknown; operationName?: unknown } | null;
  if (parsed === null || typeof parsed.query !== 'string') return null;
  const { query, variables, operationName } = parsed;
  return {
    document: query,
    variables: typeof variables === 'object' && variables !== null ? (variables as Record<string, unknown>) : {},
    operationName: typeof operationName === 'string' ? operationName : null,
  };
}

function judge(contract: Contract, { document, variables, operationName }: Question, answer: unknown): string[] {
  const inDocument = judgeDocument(contract, document).filter(({ severity }) => severity === 'error');
  const findings =
    inDocument.length > 0
      ? inDocument
      : [
          ...judgeVariables(contract, document, operationName, variables),
          ...judgeResponse(contract, document, operationName, variables, answer),
        ];
  return findings
    .filter(({ severity }) => severity === 'error')
    .map(({ subject, rule, path, message }) => `${subject} ${rule}${path === null ? '' : ` at ${path}`}: ${message}`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
