/** Sessions of the platform backend, and one server in place of registry and catalog that answers as a test says. */
import type { IncomingHttpHeaders } from 'node:http';
import { SignJWT } from 'jose';
import type { ClientSettings, QuiltOps } from '../quilt-ops.ts';
import { toQuiltOps } from '../quilt-ops.ts';
import type { Door } from '../wire/door.ts';
import { openDoor } from '../wire/open-door.ts';
import { scriptedServer } from '../wire/scripted-server.ts';
import { platform } from './platform.ts';

export interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Name of the GraphQL operation; '' where there is none. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** `data` alone is a GraphQL success; any other body is sent as JSON unless it is text. */
export type Scripted =
  | { readonly data: unknown }
  | { readonly status: number; readonly body: unknown; readonly headers?: Readonly<Record<string, string>> };

export interface Scene extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly Asked[];
  open(settings: ClientSettings): Promise<{ readonly ops: QuiltOps; readonly door: Door }>;
}

/** Starts the server; the sessions that it opens may speak to nobody else. */
export async function scripted(answer: (asked: Asked) => Scripted): Promise<Scene> {
  const asked: Asked[] = [];
  const server = await scriptedServer((request, response) => {
    const { text, url, headers: sent } = request;
    const { operationName = '', variables = {} } = text.startsWith('{') ? JSON.parse(text) : {};
    const one = { path: url ?? '', headers: sent, body: text, operation: operationName, variables };
    asked.push(one);
    const said = answer(one);
    const { status, body, headers = {} } = 'data' in said ? { status: 200, body: said } : said;
    response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const doors: Door[] = [];
  return {
    url: server.origin,
    asked,
    async open(settings) {
      const door = openDoor({ origins: [server.origin], writes: 'namespace', deadlineMs: 5_000, bodyLimit: 1e7 }, null);
      doors.push(door);
      const { operations } = await platform.open(settings, door);
      return { door, ops: toQuiltOps((operation, params) => (operations[operation] as (params: unknown) => Promise<unknown>)(params)) };
    },
    async [Symbol.asyncDispose]() {
      for (const door of doors) await door[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A token with these claims, good for an hour unless they say otherwise, signed with this secret. */
export function tokenOf(claims: Readonly<Record<string, unknown>> = {}, secret = 'a secret of thirty-two bytes or so'): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) + 3_600;
  return new SignJWT({ sub: 'u', exp, ...claims }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}
