/** The thread in which what went by is judged and recorded, and how the proxy's own thread speaks to it. */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { contractFromText } from '../../../schemas/load-contract.ts';
import { type ClerkSettings, createClerk } from './clerk.ts';
import type { PassedExchange } from './passed-exchange.ts';
import type { ProxySummary, SeenFinding } from './proxy-summary.ts';

/** A schema in a form that another thread can be handed. */
export interface SchemaText {
  /** SDL, or JSON of an introspection answer. */
  readonly text: string;
  /** URL or file. */
  readonly source: string;
}

/** A message costs 90 µs however little is in it, as much as all the rest of an exchange: those of so many milliseconds go together, but no more than so many. */
const TOGETHER_MS = 20;
const AT_ONCE = 64;
/** Bytes from which handing memory over costs less than copying it. */
const HANDED_FROM = 32 * 1024;

interface Start {
  readonly schema: SchemaText;
  readonly settings: ClerkSettings;
}
type ToThread = { readonly take: readonly PassedExchange[] } | { readonly end: true };
type FromThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'taken'; readonly bytes: number; readonly news: readonly SeenFinding[] }
  | { readonly kind: 'ended'; readonly summary: ProxySummary };

export interface ClerkThread {
  take(passed: PassedExchange): void;
  /** Waits until all is judged and written. Rejects when the thread broke down. */
  end(): Promise<ProxySummary>;
}

/** Starts the thread. `taken` hears how many bytes of bodies were dealt with, and of what is new. Rejects when a file cannot be written. */
export async function startClerkThread(
  schema: SchemaText,
  settings: ClerkSettings,
  taken: (bytes: number, news: readonly SeenFinding[]) => void,
): Promise<ClerkThread> {
  const start: Start = { schema, settings };
  const worker = new Worker(new URL(import.meta.url), { workerData: start });
  const ready = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<ProxySummary>();
  ended.promise.catch(() => undefined);
  const fail = (error: Error) => {
    ready.reject(error);
    ended.reject(error);
  };
  worker.on('message', (message: FromThread) => {
    if (message.kind === 'ready') ready.resolve();
    else if (message.kind === 'taken') taken(message.bytes, message.news);
    else ended.resolve(message.summary);
  });
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('judge: expected a summary, got the end of its thread')));
  await ready.promise;
  let waiting: PassedExchange[] = [];
  let timer: NodeJS.Timeout | null = null;
  const send = (message: ToThread, handed: ArrayBuffer[] = []) => worker.postMessage(message, handed);
  const flush = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.length === 0) return;
    const take = waiting;
    waiting = [];
    const bodies = take.flatMap(({ request, response }) => [request.body.kept.buffer, ...(response ? [response.body.kept.buffer] : [])]);
    send(
      { take },
      bodies.filter(({ byteLength }) => byteLength >= HANDED_FROM),
    );
  };
  return {
    take(passed) {
      if (waiting.push(passed) >= AT_ONCE) flush();
      else timer ??= setTimeout(flush, TOGETHER_MS);
    },
    async end() {
      flush();
      send({ end: true });
      const summary = await ended.promise;
      await worker.terminate();
      return summary;
    },
  };
}

if (!isMainThread && parentPort !== null && isStart(workerData)) {
  const port = parentPort;
  const tell = (message: FromThread) => port.postMessage(message);
  const clerk = createClerk(contractFromText(workerData.schema.text, workerData.schema.source), workerData.settings);
  port.on('message', (message: ToThread) => {
    if ('take' in message) {
      const bytes = message.take.reduce(
        (sum, { request, response }) => sum + request.body.kept.length + (response?.body.kept.length ?? 0),
        0,
      );
      tell({ kind: 'taken', news: clerk.take(message.take), bytes });
    } else {
      const summary = clerk.summary();
      clerk[Symbol.dispose]();
      tell({ kind: 'ended', summary });
    }
  });
  tell({ kind: 'ready' });
}

/** Another thread may import this module too: vitest's workers do. */
function isStart(data: unknown): data is Start {
  return typeof data === 'object' && data !== null && 'schema' in data && 'settings' in data;
}
