/** The options of `contract scan`, and what they come to. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { Command, Option } from 'commander';
import { DEFAULT_MAX_COMPLEXITY, DEFAULT_MAX_DEPTH } from '../../schemas/rules/limits.ts';
import type { Policy } from '../../schemas/rules/policy.ts';
import type { Waivers } from '../../schemas/scan/apply-waivers.ts';
import { UsageError } from '../failure.ts';
import { jsonOption, parseWhole } from '../options.ts';

export const FORMATS = ['text', 'json', 'sarif', 'github'] as const;

export interface ScanOptions {
  readonly schema: string[];
  readonly tokenEnv: string[];
  readonly format: (typeof FORMATS)[number];
  readonly json?: true;
  readonly rule: string[];
  readonly maxDepth: string;
  readonly maxComplexity: string;
  readonly waivers?: string;
  readonly cacheDir: string;
  readonly cache: boolean;
  readonly watch?: true;
  readonly variables?: string;
  readonly operation?: string;
  readonly send?: true;
  readonly writes?: true;
}

const collect = (one: string, before: string[] = []): string[] => [...before, one];

/** `contract scan` without its action. */
export function scanCommand(cacheDir: string): Command {
  return new Command('scan')
    .description('find every GraphQL document in source, and judge it and its variables by one or more schemas')
    .argument('<path...>', 'files and folders; - for one document from stdin')
    .addOption(
      new Option('--schema <schema>', 'NAME=URL|FILE or URL|FILE, repeated for several: live, SDL or introspection JSON')
        .argParser(collect)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--token-env <variable>', 'environment variable with the token of the live schema; NAME=VARIABLE for several')
        .argParser(collect)
        .default([], 'none'),
    )
    .addOption(new Option('--format <format>', 'how the result is written').choices(FORMATS).default('text'))
    .addOption(jsonOption())
    .addOption(
      new Option('--rule <setting>', 'id=error|warning|off, repeated; the ids stand in docs/rules.md')
        .argParser(collect)
        .default([], 'none'),
    )
    .option('--max-depth <number>', 'limit of the rule max-depth', String(DEFAULT_MAX_DEPTH))
    .option('--max-complexity <number>', 'limit of the rule max-complexity', String(DEFAULT_MAX_COMPLEXITY))
    .option('--waivers <file>', 'what is accepted for a while: YAML { file, name, rule or reason, because, owner, expires }')
    .option('--cache-dir <dir>', 'where results are kept', cacheDir)
    .option('--no-cache', 'neither read nor write the cache')
    .option('--watch', 'scan again whenever something changes, until Ctrl-C')
    .option('--variables <file>', 'with -: JSON variables of the document')
    .option('--operation <name>', 'with -: the operation to judge the variables by, where the document has several')
    .option('--send', 'with -: send the document when it fits, and judge the answer')
    .option('--writes', 'with --send: a mutation may be sent')
    .addHelpText(
      'after',
      `
Exit 1: an error, or a text that is not known and not waived. Exit 2: a schema or path cannot be read, or there is no document at all.

Examples:
  npx crosscheck contract scan src --schema schema.graphql
  npx crosscheck contract scan src --schema production=https://registry.example.com/graphql --schema next=next.graphql --token-env TOKEN
  echo '{ me { name } }' | npx crosscheck contract scan - --schema https://registry.example.com/graphql --send
`,
    );
}

/** The policy of the call. Throws UsageError or PolicyError. */
export async function policyOf(options: ScanOptions): Promise<Policy> {
  return {
    severities: options.rule.length === 0 ? {} : (await import('../../schemas/rules/severities.ts')).parseSeverities(options.rule),
    maxDepth: parseWhole('--max-depth', options.maxDepth),
    maxComplexity: parseWhole('--max-complexity', options.maxComplexity),
  };
}

/** The waivers with the text that they were read from. Throws UsageError or WaiversError. */
export async function readWaivers(path: string | undefined): Promise<{ readonly waivers: Waivers; readonly text: string } | null> {
  if (path === undefined) return null;
  const text = readInput('--waivers', path);
  const { parseWaivers } = await import('../../schemas/scan/waivers.ts');
  return { waivers: parseWaivers(posix.normalize(path.replaceAll('\\', '/')), text), text };
}

/** The text of a file that an option names. Throws UsageError. */
export function readInput(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `${option} ${path}: expected a file that can be read, got ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
}
