/** JSON over HTTP through the door: the registry's REST routes and the catalog's config. */
import { type ErrorDetail, QuiltError } from '../errors.ts';
import { type Door, WireError } from './door.ts';
import type { Protocol } from './exchange.ts';
import { classOfStatus } from './http-errors.ts';

export interface RestRequest {
  readonly url: string;
  /** `GET` when absent. */
  readonly method?: string;
  /** `METHOD /path` when absent. */
  readonly operation?: string;
  /** `rest` when absent. */
  readonly protocol?: Extract<Protocol, 'rest' | 'catalog'>;
  /** Bearer token. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as a form. */
  readonly form?: Readonly<Record<string, string>>;
  /** True for GET and HEAD when absent. */
  readonly reads?: boolean;
  readonly deadlineMs?: number;
}

export interface RestAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly json: unknown;
  /** Number of the recorded exchange. */
  readonly exchange: number;
}

/** An answer that is no success, or is no JSON where JSON was due; `text` is the server's own message or the body's first bytes. */
export class RestError extends Error {
  override readonly name = 'RestError';
  readonly url: string;
  readonly status: number;
  /** The status as text, or `broken-body` for a success that is no JSON. */
  readonly code: string;
  readonly text: string;

  constructor(url: string, status: number, code: string, message: string, text: string) {
    super(message);
    this.url = url;
    this.status = status;
    this.code = code;
    this.text = text;
  }
}

/** Asks once. Throws WireError when no whole answer came, RestError when it is no success (2xx) or no JSON. Never follows a redirect. */
export async function restJson(door: Door, request: RestRequest): Promise<RestAnswer> {
  const { status, headers, body, exchange } = await restSend(door, request);
  const text = Buffer.from(body).toString();
  const parsed = parseJson(text);
  if (status < 200 || status > 299) {
    const said = parsed && messageOf(parsed.value);
    const where = headers['location'] ? ` to ${headers['location']}` : '';
    throw new RestError(
      request.url,
      status,
      String(status),
      `${request.url}: expected 2xx, got ${status}${where}${said ? `: ${said}` : ''}`,
      said || firstBytes(text),
    );
  }
  if (!parsed) {
    const type = headers['content-type'] ?? 'no content type';
    throw new RestError(
      request.url,
      status,
      'broken-body',
      `${request.url}: expected JSON, got ${type} beginning ${JSON.stringify(firstBytes(text))}`,
      firstBytes(text),
    );
  }
  return { status, headers, json: parsed.value, exchange };
}

/** Asks once and gives the answer as it is, redirects and errors included. Throws WireError. */
export function restSend(door: Door, request: RestRequest) {
  const method = request.method ?? 'GET';
  if (request.token) door.learnSecret(request.token);
  const body = request.json !== undefined ? JSON.stringify(request.json) : request.form && new URLSearchParams(request.form).toString();
  const type = request.json !== undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  return door.request({
    protocol: request.protocol ?? 'rest',
    operation: request.operation ?? `${method} ${new URL(request.url).pathname}`,
    method,
    url: request.url,
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': type }),
      ...(request.token && { authorization: `Bearer ${request.token}` }),
      ...request.headers,
    },
    ...(body !== undefined && { body }),
    reads: request.reads ?? (method === 'GET' || method === 'HEAD'),
    ...(request.deadlineMs !== undefined && { deadlineMs: request.deadlineMs }),
  });
}

/** The error of QuiltOps that a failed `restJson` is; anything but WireError and RestError is thrown on. */
export function restToQuiltError(operation: string, error: unknown, detail: ErrorDetail = {}): QuiltError {
  if (error instanceof WireError)
    return new QuiltError('BackendError', operation, error.message, { ...detail, code: error.failure }, { cause: error });
  if (!(error instanceof RestError)) throw error;
  const name = error.code === 'broken-body' ? 'BackendError' : classOfStatus(error.status);
  return new QuiltError(
    name,
    operation,
    error.message,
    { ...detail, code: error.code, ...(error.text && { text: error.text }) },
    { cause: error },
  );
}

function parseJson(text: string): { readonly value: unknown } | null {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return null;
  }
}

/** The server's own words: `message`, `error`, `error_description` or `detail` of its JSON. */
function messageOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return '';
  for (const [name, member] of Object.entries(value)) {
    if (/^(message|error_description|error|detail)$/i.test(name) && typeof member === 'string') return member;
  }
  return '';
}

function firstBytes(text: string): string {
  return text.slice(0, 80).trim();
}
