/** Runs a command of the target file on a database of ours, in a process group of its own that ends with its deadline. */
import { existsSync } from 'node:fs';
import { CheckBroken } from '../case/resource-check.ts';
import { lastWords } from './last-words.ts';
import { MigrationFailed } from './migration-source.ts';
import { startGroup } from './process-group.ts';

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
  const group = startGroup('sh', ['-c', command], { folder, environment: environmentOf(url, environment) });
  const { child } = group;
  child.stdin.end();
  const printed = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      printed[name] = (printed[name] + text).slice(-KEPT);
    });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    group.end();
  }, deadlineMs);
  const code = await group.ended.finally(() => clearTimeout(timer));
  const said = lastWords(printed.stderr.trim() === '' ? printed.stdout : printed.stderr, [new URL(url).password, ...secrets]);
  if (late) throw new MigrationFailed(`\`${command}\`: expected to end within ${deadlineMs / 1_000} s, got no end; it said: ${said}`);
  if (code !== null && NOT_FOUND.has(code))
    throw new CheckBroken(`\`${command}\`: expected a command that there is, got exit ${code}: ${said}`);
  if (code !== 0) throw new MigrationFailed(`\`${command}\`: expected exit 0, got ${code ?? 'a signal'}: ${said}`);
  return printed.stdout;
}
