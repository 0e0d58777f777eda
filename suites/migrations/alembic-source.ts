/** Alembic as a source of migrations, through `uv`, which puts the packages that its history imports into an environment of their own. */
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { MigrationsKey } from '../../fixtures/deployment/databases.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { MigrationFailed, type MigrationSource } from './migration-source.ts';
import { startGroup } from './process-group.ts';
import { environmentOf } from './run-command.ts';

type Alembic = Extract<MigrationsKey, { kind: 'alembic' }>;

interface Around {
  readonly base: string;
  readonly deadlineMs: number;
  /** Revisions that a database keeps in `alembic_version`. */
  currentOf(url: string): Promise<readonly string[]>;
}

/** One line to the driver. */
interface Request {
  readonly do: 'history' | 'up' | 'down';
  readonly to?: string;
  readonly url?: string;
  readonly environment?: Readonly<Record<string, string>>;
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

  const ask = async (request: Request, what: string, patienceMs: number): Promise<Answer> => {
    driver ??= startDriver(ini, key);
    const answer = await driver.ask(request, patienceMs);
    const told = (text: string) => (request.url === undefined ? text : text.replaceAll(new URL(request.url).password, '[redacted]'));
    if ('ended' in answer) {
      driver = null;
      if (answer.isOurs) throw new CheckBroken(`alembic ${what}: ${told(answer.ended)}`);
      throw new MigrationFailed(`alembic ${what}: ${told(answer.ended)}`);
    }
    if (answer.lacks !== undefined)
      throw new CheckBroken(
        `alembic ${what}: expected all that it imports, got ${answer.lacks}; name its package below \`migrations.with\``,
      );
    return answer;
  };
  const run = async (to: 'up' | 'down', url: string, revision: string) => {
    const environment = environmentOf(url, key.environment);
    // A special scheme cannot be set on a URL, and this one is none of them.
    const request: Request = { do: to, to: revision, environment, url: url.replace(/^[a-z]+:/, `${key.scheme}:`) };
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

/** Why there is no answer. */
interface NoAnswer {
  readonly ended: string;
  /** True where it says nothing of the migration: the driver did not run, or spoke what is no answer. */
  readonly isOurs: boolean;
}

interface Driver {
  /** The answer, or why there is none; then the driver has ended. */
  ask(request: Request, patienceMs: number): Promise<Answer | NoAnswer>;
  end(): Promise<void>;
}

function startDriver(ini: string, { with: packages, python }: Alembic): Driver {
  const uv = ['run', '--no-project', ...(python === undefined ? [] : ['--python', python])];
  const needs = ['alembic', ...packages].flatMap((name) => ['--with', name]);
  const group = startGroup('uv', [...uv, ...needs, 'python', join(import.meta.dirname, 'alembic_driver.py'), ini]);
  const { child } = group;
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2_000);
  });
  const ended = group.ended.then(
    (): NoAnswer => ({ ended: `its end; it said: ${stderr.trim().split('\n').slice(-4).join(' | ')}`, isOurs: false }),
    ({ message }: Error): NoAnswer => ({ ended: `uv: expected to run, got ${message}`, isOurs: true }),
  );
  const lines = createInterface({ input: child.stdout });
  return {
    async ask(request, patienceMs) {
      const next = once(lines, 'line') as Promise<[string]>;
      child.stdin.write(`${JSON.stringify(request)}\n`);
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<NoAnswer>((answer) => {
        const ended = `expected an end within ${patienceMs / 1_000} s, got none`;
        timer = setTimeout(() => answer({ ended, isOurs: false }), patienceMs);
      });
      const got = await Promise.race([next.then(([line]) => readAnswer(line)), ended, late]);
      clearTimeout(timer);
      if ('ended' in got) group.end();
      return got;
    },
    async end() {
      child.stdin.end();
      group.end();
      await ended;
    },
  };
}

function readAnswer(line: string): Answer | NoAnswer {
  let answer: unknown = null;
  try {
    answer = JSON.parse(line);
  } catch {
    // Told below, with all else that is no answer.
  }
  if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer as Answer;
  return { ended: `expected an answer in JSON, got ${JSON.stringify(line.slice(0, 300))}`, isOurs: true };
}
