/** Lets a client and the server change to another protocol (WebSocket): from then on bytes go both ways unread. */
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { detailsOf, failureOf, wireError } from '../wire-failure.ts';
import { forwardedHeaders } from './forwarded-headers.ts';

export interface Tunnelled {
  readonly status: number | null;
  readonly reason: string;
  readonly headers: readonly string[];
  readonly error: string | null;
}

/** Asks the server for the change and joins both sockets when it agrees; else hands its answer back. `ended` is called once, when both are closed. */
export function tunnel(request: IncomingMessage, client: Duplex, first: Buffer, server: URL, ended: (how: Tunnelled) => void): void {
  let how: Tunnelled = { status: null, reason: '', headers: [], error: null };
  const headers = forwardedHeaders(request.rawHeaders, ['host']);
  const asked = (server.protocol === 'https:' ? requestHttps : requestHttp)({
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: server.port || (server.protocol === 'https:' ? 443 : 80),
    method: request.method,
    path: request.url,
    setHost: false,
    headers: ['Host', server.host, ...headers, 'Connection', 'Upgrade', 'Upgrade', request.headers.upgrade ?? ''],
    agent: false,
  });
  client.on('error', () => asked.destroy());
  client.once('close', () => {
    asked.destroy();
    ended(how);
  });
  asked.on('upgrade', (answer, socket, head) => {
    how = headOf(answer);
    client.write(`${firstLines(answer, answer.rawHeaders)}\r\n`, 'latin1');
    if (head.length > 0) client.write(head);
    if (first.length > 0) socket.write(first);
    socket.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.on('close', () => socket.destroy());
    socket.pipe(client).pipe(socket);
  });
  asked.on('response', (answer) => {
    how = headOf(answer);
    client.write(`${firstLines(answer, forwardedHeaders(answer.rawHeaders))}Connection: close\r\n\r\n`, 'latin1');
    answer.pipe(client);
  });
  asked.on('error', (error) => {
    const message = wireError(failureOf(error, false), server.origin, detailsOf(error), error).message;
    if (how.status === null) {
      const body = JSON.stringify({ errors: [{ message, extensions: { code: 'BAD_GATEWAY' } }] });
      client.write(`HTTP/1.1 502 Bad Gateway\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n`);
      client.write(`Connection: close\r\n\r\n${body}`);
    }
    how = { ...how, error: message };
    client.end();
  });
  asked.end();
}

const headOf = (answer: IncomingMessage): Tunnelled => ({
  status: answer.statusCode ?? 0,
  reason: answer.statusMessage ?? '',
  headers: answer.rawHeaders,
  error: null,
});

function firstLines(answer: IncomingMessage, headers: readonly string[]): string {
  let text = `HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}\r\n`;
  for (let index = 0; index + 1 < headers.length; index += 2) text += `${headers[index]}: ${headers[index + 1]}\r\n`;
  return text;
}
