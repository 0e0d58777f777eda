import { defineConfig } from 'vitest/config';
import { AllureReporter } from './reports/allure-reporter.ts';

const seed = Number(process.env['CROSSCHECK_SEED'] ?? 1);
const allureDir = process.env['CROSSCHECK_ALLURE_DIR'];
/** Node runs our TypeScript as it is, so that one copy of graphql is loaded and stack traces are the files' own. */
const asNode = { experimental: { viteModuleRunner: false, nodeLoader: false }, pool: 'forks', isolate: false } as const;

/** The live set of a worker is below 100 MB. Left to itself, V8 lets two of them grow to three times that before it collects, and keeps what ran once as bytecode. */
const LEAN = ['--max-semi-space-size=4', '--max-old-space-size=256', '--heap-growing-percent=15', '--bytecode-old-age=2'];

/** A project of suites; its workers are its own, and those of one end before another begins. */
const suites = (name: string, groupOrder: number, folders: string) => ({
  test: {
    ...asNode,
    name,
    // Optimising the one great function of PostgreSQL's parser (WebAssembly) takes 300 MB for seconds; as it is first compiled, it is fast enough.
    execArgv: [...LEAN, '--liftoff-only'],
    include: [`${folders}/**/*.suite.ts`],
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
      suites('platform', 1, 'suites/{contract,interop,parity,selftest}'),
      suites('resources', 2, 'suites/{migrations,oauth,stack}'),
    ],
    maxWorkers: 2,
    sequence: { shuffle: { files: true, tests: true }, seed },
    reporters: ['default', ...(allureDir === undefined ? [] : [new AllureReporter(allureDir)])],
  },
});
