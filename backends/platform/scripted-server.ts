/** A server that answers as a test tells it, and a session of the platform backend that speaks to it alone. */
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT } from 'jose';
import type { ClientSettings, QuiltOps } from '../quilt-ops.ts';
import { toQuiltOps } from '../quilt-ops.ts';
import type { Door } from '../wire/door.ts';
import { openDoor } from '../wire/open-door.ts';
import { platform } from './platform.ts';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Name of the GraphQL operation; '' where there is none. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** A status and a body, JSON unless it is text; `data` alone is a GraphQL success. */
export type Scripted =
  | { readonly data: unknown }
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

export interface Scene extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  open(settings: ClientSettings): Promise<{ readonly ops: QuiltOps; readonly door: Door }>;
}

/** Starts the server on a port of the system's choice. */
export async function scripted(answer: (asked: Asked) => Scripted): Promise<Scene> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    const json = body.startsWith('{') ? JSON.parse(body) : {};
    const one: Asked = {
      path: request.url ?? '',
      headers: request.headers,
      body,
      operation: json.operationName ?? '',
      variables: json.variables ?? {},
    };
    asked.push(one);
    const said = answer(one);
    const { status, body: text, headers } = 'data' in said ? { status: 200, body: said, headers: {} } : { headers: {}, ...said };
    response.writeHead(status, headers).end(typeof text === 'string' ? text : JSON.stringify(text));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const doors: Door[] = [];
  return {
    url,
    asked,
    async open(settings) {
      const door = openDoor({ origins: [url], writes: 'namespace', deadlineMs: 5_000, bodyLimit: 1e7 }, null);
      doors.push(door);
      const { operations } = await platform.open(settings, door);
      return { door, ops: toQuiltOps((operation, params) => (operations[operation] as (params: unknown) => Promise<unknown>)(params)) };
    },
    async [Symbol.asyncDispose]() {
      for (const door of doors) await door[Symbol.asyncDispose]();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A token with these claims, good for an hour unless they say otherwise, signed with this secret. */
export function tokenOf(claims: Readonly<Record<string, unknown>> = {}, secret = 'a secret of thirty-two bytes or so'): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  return new SignJWT({ sub: 'u', exp, ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}
