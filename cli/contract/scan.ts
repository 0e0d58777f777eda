/** `crosscheck contract scan`: every GraphQL document in source against one or more schemas. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import type { Command } from 'commander';
import { finders as allFinders, type Finders } from '../../schemas/inventory/finders.ts';
import { scanCached } from '../../schemas/scan/cache.ts';
import { openFoundCache } from '../../schemas/scan/found-cache.ts';
import { packageVersion, toolHash } from '../../schemas/scan/tool-version.ts';
import type { ScanResult } from '../../schemas/scan/violation.ts';
import { UsageError } from '../failure.ts';
import { openSchemas, parseSchemaNames, readTokens } from './open-schemas.ts';
import { renderGithub } from './render-github.ts';
import { toScanJson } from './render-json.ts';
import { type ReadSource, renderText } from './render-text.ts';
import { policyOf, readWaivers, type ScanOptions, scanCommand } from './scan-options.ts';
import { openSourceTree } from './source-tree.ts';

/** Below node_modules: never committed, and gone with the packages. */
const CACHE = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'crosscheck');

export function command(): Command {
  return scanCommand(CACHE).action(async (paths: string[], options: ScanOptions) => {
    if (paths.includes('-')) {
      const { scanByHand } = await import('./scan-by-hand.ts');
      process.exitCode = await scanByHand(paths, options);
    } else if (options.watch === true) {
      const { watchScan } = await import('./watch-scan.ts');
      process.exitCode = await watchScan(paths, options);
    } else {
      process.exitCode = await scanOnce(paths, options);
    }
  });
}

/** From so many files on, memory counts: V8 lets the heap grow to four times what is alive, and 5,000 files keep 90 MB alive. */
const LARGE_TREE = 1_000;

/** What a scan runs with, so that tests bring a language and an output of their own. */
export interface ScanHost {
  readonly finders: Finders;
  readonly write: (text: string) => void;
}

export const standardHost: ScanHost = { finders: allFinders, write: (text) => void process.stdout.write(text) };

/** One scan, printed; answers the exit code. Throws UsageError, ContractError, PolicyError or WaiversError when it cannot be told. */
export async function scanOnce(paths: readonly string[], options: ScanOptions, host: ScanHost = standardHost): Promise<number> {
  const { finders } = host;
  if (options.send || options.variables !== undefined || options.operation !== undefined)
    throw new UsageError('--send, --variables and --operation: expected - as the path, for one document from stdin');
  const policy = await policyOf(options);
  const read = await readWaivers(options.waivers);
  const today = new Date().toISOString().slice(0, 10);
  const tree = openSourceTree(paths, finders);
  if (tree.paths.length > LARGE_TREE) setFlagsFromString('--heap-growing-percent=30');
  const named = parseSchemaNames(options.schema);
  const schemas = await openSchemas(named, readTokens(options.tokenEnv, named, process.env));
  const work: Parameters<typeof scanCached>[3] = async (recording) => {
    // A cached answer needs neither parsers nor rules.
    const { scan } = await import('../../schemas/scan/scan.ts');
    const contracts = await Promise.all(schemas.map(async ({ name, contract }) => ({ name, contract: await contract() })));
    const cache = options.cache ? openFoundCache(options.cacheDir, toolHash(), paths) : null;
    const settings = { policy, waivers: read?.waivers ?? null, today, ...(cache && { remember: cache.remember }) };
    const result = await scan(recording, contracts, finders, settings);
    cache?.save();
    return result;
  };
  const key = () => ({
    tool: toolHash(),
    schemas: schemas.map(({ name, hash }) => [name, hash] as const),
    policy,
    waivers: read && { path: read.waivers.path, text: read.text, today },
  });
  const { result } = options.cache ? await scanCached(options.cacheDir, key(), tree, work) : { result: await work(tree) };
  const names = schemas.map(({ name }) => name);
  host.write(await render(result, names, options, (file) => tree.read(file)?.text ?? readText(file)));
  if (exitOf(result) === 2) process.stderr.write('crosscheck: nothing was judged: expected at least one GraphQL document, got none\n');
  return exitOf(result);
}

/** The result in the format of the options, as it is written. */
export async function render(result: ScanResult, schemas: readonly string[], options: ScanOptions, read: ReadSource): Promise<string> {
  const format = options.json === true ? 'json' : options.format;
  if (format === 'json') return `${JSON.stringify(toScanJson(result, schemas))}\n`;
  if (format === 'sarif') {
    const { toSarif } = await import('./render-sarif.ts');
    return `${JSON.stringify(toSarif(result, packageVersion()), null, 2)}\n`;
  }
  if (format === 'github') return renderGithub(result);
  const color = process.stdout.isTTY === true && process.env['NO_COLOR'] === undefined;
  return renderText(result, schemas, read, { color, width: process.stdout.columns ?? 160 });
}

/** 1: something is wrong; 2: nothing was judged; 0: all fits. */
export function exitOf({ violations, unresolved, documents }: ScanResult): number {
  if (violations.some(({ severity }) => severity === 'error') || unresolved.some((one) => one.waived === undefined)) return 1;
  return documents === 0 && unresolved.length === 0 ? 2 : 0;
}

/** The waivers file, say, which is no source. */
function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
