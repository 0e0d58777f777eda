/** A process in a group of its own, so that what it starts ends with it, and all of it with whoever started it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface ProcessGroup {
  readonly child: ChildProcessWithoutNullStreams;
  /** Its exit code, null for a signal, when it and all of its group have ended and what they said is read. Rejects where it could not start. */
  readonly ended: Promise<number | null>;
  /** Tells all of the group that live. */
  signal(name: NodeJS.Signals): void;
  /** Ends all of the group at once; nothing where they have ended. */
  end(): void;
}

/** Longest that is waited for the last words, which whoever left the group may hold open. */
const LAST_WORDS_MS = 500;

/** Starts it; its standard input is a pipe that the caller closes. */
export function startGroup(
  command: string,
  args: readonly string[],
  { folder, environment = {} }: { readonly folder?: string; readonly environment?: Readonly<Record<string, string>> } = {},
): ProcessGroup {
  const child = spawn(command, args, {
    ...(folder !== undefined && { cwd: folder }),
    env: { ...process.env, ...environment },
    stdio: 'pipe',
    detached: true,
  });
  // One that ends before it has read everything says so by its end.
  child.stdin.on('error', () => undefined);
  const signal = (name: NodeJS.Signals) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // All of the group have ended.
    }
  };
  const kill = () => signal('SIGKILL');
  // A worker that ends leaves nothing behind.
  process.once('exit', kill);
  const end = () => {
    process.off('exit', kill);
    kill();
  };
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', (error) => {
      end();
      reject(error);
    });
    child.once('exit', (code) => {
      end();
      child.once('close', () => resolve(code));
      setTimeout(() => resolve(code), LAST_WORDS_MS).unref();
    });
  });
  // Whoever asks is told; nobody has to.
  ended.catch(() => undefined);
  return { child, ended, signal, end };
}
