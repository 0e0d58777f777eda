/** Starts the app of a target file on a database of ours, and waits until it answers or ends. */
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Door } from '../../backends/wire/door.ts';
import { WireError } from '../../backends/wire/door.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { lastWords } from './last-words.ts';
import { startGroup } from './process-group.ts';
import { environmentOf } from './run-command.ts';
import type { DatabaseStage } from './walk.ts';

export interface StartedApp extends AsyncDisposable {
  /** Null where it answers; else how its start ended, with its last words. */
  readonly failure: string | null;
  /** Status of a request, or what came in place of one. */
  ask(method: string, path: string, headers?: Readonly<Record<string, string>>, body?: string): Promise<string>;
}

/** Milliseconds between two looks at an app that starts. */
const LOOK_MS = 50;
const ENDS_WITHIN_MS = 2_000;

/** Starts it; the deadline of a step is how long it may take to be ready. */
export async function startApp(stage: DatabaseStage, databaseUrl: string): Promise<StartedApp> {
  const { start, deadlineSeconds } = stage.resource;
  if (start === undefined) throw new CheckBroken(`databases.${stage.label}.start: expected how the app starts, got none`);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}` as const;
  const door = stage.doorTo(origin);
  const group = startGroup('sh', ['-c', `exec ${start.command.replaceAll('{port}', String(port))}`], {
    folder: resolve(stage.target.folder, start.folder),
    environment: { PORT: String(port), ...environmentOf(databaseUrl, start.environment) },
  });
  const { child } = group;
  child.stdin.end();
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-2_000)));
  const ended = group.ended.then((code) => `its end with ${code ?? 'a signal'}`);
  const secrets = [new URL(databaseUrl).password, ...Object.values(stage.target.secrets)];
  const outcome = await Promise.race([ended, ready(door, `${origin}${start.ready}`, deadlineSeconds * 1_000)]);
  return {
    failure: outcome === null ? null : `${outcome}; it said: ${lastWords(said, secrets)}`,
    ask: (method, path, headers = {}, body) => statusOf(door, { method, url: `${origin}${path}`, headers, body }),
    async [Symbol.asyncDispose]() {
      group.signal('SIGTERM');
      const timer = setTimeout(() => group.signal('SIGKILL'), ENDS_WITHIN_MS);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function ready(door: Door, url: string, withinMs: number): Promise<string | null> {
  let last = 'nothing';
  for (const until = Date.now() + withinMs; Date.now() < until; await pause(LOOK_MS)) {
    last = await statusOf(door, { method: 'GET', url, headers: {} });
    if (/^2\d\d$/.test(last)) return null;
  }
  return `no 2xx of ${new URL(url).pathname} within ${withinMs / 1_000} s, last ${last}`;
}

interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
}

async function statusOf(door: Door, { method, url, headers, body }: Asked): Promise<string> {
  try {
    const operation = `${method} ${new URL(url).pathname}`;
    const { status } = await door.request({
      protocol: 'rest',
      operation,
      method,
      url,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body }),
      reads: method === 'GET',
      deadlineMs: 5_000,
    });
    return String(status);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    return error.failure;
  }
}
