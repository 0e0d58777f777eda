import { defineConfig } from 'vitest/config';
import { COLLECT_SOONER } from './fixtures/collect-sooner.ts';
import { AllureReporter } from './reports/allure-reporter.ts';

const seed = Number(process.env['CROSSCHECK_SEED'] ?? 1);
const allureDir = process.env['CROSSCHECK_ALLURE_DIR'];
/** Node runs our TypeScript as it is, so that one copy of graphql is loaded and stack traces are the files' own. */
const asNode = { experimental: { viteModuleRunner: false, nodeLoader: false }, pool: 'forks', isolate: false } as const;

/** The live set of a worker is below 100 MB. Left to itself, V8 lets two of them grow to three times that before it collects. */
const LEAN = ['--max-semi-space-size=4', '--max-old-space-size=256'];
/** Checks of resources; all other suites ask the platform. */
const RESOURCES = 'suites/{migrations,oauth,stack}/**/*.suite.ts';

/** A project of suites; its workers are its own, and those of one end before another begins. */
const suites = (name: string, groupOrder: number, files: { include: string[]; exclude?: string[] }, flags: readonly string[] = []) => ({
  test: {
    ...asNode,
    name,
    ...files,
    execArgv: [...LEAN, ...flags],
    // Both run again for each file; allure-vitest's makes its runtime known to `register`.
    setupFiles: ['allure-vitest/setup', 'suites/case/register.ts'],
    sequence: { shuffle: { tests: true }, groupOrder },
  },
});

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...asNode,
          name: 'harness',
          include: ['{cli,suites,schemas,backends,fixtures,reports,bench,.ci}/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      suites('suites', 1, { include: ['suites/**/*.suite.ts'], exclude: [RESOURCES] }),
      // Optimising the one great function of PostgreSQL's parser (WebAssembly) takes 300 MB for seconds; as it is first compiled, it is fast enough.
      suites('suites-of-resources', 2, { include: [RESOURCES] }, [...COLLECT_SOONER, '--liftoff-only']),
    ],
    maxWorkers: 2,
    sequence: { shuffle: { files: true, tests: true }, seed },
    reporters: ['default', ...(allureDir === undefined ? [] : [new AllureReporter(allureDir)])],
  },
});
