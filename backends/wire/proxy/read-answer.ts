/** Reads the GraphQL responses that an HTTP answer holds: one, a list of a batch, the parts of a multipart answer, or the events of a stream. */
import { isRecord } from '../../../schemas/value-kind.ts';
import { decodeBody } from './decode-body.ts';
import { assemble } from './incremental.ts';
import { headerOf, type PassedExchange } from './passed-exchange.ts';
import { parseJson } from './read-question.ts';

/** `each` holds whole responses of one operation (a subscription has many); `list` what a batch was answered. */
export type Answered =
  | { readonly kind: 'each'; readonly responses: readonly unknown[] }
  | { readonly kind: 'list'; readonly responses: readonly unknown[] }
  | { readonly kind: 'none'; readonly notJudged: string };

const none = (why: string): Answered => ({ kind: 'none', notJudged: `answer: ${why}` });

/** What came back, or why it cannot be judged. Never throws. */
export function readAnswer({ response, error, request }: PassedExchange): Answered {
  if (response === null) return none('none came');
  if (response.body.leftOut !== null) return none(response.body.leftOut);
  if (error !== null) return none('broken off');
  if (request.method === 'HEAD') return none('has no body');
  const decoded = decodeBody(response.body.kept, headerOf(response.headers, 'content-encoding'));
  if ('trouble' in decoded) return none(decoded.trouble);
  const header = headerOf(response.headers, 'content-type') ?? '';
  const type = header.split(';')[0]?.trim().toLowerCase() ?? '';
  const text = decoded.bytes.toString('utf8');
  if (type === 'multipart/mixed') return ofPayloads(partsOf(text, boundaryOf(header)));
  if (type === 'text/event-stream') return ofPayloads(eventsOf(text));
  const parsed = parseJson(text);
  if (Array.isArray(parsed)) return { kind: 'list', responses: parsed };
  // With a status of no success an answer need be no GraphQL: a gateway's, a missing route's.
  if (response.status > 299 && !(isRecord(parsed) && ('data' in parsed || 'errors' in parsed)))
    return none(`HTTP ${response.status}, no GraphQL`);
  if (parsed === undefined) return none(/json/.test(type) ? 'not JSON' : `content type ${type.slice(0, 60) || 'not said'}`);
  return { kind: 'each', responses: [parsed] };
}

function ofPayloads(texts: readonly string[]): Answered {
  const payloads = texts.map(parseJson);
  if (payloads.length === 0) return none('a stream of nothing');
  if (payloads.includes(undefined)) return none('a stream that is not all JSON');
  // The protocol "GraphQL over SSE" in its single connection mode wraps what may belong to other requests.
  if (payloads.some((one) => isRecord(one) && 'payload' in one && !('data' in one))) return none('a stream for many requests');
  if (!payloads.some((one) => isRecord(one) && 'hasNext' in one)) return { kind: 'each', responses: payloads };
  const whole = assemble(payloads);
  return whole === null ? none('incremental delivery that cannot be put together') : { kind: 'each', responses: [whole] };
}

function boundaryOf(header: string): string {
  const [, quoted, bare] = /boundary=(?:"([^"]{1,200})"|([^;\s]{1,200}))/i.exec(header) ?? [];
  return quoted ?? bare ?? '-';
}

/** Bodies of the parts (RFC 2046, 5.1.1); what stands before the first and after the last is no part. */
function partsOf(text: string, boundary: string): readonly string[] {
  const pieces = `\r\n${text}`.split(`\n--${boundary}`).slice(1);
  const last = pieces.findIndex((piece) => piece.startsWith('--'));
  return pieces.slice(0, last < 0 ? pieces.length : last).flatMap((piece) => {
    const body = /\r?\n\r?\n([\s\S]*)$/.exec(piece)?.[1]?.trim() ?? '';
    return body === '' ? [] : [body];
  });
}

/** Data of the events (HTML, 9.2.6); comments and events without data, such as `complete`, hold none. */
function eventsOf(text: string): readonly string[] {
  return text.split(/\r\n\r\n|\n\n|\r\r/).flatMap((event) => {
    const data = event.split(/\r\n|\n|\r/).flatMap((line) => (line.startsWith('data:') ? [line.slice(5).replace(/^ /, '')] : []));
    const joined = data.join('\n').trim();
    return joined === '' ? [] : [joined];
  });
}
