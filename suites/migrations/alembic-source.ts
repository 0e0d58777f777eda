/** Alembic as a source of migrations, through `uv`, which puts the packages that its history imports into an environment of their own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { MigrationsKey } from '../../fixtures/deployment/databases.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { MigrationFailed, type MigrationSource } from './migration-source.ts';
import { environmentOf } from './run-command.ts';

type Alembic = Extract<MigrationsKey, { kind: 'alembic' }>;

interface Around {
  readonly base: string;
  readonly deadlineMs: number;
  /** Revisions that a database keeps in `alembic_version`. */
  currentOf(url: string): Promise<readonly string[]>;
}

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  /** What could not be imported. */
  readonly lacks?: string;
  readonly revisions?: readonly string[];
  readonly heads?: readonly string[];
}

/** `uv` may have packages to fetch; some are large. */
const START_MS = 120_000;

/** Opens it; Python starts when it is first asked. Throws CheckBroken where there is no such configuration. */
export function openAlembic(key: Alembic, { base, deadlineMs, currentOf }: Around): MigrationSource {
  const ini = resolve(base, key.config);
  if (!existsSync(ini)) throw new CheckBroken(`migrations.config: ${key.config}: expected alembic's configuration, got no file`);
  let driver: Driver | null = null;
  let history: Promise<Answer> | null = null;

  const ask = async (request: Readonly<Record<string, unknown>>, what: string, patienceMs: number): Promise<Answer> => {
    driver ??= startDriver(ini, key);
    const answer = await driver.ask(request, patienceMs);
    if (typeof answer === 'string') {
      driver = null;
      if (/^(?:spawn|no such)/.test(answer)) throw new CheckBroken(`uv: expected to run, got ${answer}`);
      throw new MigrationFailed(`alembic ${what}: ${answer}`);
    }
    if (answer.lacks !== undefined)
      throw new CheckBroken(
        `alembic ${what}: expected all that it imports, got ${answer.lacks}; name its package below \`migrations.with\``,
      );
    return answer;
  };
  const run = async (to: 'up' | 'down', url: string, revision: string) => {
    const through = new URL(url);
    through.protocol = key.scheme;
    const environment = environmentOf(url, key.environment);
    // A special scheme cannot be set on a URL, and this one is none of them.
    const request = { do: to, to: revision, environment, url: url.replace(/^[a-z]+:/, `${key.scheme}:`) };
    const what = `${to === 'up' ? 'upgrade' : 'downgrade'} ${revision}`;
    const { ok, error = 'nothing said' } = await ask(request, what, deadlineMs + (history === null ? START_MS : 0));
    if (!ok) throw new MigrationFailed(`alembic ${what}: ${error.replaceAll(new URL(url).password, '[redacted]')}`);
  };
  const readHistory = async () => {
    history ??= ask({ do: 'history' }, 'history', START_MS).then((answer) => {
      if (!answer.ok) throw new CheckBroken(`alembic: expected to read its history, got ${answer.error ?? 'nothing'}`);
      return answer;
    });
    return history;
  };

  return {
    bookkeeping: ['public.alembic_version'],
    steps: true,
    down: true,
    revisions: async () => (await readHistory()).revisions ?? [],
    heads: async () => (await readHistory()).heads ?? [],
    migrate: (url, to) => run('up', url, to ?? 'heads'),
    revert: (url, to) => run('down', url, to ?? 'base'),
    current: currentOf,
    async close() {
      await driver?.end();
    },
  };
}

interface Driver {
  /** The answer, or why there is none; then the driver has ended. */
  ask(request: object, patienceMs: number): Promise<Answer | string>;
  end(): Promise<void>;
}

function startDriver(ini: string, { with: packages, python }: Alembic): Driver {
  const uv = ['run', '--no-project', ...(python === undefined ? [] : ['--python', python])];
  const needs = ['alembic', ...packages].flatMap((name) => ['--with', name]);
  const child = spawn('uv', [...uv, ...needs, 'python', join(import.meta.dirname, 'alembic_driver.py'), ini], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2_000);
  });
  child.stdin.on('error', () => undefined);
  const failed = new Promise<string>((answer) => child.once('error', (error) => answer(`spawn: ${error.message}`)));
  const ended = once(child, 'exit').then(
    () => `its end; it said: ${stderr.trim().split('\n').slice(-4).join(' | ')}`,
    () => 'its end',
  );
  const lines = createInterface({ input: child.stdout });
  const endGroup = () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // All of the group have ended.
    }
  };
  process.once('exit', endGroup);
  return {
    async ask(request, patienceMs) {
      const next = once(lines, 'line') as Promise<[string]>;
      child.stdin.write(`${JSON.stringify(request)}\n`);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<string>((answer) => {
        timer = setTimeout(() => answer(`expected an end within ${patienceMs / 1_000} s, got none`), patienceMs);
      });
      const got = await Promise.race([next.then(([line]) => JSON.parse(line) as Answer), failed, ended, late]);
      clearTimeout(timer);
      if (typeof got === 'string') endGroup();
      return got;
    },
    async end() {
      process.off('exit', endGroup);
      child.stdin.end();
      endGroup();
      await Promise.race([ended, failed]);
    },
  };
}
