/** A proxy before one server: forwards everything as it is, and hands a copy of what was GraphQL to whoever judges it. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { Agent } from 'undici';
import type { Contract } from '../../../schemas/contract.ts';
import { bodyTap, type Room, roomOf } from './body-tap.ts';
import { forward, sayError } from './forward.ts';
import type { PassedBody, PassedExchange } from './passed-exchange.ts';
import { refusalOf } from './refusal.ts';
import { takeBody } from './take-body.ts';
import { tunnel } from './tunnel.ts';

export interface ProxySettings {
  /** The server; a path names the one where GraphQL is spoken, besides those that end in `/graphql`. */
  readonly to: URL;
  /** Address to listen on, and port; 0 for a free one. */
  readonly host: string;
  readonly port: number;
  /** What requests are refused by before they are forwarded; null forwards all. */
  readonly refuseBy: Contract | null;
  /** Most bytes of one body that are kept to be judged. */
  readonly bodyLimit: number;
  /** Most bytes of all bodies under way or not yet judged. */
  readonly roomLimit: number;
  /** Called once an exchange has ended; gives the room of its bodies back by `done` when it is dealt with. */
  readonly passed: (passed: PassedExchange) => void;
}

export interface ContractProxy extends AsyncDisposable {
  /** Where it listens, without a slash at the end. */
  readonly url: string;
  /** So many bytes of bodies were dealt with. */
  done(bytes: number): void;
}

/** Pooled clients must not meet a connection that is just being closed, so the client closes it. */
const KEEP_ALIVE_MS = 600_000;
/** Bytes of the headers of one message: what is too long for a server is its own to say, and few take as much. */
const HEADERS = 256 * 1024;
/** A slow upload is no attack here, and what a request must have is for the server to demand. */
const AS_IT_COMES = { requestTimeout: 0, requireHostHeader: false } as const;
/** Exchanges under way get as long to end when the proxy does. */
const ENDING_MS = 1_000;

/** Listens and forwards. Rejects when it cannot listen. */
export async function openProxy(settings: ProxySettings): Promise<ContractProxy> {
  const agent = new Agent({ headersTimeout: 0, bodyTimeout: 0, connections: null, allowH2: false, maxHeaderSize: HEADERS });
  const room = roomOf(settings.roomLimit);
  const sockets = new Set<Socket>();
  let last = 0;
  const begin = (request: IncomingMessage, kind: PassedExchange['kind']) => {
    const id = ++last;
    const [startedAt, clock] = [Date.now(), performance.now()];
    return (body: PassedBody, rest: Pick<PassedExchange, 'response' | 'error' | 'refused'>) =>
      settings.passed({
        id,
        kind,
        startedAt,
        durationMs: performance.now() - clock,
        request: { method: request.method ?? '', url: `${settings.to.origin}${request.url}`, headers: request.rawHeaders, body },
        ...rest,
      });
  };
  const server = createServer({ ...AS_IT_COMES, maxHeaderSize: HEADERS, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const kind = isGraphqlPath(settings.to, request.url ?? '') ? 'graphql' : 'other';
    pass(request, response, { agent, room, settings, kind, end: begin(request, kind) });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const end = begin(request, 'socket');
    // What became a socket of another protocol is no connection of the server's any more.
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    tunnel(request, socket, head, settings.to, ({ status, reason, headers, error }) =>
      end(NO_BODY(), { response: status === null ? null : { status, reason, headers, body: NO_BODY() }, error, refused: null }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(settings.port, settings.host, resolve));
  const { address, port, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`,
    done: (bytes) => room.give(bytes),
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      const timer = setTimeout(() => {
        server.closeAllConnections();
        for (const socket of sockets) socket.destroy();
      }, ENDING_MS);
      await closed;
      clearTimeout(timer);
      await agent.destroy();
    },
  };
}

const NO_BODY = (): PassedBody => ({ kept: new Uint8Array(0), complete: true, leftOut: null, bytes: 0 });

function isGraphqlPath(to: URL, url: string): boolean {
  const at = url.indexOf('?');
  const path = at < 0 ? url : url.slice(0, at);
  return path.endsWith('/graphql') || path.endsWith('/graphql/') || (to.pathname !== '/' && path === to.pathname);
}

interface Passing {
  readonly agent: Agent;
  readonly room: Room;
  readonly settings: ProxySettings;
  readonly kind: 'graphql' | 'other';
  readonly end: (body: PassedBody, rest: Pick<PassedExchange, 'response' | 'error' | 'refused'>) => void;
}

function pass(request: IncomingMessage, response: ServerResponse, { agent, room, settings, kind, end }: Passing): void {
  const limit = kind === 'graphql' ? settings.bodyLimit : 0;
  const [question, answer] = [bodyTap(limit, room), bodyTap(limit, room)];
  if (!request.url?.startsWith('/')) {
    sayError(response, 400, [{ message: `crosscheck contract proxy: expected a path, got ${request.url}; it stands before one server` }]);
    end(question.passed(), { response: null, error: 'a request for no path of the server', refused: null });
    return;
  }
  let taken = false;
  response.once('close', () => {
    if (!taken) end(question.passed(), { response: null, error: 'the client went before the end of its request', refused: null });
  });
  const refuseBy = kind === 'graphql' ? settings.refuseBy : null;
  takeBody(request, refuseBy === null ? 0 : settings.bodyLimit, question, (body) => {
    taken = true;
    if (refuseBy !== null) {
      const seen = question.passed();
      const parts = { method: request.method ?? '', url: request.url ?? '', headers: request.rawHeaders };
      const refusal = attemptRefusal(refuseBy, parts, seen);
      if (refusal !== null) {
        sayError(response, 400, refusal.errors, refusal.type);
        end(seen, { response: null, error: null, refused: refusal.findings });
        return;
      }
    }
    forward(request, response, {
      dispatcher: agent,
      server: settings.to,
      body,
      answer,
      ended: ({ head, error }) => {
        const response = head && { ...head, body: answer.passed() };
        end(question.passed(), { response, error, refused: null });
      },
    });
  });
}

/** What a judge breaks down over, a document deeper than a stack perhaps, is forwarded as what cannot be judged is; the clerk says so. */
function attemptRefusal(...[contract, request, body]: Parameters<typeof refusalOf>): ReturnType<typeof refusalOf> {
  try {
    return refusalOf(contract, request, body);
  } catch {
    return null;
  }
}
