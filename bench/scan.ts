/** Scans of generated trees as whole processes, beside @graphql-inspector/cli and graphql-core in the same run. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { root } from '../suites/case/suite-files.ts';
import { type Figure, figure, median } from './figure.ts';
import { OPERATIONS_A_FILE, pythonSources, type SampleFile, sampleOperation, sampleSdl, typescriptSources } from './graphql-sample.ts';
import { runMeasured, UNWATCHED } from './run-child.ts';

const TIMES = 3;
/** Files of the trees that are compared with peers: 1,000 operations. */
const FILES = 200;
const FEW = 5_000;
const MANY = 10_000;
const EVERY_MS = 50;
const MB = 1_000_000;
const inspectorFolder = join(import.meta.dirname, 'inspector');
/** The last whose speed was looked at. */
const GRAPHQL_CORE = '3.2.6';

const scanned = z.object({ files: z.int(), documents: z.int(), violations: z.array(z.unknown()), unresolved: z.array(z.unknown()) });
const validated = z.object({ seconds: z.number(), documents: z.int(), errors: z.int() });

/** Figures of scans in TypeScript and Python, and of large trees. Throws when a scan or a peer judges fewer documents, or finds fault. */
export async function measureScan(): Promise<readonly Figure[]> {
  const dir = mkdtempSync(join(tmpdir(), 'crosscheck-bench-scan-'));
  try {
    const { sdl, entities } = sampleSdl();
    writeFileSync(join(dir, 'schema.graphql'), sdl);
    write(join(dir, 'ts'), typescriptSources(FILES, entities));
    write(join(dir, 'py'), pythonSources(FILES, entities));
    write(join(dir, 'few'), typescriptSources(FEW, entities));
    write(join(dir, 'many'), typescriptSources(MANY, entities));
    const texts = Array.from({ length: FILES * OPERATIONS_A_FILE }, (_, at) => sampleOperation(at, entities));
    writeFileSync(join(dir, 'documents.json'), JSON.stringify(texts));
    return [...(await measureSmall(dir)), ...(await measureLarge(dir))];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** 1,000 operations, each way once in each turn; the first turn fills caches of modules and packages, and is not counted. */
async function measureSmall(dir: string): Promise<readonly Figure[]> {
  const inspector = inspectorScript();
  const took = { cold: [] as number[], cached: [] as number[], inspector: [] as number[], python: [] as number[], core: [] as number[] };
  for (let turn = -1; turn < TIMES; turn++) {
    const seconds = {
      cold: (await scan(dir, 'ts', FILES)).seconds,
      inspector: await inspect(inspector, dir),
      cached: (await scan(dir, 'ts', FILES, ['--cache-dir', join(dir, 'cache')])).seconds,
      python: (await scan(dir, 'py', FILES)).seconds,
      core: validateWithCore(dir),
    };
    if (turn < 0) continue;
    for (const way of ['cold', 'cached', 'inspector', 'python', 'core'] as const) took[way].push(seconds[way]);
  }
  const [cold, cached, python] = [median(took.cold), median(took.cached), median(took.python)];
  const theirs = { name: '@graphql-inspector/cli validate', value: median(took.inspector) };
  const core = { name: 'graphql-core, validate() alone', value: median(took.core) };
  const how = `whole process, ${FILES} files, schema of 350 kB, median of ${TIMES} in turns`;
  return [
    figure('scan, 1,000 operations in TypeScript', cold, 's', how, { budget: { kind: 'most', value: 0.4 * theirs.value }, peer: theirs }),
    figure('scan, the same cached', cached, 's', how, { budget: { kind: 'most', value: cold / 3 } }),
    figure('scan, 1,000 operations in Python', python, 's', how, { budget: { kind: 'most', value: 0.6 * core.value }, peer: core }),
  ];
}

/** 5,000 and 10,000 files, timed in turns unwatched; memory is that of one run more. */
async function measureLarge(dir: string): Promise<readonly Figure[]> {
  const [few, many]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < TIMES; turn++) {
    few.push((await scan(dir, 'few', FEW)).seconds);
    many.push((await scan(dir, 'many', MANY)).seconds);
  }
  const { use } = await scan(dir, 'many', MANY, ['--no-cache'], EVERY_MS);
  const how = `TypeScript, ${MANY * OPERATIONS_A_FILE} operations, no cache`;
  return [
    figure('scan, 10,000 files', median(many), 's', `${how}, median of ${TIMES} in turns`),
    figure('scan, 10,000 files over 5,000', median(many) / median(few), '×', `${how}; 2 is linear`, {
      budget: { kind: 'most', value: 2.3 },
    }),
    figure('scan, 10,000 files, memory', use.peakBytes / MB, 'MB', `${how}; PSS, every ${EVERY_MS} ms`, {
      budget: { kind: 'most', value: 400 },
    }),
  ];
}

/** One scan. Throws when not every operation was found and fit. */
async function scan(dir: string, tree: string, files: number, how: readonly string[] = ['--no-cache'], everyMs = UNWATCHED) {
  const args = ['contract', 'scan', join(dir, tree), '--schema', join(dir, 'schema.graphql'), '--json', ...how];
  const ended = await runMeasured('cli/crosscheck.mjs', args, everyMs);
  const told = scanned.safeParse(ended.stdout.startsWith('{') ? JSON.parse(ended.stdout) : null);
  if (ended.code !== 0 || !told.success)
    throw new Error(`scan: expected exit 0 and its JSON, got ${ended.code}: ${(ended.stderr || ended.stdout).slice(-1_000)}`);
  const { documents, violations, unresolved } = told.data;
  if (documents !== files * OPERATIONS_A_FILE || violations.length + unresolved.length > 0)
    throw new Error(`scan: expected ${files * OPERATIONS_A_FILE} documents that fit, got ${documents} and ${violations.length} violations`);
  return ended;
}

async function inspect(script: string, dir: string): Promise<number> {
  const { seconds, code, stdout, stderr } = await runMeasured(
    script,
    ['validate', join(dir, 'ts/**/*.ts'), join(dir, 'schema.graphql')],
    UNWATCHED,
  );
  if (code !== 0 || !stdout.includes('All documents are valid'))
    throw new Error(`graphql-inspector: expected valid documents, got exit ${code}: ${(stderr || stdout).slice(-1_000)}`);
  return seconds;
}

/** The peer's script, in the checkout; its packages, as their lock file names them, are fetched the first time. */
function inspectorScript(): string {
  const script = 'bench/inspector/node_modules/@graphql-inspector/cli/cjs/index.js';
  if (!existsSync(join(root, script)))
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: inspectorFolder, stdio: 'ignore' });
  return script;
}

function validateWithCore(dir: string): number {
  const script = join(import.meta.dirname, 'validate_documents.py');
  const args = ['run', '--quiet', '--no-project', '--with', `graphql-core==${GRAPHQL_CORE}`, 'python', script];
  const told = execFileSync('uv', [...args, join(dir, 'schema.graphql'), join(dir, 'documents.json')], { encoding: 'utf8' });
  const { seconds, documents, errors } = validated.parse(JSON.parse(told));
  if (documents !== FILES * OPERATIONS_A_FILE || errors > 0) throw new Error(`graphql-core: expected valid documents, got ${told}`);
  return seconds;
}

function write(dir: string, files: readonly SampleFile[]): void {
  for (const { path, text } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}
