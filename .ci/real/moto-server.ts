/** moto's server with the resources of the embedded AWS, as far as moto has them; it ends when its stdin closes, so with whoever started it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Pythons } from './python.ts';
import type { Room } from './room.ts';

/** Version that the checks were written for. */
const MOTO = 'moto[server]==5.2.1';
const SCRIPT = fileURLToPath(new URL('moto_stack.py', import.meta.url));
const READY_WITHIN_MS = 120_000;

/** A moto that answers, and the ids that it chose. */
export interface Moto extends AsyncDisposable {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
}

/** Starts it. Throws, with what it said, when it does not answer or refuses a resource. */
export async function startMoto(pythons: Pythons, room: Room): Promise<Moto> {
  const python = await pythons.with(MOTO, room);
  const child = spawn(python, [SCRIPT], { cwd: room.dir, env: { ...room.env, ...room.homeEnv }, stdio: 'pipe' });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4_000);
  });
  child.stdin.on('error', () => undefined);
  const ended = once(child, 'exit').then(() => undefined);
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line', { signal: AbortSignal.timeout(READY_WITHIN_MS) }).then(([text]) => String(text)),
    ended.then(() => null),
  ]);
  lines.close();
  child.stdout.resume();
  if (line === null) throw new Error(`moto: expected its line, got its end; it said: ${said}`);
  return {
    ...(JSON.parse(line) as Pick<Moto, 'endpoint' | 'userPoolId' | 'clientId'>),
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
      await ended;
      clearTimeout(timer);
    },
  };
}
