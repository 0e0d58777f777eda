/** Finds and imports the suite files. Importing one does nothing but make its record known. */
import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Check } from './check.ts';
import type { ResourceCheck } from './resource-check.ts';
import type { PairScenario, Scenario } from './scenario.ts';

export type Suite = Scenario | PairScenario | Check | ResourceCheck;

/** A suite file and its record. */
export interface SuiteFile {
  /** From the checkout's root: `suites/parity/update-keeps-the-rest.suite.ts`. */
  readonly file: string;
  /** `parity`. */
  readonly area: string;
  /** `parity/update-keeps-the-rest`. */
  readonly scenario: string;
  readonly suite: Suite;
}

/** A suite file is wrong: it cannot be planned, so nothing runs. */
export class SuiteFileError extends Error {
  override readonly name = 'SuiteFileError';
}

/** The checkout's root. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const FILE = /^suites\/([a-z0-9-]+)\/([a-z0-9-]+)\.suite\.ts$/;

/** The area whose cases misbehave on purpose, to prove the harness: planned only when it is named. */
const SELFTEST = 'selftest';

/** Paths of all suite files from the root, sorted; those of the selftest only when `suites` names it or one of its scenarios. */
export function suitePaths(suites: readonly string[] = []): readonly string[] {
  const named = suites.some((name) => name === SELFTEST || name.startsWith(`${SELFTEST}/`));
  return globSync('suites/**/*.suite.ts', { cwd: root })
    .filter((path) => named || !path.startsWith(`suites/${SELFTEST}/`))
    .sort();
}

/** Imports one suite file. Throws SuiteFileError when it does not hold a suite. */
export async function loadSuite(path: string): Promise<SuiteFile> {
  const file = relative(root, join(root, path));
  const [, area, name] = FILE.exec(file) ?? [];
  if (area === undefined || name === undefined)
    throw new SuiteFileError(`${file}: expected suites/AREA/VERB-OBJECT.suite.ts in lower case, got another name`);
  let module: { default?: unknown };
  try {
    module = (await import(pathToFileURL(join(root, file)).href)) as { default?: unknown };
  } catch (cause) {
    throw new SuiteFileError(`${file}: expected to import, got ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  const suite = module.default as Suite | undefined;
  if (suite === undefined || !['scenario', 'interop', 'check', 'resource'].includes(suite.kind)) {
    throw new SuiteFileError(
      `${file}: expected a default export made by scenario(), interop(), check() or resourceCheck(), got ${typeof module.default}`,
    );
  }
  return { file, area, scenario: `${area}/${name}`, suite };
}
