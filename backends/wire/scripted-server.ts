/** A real server on loopback that answers as a test says; for the tests of the wire. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createServer as createRawServer, type Socket } from 'node:net';

export interface ScriptedServer extends AsyncDisposable {
  readonly origin: string;
  /** What was asked, in order: `METHOD /path` and the body. */
  readonly seen: { readonly line: string; readonly headers: IncomingMessage['headers']; readonly body: string }[];
}

type Script = (request: IncomingMessage & { readonly text: string }, response: ServerResponse) => void;

/** Speaks HTTP, or with a key and a certificate HTTPS; `script` answers once the body of a request was read. */
export async function scriptedServer(script: Script, tls?: { readonly key: string; readonly cert: string }): Promise<ScriptedServer> {
  const seen: ScriptedServer['seen'] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      seen.push({ line: `${request.method} ${request.url}`, headers: request.headers, body: text });
      script(Object.assign(request, { text }), response);
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  const address = await listen(server);
  return {
    origin: `${tls ? 'https' : 'http'}://localhost:${address}`,
    seen,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Speaks whatever `script` writes to the socket. */
export async function rawServer(script: (socket: Socket) => void): Promise<{ readonly origin: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    script(socket);
  });
  const port = await listen(server);
  return {
    origin: `http://localhost:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: ReturnType<typeof createRawServer> | ReturnType<typeof createServer>): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });
}
