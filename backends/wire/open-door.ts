/** Opens the door to the network: one a client, over connections that a whole process shares. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createRedactor } from '../../reports/redaction.ts';
import type { Contract } from '../../schemas/contract.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Door, DoorPolicy, StreamedResponse, WireRequest, WireResponse } from './door.ts';
import type { Exchange } from './exchange.ts';
import { foreignWrite } from './own-keys.ts';
import { bodyWitness, type Ended, recordOf, redactAgain, type SeenBody, seenWhole } from './record.ts';
import { MOST_AWS_RETRIES, MOST_RETRIES, retryWait } from './retry-rule.ts';
import { createTransport, type Transport } from './transport.ts';
import { wireError } from './wire-failure.ts';

export interface DoorOptions {
  /** Shared connections; the caller ends them. Without one the door makes its own from the policy's `ca` and `proxy`, and ends it. */
  readonly transport?: Transport;
  /** Values that are secret from the start. */
  readonly secrets?: readonly string[];
}

const causes = new AsyncLocalStorage<{ readonly door: object; readonly operation: string }>();

/** A door that allows what `policy` allows, judges GraphQL by `contract`, and records every exchange. Opens no connection yet. */
export function openDoor(policy: DoorPolicy, contract: Contract | null, options: DoorOptions = {}): Door {
  const own = options.transport
    ? null
    : createTransport({ ...(policy.ca && { ca: policy.ca }), ...(policy.proxy && { httpProxy: policy.proxy, httpsProxy: policy.proxy }) });
  const transport = options.transport ?? own;
  if (!transport) throw new Error('door: expected a transport, got none');
  const origins = new Set(policy.origins.map((origin) => new URL(origin).origin));
  const redactor = createRedactor();
  for (const secret of options.secrets ?? []) redactor.learn(secret);
  const exchanges: Exchange[] = [];
  /** A secret was learnt after exchanges were recorded: they are redacted again before anyone sees them, once for all that was learnt. */
  let stale = false;
  const identity = {};
  let last = 0;

  const record = (ended: Ended) => {
    exchanges.push(recordOf(ended, redactor));
  };

  const causeNow = () => {
    const cause = causes.getStore();
    return cause?.door === identity ? cause.operation : null;
  };

  const limitOf = ({ bodyLimit = policy.bodyLimit }: WireRequest) => Math.min(bodyLimit, policy.bodyLimit);

  const refusal = (request: WireRequest): string | null => {
    let origin: string;
    try {
      origin = new URL(request.url).origin;
    } catch {
      return 'no absolute URL';
    }
    if (!origins.has(origin)) return `origin ${origin} is none of ${[...origins].join(', ') || 'none allowed'}`;
    // Whatever the target allows to be written, nothing of AWS's control planes is.
    if (request.protocol === 'aws' && !request.reads) return `${request.operation} is none of the operations of aws-actions.ts, which read`;
    if (policy.writes === 'never' && !request.reads) return `${request.operation} writes, and the target says writes: never`;
    if (policy.ownKeys !== undefined) return foreignWrite(request, policy.ownKeys);
    return null;
  };

  /** Sends a request until it is not throttled; every sending is an exchange. Resolves with the last one, its body still to come. */
  const send = async (request: WireRequest): Promise<{ attempt: Attempt; id: number; end: End }> => {
    const refused = refusal(request);
    const sent =
      typeof request.body === 'string' || request.body instanceof Uint8Array || request.body === undefined ? seenWhole(request.body) : null;
    const deadlineMs = request.deadlineMs ?? policy.deadlineMs;
    const deadlineAt = performance.now() + deadlineMs;
    let first: number | null = null;
    for (let count = 1; ; count++) {
      const id = ++last;
      const startedAt = Date.now();
      const clock = performance.now();
      const cause = causeNow();
      const retryOf = first;
      const uploaded = sent ? null : bodyWitness();
      const end: End = (response, error, findings = []) =>
        record({
          id,
          retryOf,
          cause,
          request,
          sent: sent ?? uploaded?.seen() ?? seenWhole(undefined),
          response,
          error,
          startedAt,
          durationMs: performance.now() - clock,
          findings,
        });
      const fail = (error: unknown): never => {
        end(null, messageOf(error), request.judge?.(null));
        throw error;
      };
      if (refused) fail(wireError('refused', redactor.url(request.url), redactor.text(refused)));
      const tried = await attempt(transport, request, {
        url: redactor.url(request.url),
        remainingMs: deadlineAt - performance.now(),
        deadlineMs,
        uploaded,
      }).catch(fail);
      if (tried.status < 400) return { attempt: tried, id, end };
      // An error is small and decides about a retry, so it is read before anyone else sees it.
      const body = await tried.readAll(limitOf(request)).catch(fail);
      const answer = { status: tried.status, headers: tried.headers };
      const most = request.protocol === 'aws' ? MOST_AWS_RETRIES : MOST_RETRIES;
      const wait = sent ? retryWait({ ...answer, body: Buffer.from(body.subarray(0, 4096)).toString() }, count, Date.now(), most) : null;
      if (wait === null || performance.now() + wait >= deadlineAt) return { attempt: tried.replaying(body), id, end };
      end({ ...answer, body: seenWhole(body) }, null, request.judge?.({ status: tried.status, body }));
      first ??= id;
      await pause(wait, request.signal);
    }
  };

  const request = async (wire: WireRequest): Promise<WireResponse> => {
    const { attempt: answer, id, end } = await send(wire);
    const { status, headers } = answer;
    const body = await answer.readAll(limitOf(wire)).catch((error: unknown) => {
      end({ status, headers, body: answer.seen() }, messageOf(error), wire.judge?.(null));
      throw error;
    });
    end({ status, headers, body: seenWhole(body) }, null, wire.judge?.({ status, body }));
    return { status, headers, setCookies: answer.setCookies, body, exchange: id };
  };

  const stream = async (wire: WireRequest): Promise<StreamedResponse> => {
    const { attempt: answer, id, end } = await send(wire);
    const { status, headers } = answer;
    return {
      status,
      headers,
      exchange: id,
      body: witnessed(answer, (error) => end({ status, headers, body: answer.seen() }, error, wire.judge?.(null))),
    };
  };

  return {
    policy,
    contract,
    get exchanges() {
      if (stale) for (const [index, exchange] of exchanges.entries()) exchanges[index] = redactAgain(exchange, redactor);
      stale = false;
      return exchanges;
    },
    request,
    stream,
    during: (operation, work) => causes.run({ door: identity, operation }, work),
    learnSecret(value) {
      if (redactor.learn(value) && exchanges.length > 0) stale = true;
    },
    async [Symbol.asyncDispose]() {
      await own?.[Symbol.asyncDispose]();
    },
  };
}

type End = (
  response: { status: number; headers: Readonly<Record<string, string>>; body: SeenBody } | null,
  error: string | null,
  findings?: Ended['findings'],
) => void;

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** The body as it comes; `ended` is called once, however reading ends. */
async function* witnessed(answer: Attempt, ended: (error: string | null) => void): AsyncGenerator<Uint8Array> {
  let error: string | null = 'the reader stopped before the end of the body';
  try {
    yield* answer.chunks();
    error = null;
  } catch (caught) {
    error = messageOf(caught);
    throw caught;
  } finally {
    ended(error);
  }
}

/** Waits as long as the server asked; the caller's signal ends it early, and the next attempt then says so. */
function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done, { once: true });
    if (signal?.aborted) done();
  });
}
