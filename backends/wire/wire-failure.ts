/** Tells the ways apart in which a request can end without a whole answer. */
import { errors } from 'undici';
import { WireError, type WireFailure } from './door.ts';

const CONNECT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'EADDRNOTAVAIL',
  'EACCES',
]);
const RESET = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_ABORTED',
  'UND_ERR_DESTROYED',
  'UND_ERR_CLOSED',
]);
const TLS = /^(ERR_TLS_|ERR_SSL_|CERT_|CRL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH_|EPROTO)/;

const SAYS: Readonly<Record<WireFailure, string>> = {
  refused: 'expected a request that the target allows, got one that it does not',
  connect: 'expected a connection, got none',
  reset: 'expected a whole answer, got an end of the connection before it',
  timeout: 'expected an answer before the deadline, got none',
  tls: 'expected a certificate that is trusted, got another',
  'too-large': 'expected a body within the limit, got a larger one',
  proxy: 'expected the proxy to carry the request, got an error from it',
  'not-http': 'expected an HTTP answer, got something else',
};

/** Says in words which failure it was, after the URL (redacted by the caller): `what: expected X, got Y (details)`. */
export function wireError(failure: WireFailure, url: string, details: string, cause?: unknown): WireError {
  return new WireError(failure, url, `${url}: ${SAYS[failure]}${details ? ` (${details})` : ''}`, { cause });
}

/** True for a request that undici does not take: nothing was sent, and nobody but the harness is to blame. */
export function isMistake(error: unknown): boolean {
  return error instanceof errors.InvalidArgumentError || error instanceof errors.NotSupportedError;
}

/** Which failure an error of undici or of a socket is; `proxied` when the request went through a proxy. */
export function failureOf(error: unknown, proxied: boolean): WireFailure {
  const codes = codesOf(error);
  const has = (test: (code: string) => boolean) => codes.some(test);
  if (has((code) => code.startsWith('UND_ERR_PRX_'))) return 'proxy';
  if (proxied && textOf(error).includes('HTTP Tunneling')) return 'proxy';
  if (has((code) => TLS.test(code))) return 'tls';
  if (error instanceof errors.HTTPParserError || has((code) => code.startsWith('HPE_'))) return 'not-http';
  if (has((code) => CONNECT.has(code))) return proxied ? 'proxy' : 'connect';
  if (has((code) => RESET.has(code))) return 'reset';
  return proxied ? 'proxy' : 'reset';
}

/** The error's own short words: its code, or its message. */
export function detailsOf(error: unknown): string {
  const codes = codesOf(error);
  const text = textOf(error);
  return [...new Set([...codes, text])].filter(Boolean).join(': ');
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Codes of the error, of those it holds (both families of an address were tried) and of its causes. */
function codesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const inner = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...inner, ...codesOf(error.cause)];
}
