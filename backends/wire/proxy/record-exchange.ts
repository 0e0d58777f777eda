/** Makes the record of an exchange that went by: without secrets, by name and by value. */
import type { Redactor } from '../../../reports/redaction.ts';
import type { Exchange } from '../exchange.ts';
import { KEPT_BYTES, recordOf, type SeenBody } from '../record.ts';
import { decodeBody } from './decode-body.ts';
import type { Judgement } from './judge-exchange.ts';
import { headerOf, type PassedBody, type PassedExchange } from './passed-exchange.ts';
import { parseJson } from './read-question.ts';

/** A line of `exchanges.ndjson`: an exchange as every door records it, and what was judged of it. */
export interface RecordedExchange extends Exchange {
  /** Null for what asks nothing in GraphQL. */
  readonly judged: { readonly documents: number; readonly answers: number; readonly notJudged: readonly string[] } | null;
  /** True when it was answered with its violations in place of being forwarded. */
  readonly refused: boolean;
}

/** Beyond so many secrets to look for, bodies are no longer kept: looking would take too long, and not looking is out of the question. */
const MOST_SECRETS = 1000;

export interface Recorder {
  readonly redactor: Redactor;
  /** Learns what the exchange says is secret; before anything of it is written or shown. */
  learn(passed: PassedExchange): void;
  record(passed: PassedExchange, judgement: Judgement | null): RecordedExchange;
}

export function createRecorder(redactor: Redactor): Recorder {
  let secrets = 0;
  const learnValue = (value: string) => {
    if (secrets < MOST_SECRETS && redactor.learn(value)) secrets++;
  };
  return {
    redactor,
    learn({ request, response }) {
      for (const secret of [...secretsIn(request.headers), ...secretsIn(response?.headers ?? [])]) learnValue(secret);
      for (const text of [textOf(request.body, request.headers), response && textOf(response.body, response.headers)]) {
        if (text && secrets < MOST_SECRETS && NAMES_A_SECRET.test(text) && redactor.learnFrom(parseJson(text))) secrets++;
      }
    },
    record(passed, judgement) {
      const { request, response } = passed;
      const bare = secrets >= MOST_SECRETS;
      const made = recordOf(
        {
          id: passed.id,
          retryOf: null,
          cause: null,
          request: {
            protocol: judgement === null ? 'rest' : 'graphql',
            operation: judgement?.operation ?? `${request.method} ${request.url.replace(/^[a-z]+:\/\/[^/]*|\?.*$/g, '')}`,
            method: request.method,
            url: request.url,
            headers: joined(request.headers),
            reads: false,
          },
          sent: bare ? NO_BODY : seenOf(request.body, request.headers),
          response: response && {
            status: response.status,
            headers: joined(response.headers),
            body: bare ? NO_BODY : seenOf(response.body, response.headers),
          },
          error: passed.error,
          startedAt: passed.startedAt,
          durationMs: passed.durationMs,
          findings: passed.refused ?? judgement?.findings ?? [],
        },
        redactor,
      );
      return {
        ...made,
        request: { ...made.request, bytes: request.body.bytes },
        response: made.response && { ...made.response, bytes: response?.body.bytes ?? 0 },
        judged: judgement && { documents: judgement.documents, answers: judgement.answers, notJudged: judgement.notJudged },
        refused: passed.refused !== null,
      };
    },
  };
}

const NO_BODY: SeenBody = { head: new Uint8Array(0), bytes: 0 };
/** A body without any of these words is not read again for its secrets. */
const NAMES_A_SECRET = /passw|passphrase|secret|token|private_?key|api_?key|cookie|authorization|credential/i;
const SECRET_HEADER = /^(?:(?:proxy-)?authorization|x-amz-security-token|x-api-key|x-auth-token)$/i;

/** Values that headers mark as secret: the credentials after a scheme, and each cookie's value. */
function secretsIn(headers: readonly string[]): string[] {
  const found: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const [name, value] = [headers[index]?.toLowerCase() ?? '', headers[index + 1] ?? ''];
    if (SECRET_HEADER.test(name)) {
      found.push(value.replace(/^\S+ +/, ''));
      const [, basic] = /^basic +(\S+)$/i.exec(value) ?? [];
      const password =
        basic === undefined
          ? ''
          : Buffer.from(basic, 'base64')
              .toString()
              .replace(/^[^:]*:/, '');
      if (password !== '') found.push(password);
    } else if (name === 'cookie') found.push(...value.split(';').map((one) => one.slice(one.indexOf('=') + 1).trim()));
    else if (name === 'set-cookie') found.push((value.split(';')[0] ?? '').replace(/^[^=]*=/, '').trim());
  }
  return found;
}

function joined(headers: readonly string[]): Record<string, string> {
  const out: Record<string, string> = {};
  for (let index = 0; index + 1 < headers.length; index += 2) {
    const [name, value] = [headers[index]?.toLowerCase() ?? '', headers[index + 1] ?? ''];
    // Own properties alone: a header may be called __proto__.
    const before = Object.hasOwn(out, name) ? `${out[name]}, ` : '';
    Object.defineProperty(out, name, { value: before + value, enumerable: true, configurable: true, writable: true });
  }
  return out;
}

function decodedOf(body: PassedBody, headers: readonly string[]): Buffer | null {
  if (!body.complete) return null;
  const decoded = decodeBody(body.kept, headerOf(headers, 'content-encoding'));
  return 'bytes' in decoded ? decoded.bytes : null;
}

function textOf(body: PassedBody, headers: readonly string[]): string | null {
  return decodedOf(body, headers)?.toString('utf8') ?? null;
}

/** As a record shows it: decoded where that can be, else as it came. */
function seenOf(body: PassedBody, headers: readonly string[]): SeenBody {
  const decoded = decodedOf(body, headers);
  if (decoded === null) return { head: body.kept, bytes: body.bytes };
  return { head: decoded.subarray(0, 2 * KEPT_BYTES), bytes: decoded.length };
}
