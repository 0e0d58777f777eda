/** Where a check works: a folder of its own with a HOME, children that end with it, and nothing of the machine's settings for Quilt or AWS. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** How a program is run. */
export interface ProgramOptions {
  /** Written to its stdin, which is then closed; nothing when absent. */
  readonly input?: string;
  /** Folder it is started in; the room's when absent. */
  readonly cwd?: string;
  /** Added to the room's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds until it is ended as hung. */
  readonly deadlineMs: number;
  /** Sees its stdout line by line as it comes. */
  onLine?(line: string): void;
}

/** How a program ended. `code` is null when a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  /** The end of what it wrote there. */
  readonly stderr: string;
}

export interface Room extends AsyncDisposable {
  readonly dir: string;
  /** HOME of what a check runs, empty at first. */
  readonly home: string;
  /** Environment of the machine without what would lead a client to a real stack. */
  readonly env: Readonly<Record<string, string>>;
  /** Variables that make a program's home this room's. */
  readonly homeEnv: Readonly<Record<string, string>>;
  /** Runs a program to its end, in a process group that ends with it. Throws when it cannot be started or hangs. */
  run(command: readonly [string, ...string[]], options: ProgramOptions): Promise<Ended>;
  say(text: string): void;
}

const STDERR_KEPT = 6_000;

/** Opens a room below the system's temporary folder; disposing ends its children and removes it. */
export async function openRoom(name: string, say: (text: string) => void): Promise<Room> {
  const dir = await mkdtemp(join(tmpdir(), `crosscheck-real-${name.replace(/[^a-z0-9]+/gi, '-')}-`));
  const home = join(dir, 'home');
  await mkdir(home);
  const children = new Set<ChildProcess>();
  const endAll = () => {
    for (const child of children) endGroup(child);
  };
  // A signal ends the process by `exit`, where nothing asynchronous happens any more.
  const leave = () => {
    endAll();
    rmSync(dir, { recursive: true, force: true });
  };
  process.once('exit', leave);
  const env = cleanEnvironment(process.env);
  return {
    dir,
    home,
    env,
    homeEnv: {
      HOME: home,
      XDG_DATA_HOME: join(home, 'data'),
      XDG_CONFIG_HOME: join(home, 'config'),
      XDG_CACHE_HOME: join(home, 'cache'),
      XDG_STATE_HOME: join(home, 'state'),
    },
    say,
    run: (command, options) => runProgram(command, options, { env, dir, children }),
    async [Symbol.asyncDispose]() {
      process.off('exit', leave);
      endAll();
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  options: ProgramOptions,
  { env, dir, children }: { readonly env: Readonly<Record<string, string>>; readonly dir: string; readonly children: Set<ChildProcess> },
): Promise<Ended> {
  // A group of its own, since uv, npx and quilt-mcp have children that would stay.
  const child = spawn(program, args, { cwd: options.cwd ?? dir, env: { ...env, ...options.env }, stdio: 'pipe', detached: true });
  children.add(child);
  let stdout = '';
  let stderr = '';
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) options.onLine?.(line);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  // A program that ends without reading its input says so by its exit.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    endGroup(child);
  }, options.deadlineMs);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (hung)
      throw new Error(
        `${program} ${args.slice(0, 3).join(' ')}: expected its end within ${options.deadlineMs} ms, got none; it said: ${stderr}`,
      );
    return { code, stdout, stderr };
  } finally {
    clearTimeout(timer);
    endGroup(child);
    children.delete(child);
  }
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has gone by itself.
  }
}

/** What names a stack, a sign-in or keys is none of a check's business. */
function cleanEnvironment(from: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(from).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !/^(AWS_|QUILT_|MCP_|FASTMCP_|CROSSCHECK_|PYTHON)/.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), AWS_EC2_METADATA_DISABLED: 'true', QUILT_DISABLE_USAGE_METRICS: '1', PYTHONDONTWRITEBYTECODE: '1' };
}
