/** Runs a command of the target file on a database of ours, in a process group of its own that ends with its deadline. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { CheckBroken } from '../case/resource-check.ts';
import { lastWords } from './last-words.ts';
import { MigrationFailed } from './migration-source.ts';

export interface CommandOptions {
  readonly folder: string;
  /** Variables, with `{url}` and its parts put in. */
  readonly environment: Readonly<Record<string, string>>;
  readonly deadlineMs: number;
  /** Values that no message may hold. */
  readonly secrets: readonly string[];
}

/** Most that is kept of what a command prints, characters. */
const KEPT = 4_000;
/** What the shell answers when it finds no such command, or may not run it. */
const NOT_FOUND = new Set([126, 127]);

/** Variables that every tool finds its database by. */
export function environmentOf(url: string, own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const parts: Readonly<Record<string, string>> = { url, host: hostname, port, user: username, password, database: pathname.slice(1) };
  const filled = Object.entries(own).map(([key, text]) => [key, text.replace(/\{(\w+)\}/g, (whole, name: string) => parts[name] ?? whole)]);
  return {
    DATABASE_URL: url,
    PGHOST: hostname,
    PGPORT: port,
    PGUSER: username,
    PGPASSWORD: decodeURIComponent(password),
    PGDATABASE: pathname.slice(1),
    ...(Object.fromEntries(filled) as Record<string, string>),
  };
}

/** Standard output of the command. Throws MigrationFailed when it ends badly or not in time, and CheckBroken where there is no such command. */
export async function runCommand(
  command: string,
  url: string,
  { folder, environment, deadlineMs, secrets }: CommandOptions,
): Promise<string> {
  if (!existsSync(folder)) throw new CheckBroken(`folder: ${folder}: expected a folder to run ${command} in, got none`);
  const child = spawn('sh', ['-c', command], {
    cwd: folder,
    env: { ...process.env, ...environmentOf(url, environment) },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] = (printed[name] + text).slice(-KEPT);
    });
  const endGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of the group have ended.
    }
  };
  // A worker that ends leaves no command behind.
  process.once('exit', endGroup);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    endGroup();
  }, deadlineMs);
  // Its end, and not that of its output, which a child of its own may hold open.
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => setImmediate(() => resolve(status)));
  });
  clearTimeout(timer);
  process.off('exit', endGroup);
  endGroup();
  const said = lastWords(printed.stderr.trim() === '' ? printed.stdout : printed.stderr, [new URL(url).password, ...secrets]);
  if (late) throw new MigrationFailed(`\`${command}\`: expected to end within ${deadlineMs / 1_000} s, got no end; it said: ${said}`);
  if (code !== null && NOT_FOUND.has(code))
    throw new CheckBroken(`\`${command}\`: expected a command that there is, got exit ${code}: ${said}`);
  if (code !== 0) throw new MigrationFailed(`\`${command}\`: expected exit 0, got ${code ?? 'a signal'}: ${said}`);
  return printed.stdout;
}
