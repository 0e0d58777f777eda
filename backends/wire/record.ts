/** Turns what passed a door into records without secrets. */

import type { Redactor } from '../../reports/redaction.ts';
import type { Finding } from '../../schemas/finding.ts';
import type { WireRequest } from './door.ts';
import type { Exchange } from './exchange.ts';

/** Most of a body that is kept, bytes. */
export const KEPT_BYTES = 64 * 1024;

/** Read beyond what is kept, so that a secret across the cut is seen whole; longer than any secret. */
const MARGIN = 16 * 1024;

/** What was seen of a body: its first bytes and its whole length. */
export interface SeenBody {
  readonly head: Uint8Array;
  readonly bytes: number;
}

/** Collects the beginning of a body as it passes. */
export function bodyWitness(): { saw(chunk: Uint8Array): void; seen(): SeenBody } {
  const chunks: Uint8Array[] = [];
  let kept = 0;
  let bytes = 0;
  return {
    saw(chunk) {
      bytes += chunk.length;
      if (kept >= KEPT_BYTES + MARGIN) return;
      // A copy, since a slice would keep the whole chunk in memory.
      const part = Buffer.from(chunk.subarray(0, KEPT_BYTES + MARGIN - kept));
      chunks.push(part);
      kept += part.length;
    },
    seen: () => ({ head: Buffer.concat(chunks), bytes }),
  };
}

/** What was seen of a body that is at hand whole. */
export function seenWhole(body: string | Uint8Array | undefined): SeenBody {
  if (body === undefined) return { head: new Uint8Array(0), bytes: 0 };
  const whole = typeof body === 'string' ? Buffer.from(body) : body;
  return { head: whole.subarray(0, KEPT_BYTES + MARGIN), bytes: whole.length };
}

/** Everything about an exchange that has ended. */
export interface Ended {
  readonly id: number;
  readonly retryOf: number | null;
  readonly cause: string | null;
  readonly request: WireRequest;
  readonly sent: SeenBody;
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: SeenBody } | null;
  readonly error: string | null;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly findings: readonly Finding[];
}

/** The record of an exchange, redacted. */
export function recordOf(ended: Ended, redactor: Redactor): Exchange {
  const { request, response } = ended;
  return {
    id: ended.id,
    retryOf: ended.retryOf,
    protocol: request.protocol,
    operation: redactor.text(request.operation),
    cause: ended.cause,
    request: {
      method: request.method,
      url: redactor.url(request.url),
      headers: redactor.headers(request.headers),
      body: textOf(ended.sent, redactor),
      bytes: ended.sent.bytes,
    },
    response: response && {
      status: response.status,
      headers: redactor.headers(response.headers),
      body: textOf(response.body, redactor),
      bytes: response.body.bytes,
    },
    error: ended.error === null ? null : redactor.text(ended.error),
    startedAt: ended.startedAt,
    durationMs: ended.durationMs,
    findings: ended.findings.map((finding) => ({
      ...finding,
      message: redactor.text(finding.message),
      path: finding.path === null ? null : redactor.text(finding.path),
    })),
  };
}

/** A record once more, for a secret that was learnt after it was made. */
export function redactAgain(exchange: Exchange, redactor: Redactor): Exchange {
  const { request, response } = exchange;
  return {
    ...redactor.json({ ...exchange, request: null, response: null }),
    request: { ...redactor.json({ ...request, headers: {} }), headers: redactor.headers(request.headers) },
    response: response && { ...redactor.json({ ...response, headers: {} }), headers: redactor.headers(response.headers) },
  };
}

/** Null for an empty body and for bytes that are no text. */
function textOf(body: SeenBody, redactor: Redactor): string | null {
  if (body.bytes === 0) return null;
  const cut = body.bytes > body.head.length;
  let text: string;
  try {
    // A character may be cut in two at the end of the head, which `stream` allows.
    text = new TextDecoder('utf-8', { fatal: true }).decode(body.head, { stream: cut });
  } catch {
    return null;
  }
  if (text.includes('\0')) return null;
  const redacted = redactor.text(text);
  // The end of a cut body may be half a secret, which nothing recognises: as much as the longest secret goes with it.
  const safe = cut ? redacted.slice(0, Math.max(0, redacted.length - MARGIN)) : redacted;
  return safe.length > KEPT_BYTES ? safe.slice(0, KEPT_BYTES) : safe;
}
