/** The checks of one database, asked as a run asks them, for tests: on a server that is there, and without a plan. */
import type { Exchange } from '../../backends/wire/exchange.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { openSql } from '../../backends/wire/postgres.ts';
import { scratchPrefix } from '../../fixtures/control.ts';
import type { Target } from '../../fixtures/target.ts';
import { deploymentSchema } from '../../fixtures/target-schema.ts';
import type { CaseResult } from '../../reports/result.ts';
import { planCases } from '../case/plan.ts';
import { createCaseRunner, type Host } from '../case/run-case.ts';
import { createStackOutputs } from '../case/stack-outputs.ts';
import { loadSuite, suitePaths } from '../case/suite-files.ts';
import { featuresOf } from '../run/features.ts';
import { createResources } from '../run/resource-stage.ts';

export interface AskOptions {
  /** Superuser's URL of the server that databases are made on. */
  readonly serverUrl: string;
  /** Folder that paths of the key are from. */
  readonly folder: string;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Names of checks that are left out: `fail-at-each-statement`. */
  readonly without?: readonly string[];
  /** The only checks. */
  readonly only?: readonly string[];
}

/** A result of a check that could be asked, by the check's name. */
export type Results = ReadonlyMap<string, CaseResult>;

let runs = 0;

/** Asks every check of `migrations` of a database as the target file would have it. */
export async function askDatabase(key: object, { serverUrl, folder, secrets = {}, without = [], only }: AskOptions): Promise<Results> {
  const target: Target = {
    name: 'test',
    kind: 'file',
    hasPlatform: false,
    stage: null,
    writes: 'never',
    account: null,
    region: 'us-east-1',
    ca: null,
    controlUrl: null,
    subjects: {},
    folder,
    secrets,
    deployment: deploymentSchema.parse({ databases: { app: key } }),
  };
  const prefix = scratchPrefix(`test_${process.pid}_${++runs}`);
  const resources = createResources(target, {
    outputs: createStackOutputs(target.deployment),
    openDoor: (origins, writes = 'never') => openDoor({ origins, writes, deadlineMs: 5_000, bodyLimit: 1_000_000 }, null),
    parts: { postgres: { url: serverUrl } },
    scratchPrefix: prefix,
  });
  const host = {
    resourceStage: (planned, suite) => resources.hold(planned, suite),
    reproduce: (id) => `npx crosscheck repro ${id}`,
    rootFields: (_: readonly Exchange[]) => ({}),
  } satisfies Partial<Host>;
  const runner = createCaseRunner(host as unknown as Host);
  const files = await Promise.all(
    suitePaths(['migrations'])
      .filter((path) => path.startsWith('suites/migrations/'))
      .map(loadSuite),
  );
  const options = { target, backends: [], features: featuresOf(target), suites: [], grep: null, tags: [], ids: null, shard: null };
  const results = new Map<string, CaseResult>();
  for (const file of files) {
    const name = file.scenario.replace('migrations/', '');
    if (without.includes(name) || (only !== undefined && !only.includes(name))) continue;
    for (const planned of planCases([file], options))
      if (planned.unsupported === null) results.set(name, await runner.run(planned, file.suite));
  }
  await dropAll(serverUrl, prefix);
  return results;
}

/** A run's databases go with its server; here one server serves many. */
async function dropAll(serverUrl: string, prefix: string): Promise<void> {
  const sql = await openSql(serverUrl, { allows: 'any', deadlineMs: 10_000 }).catch(() => null);
  if (sql === null) return;
  const found = await sql.query<{ name: string }>('SELECT datname::text AS name FROM pg_database WHERE starts_with(datname, $1)', [prefix]);
  for (const { name } of found) await sql.query(`DROP DATABASE ${name} WITH (FORCE)`);
  await sql[Symbol.asyncDispose]();
}

/** The checks that did not pass, with what each said. */
export function wrongOf(results: Results): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...results]
      .filter(([, { verdict }]) => verdict !== 'passed')
      .map(([name, { verdict, message = '' }]) => [name, `${verdict}: ${message}`]),
  );
}
