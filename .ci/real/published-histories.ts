/** Histories of migrations that others wrote and published, walked end to end; what was found in each, and looked at by hand, stands in docs/findings. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { failOn, type RealCheck } from './check.ts';
import { crosscheckRun, type RunReport } from './crosscheck-run.ts';
import type { Room } from './room.ts';

/** A history, and the cases of it that fail, each with a text of its message: what docs/findings/migrations.md tells of it. */
interface Published {
  readonly name: string;
  /** YAML of the database's key; `room` is a folder of its own. */
  key(room: Room): Promise<string>;
  readonly findings: Readonly<Record<string, readonly string[]>>;
}

const DEADLINE_MS = 900_000;

/** Folder of an installed package's module, in the environment that the run uses as well. */
async function folderOf(room: Room, packages: readonly string[], module: string): Promise<string> {
  const needs = ['alembic', ...packages].flatMap((name) => ['--with', name]);
  const print = `import importlib.util; print(importlib.util.find_spec('${module}').submodule_search_locations[0])`;
  const { code, stdout, stderr } = await room.run(['uv', 'run', '--no-project', ...needs, 'python', '-c', print], { deadlineMs: 300_000 });
  if (code !== 0) throw new Error(`${packages[0]}: expected to be installed by uv, got ${stderr.slice(-400)}`);
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** The package's alembic.ini, which names its history where it is installed, as the project's own code makes it do. */
function writeIni(room: Room, published: string, scripts: string): string {
  const ini = join(room.dir, 'alembic.ini');
  writeFileSync(ini, readFileSync(published, 'utf8').replace(/^script_location = .*$/m, `script_location = ${scripts}`));
  return ini;
}

const OPTUNA = ['optuna==4.6.0', 'psycopg[binary]'];

/** Makes the tables of the models by SQLAlchemy, as `create_all` does. */
const createAll = (packages: readonly string[], imports: string, base: string) =>
  `uv run --no-project ${['alembic', ...packages].map((name) => `--with '${name}'`).join(' ')} python -c "import os, sqlalchemy as sa; ${imports}; ${base}.metadata.create_all(sa.create_engine(os.environ['MODELS_URL']))"`;

const HISTORIES: readonly Published[] = [
  {
    name: 'optuna 4.6.0',
    async key(room) {
      const folder = await folderOf(room, OPTUNA, 'optuna.storages._rdb');
      const models = createAll(OPTUNA, 'from optuna.storages._rdb.models import BaseModel', 'BaseModel');
      return `${alembicKey(room, OPTUNA, [join(folder, 'alembic.ini'), join(folder, 'alembic')])}\n${commandKey('models', models)}`;
    },
    findings: { 'bring-empty-to-head': ['alembic upgrade v2.4.0.a', 'type "studydirection" already exists'] },
  },
  {
    name: 'litellm-proxy-extras 0.4.110',
    async key(room) {
      const folder = await folderOf(room, ['litellm-proxy-extras==0.4.110'], 'litellm_proxy_extras');
      const into = join(room.dir, 'migrations');
      mkdirSync(into);
      // Prisma keeps each in a folder of its own, and sends it whole.
      for (const name of readdirSync(join(folder, 'migrations')))
        if (/^\d/.test(name)) copyFileSync(join(folder, 'migrations', name, 'migration.sql'), join(into, `${name}.sql`));
      return `    migrations: { kind: sql, folder: ${into}, order: name, table: crosscheck_migrations }\n    forwardOnly: true\n    recent: 3`;
    },
    findings: {},
  },
];

function alembicKey(room: Room, packages: readonly string[], [published, scripts]: readonly [string, string]): string {
  return [
    '    deadlineSeconds: 60',
    '    migrations:',
    '      kind: alembic',
    `      config: ${writeIni(room, published, scripts)}`,
    `      with: ${JSON.stringify(packages)}`,
    `      scheme: ${SCHEME}`,
  ].join('\n');
}

const SCHEME = 'postgresql+psycopg';

function commandKey(key: string, command: string): string {
  const url = `${SCHEME}://{user}:{password}@{host}:{port}/{database}`;
  return `    ${key}: { command: ${JSON.stringify(command)}, folder: ., environment: { MODELS_URL: ${JSON.stringify(url)} } }`;
}

/** Runs the suite `migrations` on the history. */
async function runHistory(room: Room, { name, key }: Published): Promise<RunReport> {
  const target = join(room.dir, 'target.yaml');
  writeFileSync(target, `name: ${name.replaceAll(/[^a-z0-9]+/g, '-')}\ndatabases:\n  app:\n${await key(room)}\n`);
  return crosscheckRun(room, ['migrations', '--target', target], DEADLINE_MS);
}

/** A check for each history: what fails is what was found by hand, and nothing is broken. */
export const publishedHistories: readonly RealCheck[] = HISTORIES.map((history) => ({
  name: `the migrations of ${history.name}`,
  async run(room) {
    const run = await runHistory(room, history);
    const wrong: string[] = [];
    for (const { id, verdict, message: told } of run.cases) {
      const message = told ?? '';
      const says = history.findings[id.split('/')[1] ?? ''];
      // Where a history does not come to head, what asks more of it is broken.
      if ((verdict === 'broken' && history.findings['bring-empty-to-head'] === undefined) || verdict === 'not-run')
        wrong.push(`${id}: expected a verdict, got ${verdict}: ${message.slice(0, 600)}`);
      if (verdict === 'failed' && says === undefined) wrong.push(`${id}: expected passed, got failed: ${message.slice(0, 1_500)}`);
      if (says !== undefined && verdict !== 'failed') wrong.push(`${id}: expected the finding, got ${verdict}`);
      for (const text of says ?? [])
        if (!message.includes(text)) wrong.push(`${id}: expected a message with ${JSON.stringify(text)}, got ${message.slice(0, 600)}`);
    }
    failOn(wrong);
    return { detail: `${run.passed} passed, ${run.failed} failed as found by hand` };
  },
}));
