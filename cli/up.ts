/** `crosscheck up`: starts the embedded target by hand. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import type { TenantFault } from '../fixtures/control-client.ts';
import { externalS3, runUp } from '../fixtures/embedded/up.ts';
import { postgresFolder } from '../fixtures/scratch-postgres.ts';
import { applyFault } from '../suites/faults/apply-fault.ts';
import { findFault } from '../suites/faults/find-fault.ts';
import { openRunFolder } from '../suites/run/run-folder.ts';
import { STORES } from '../suites/run/run-suites.ts';
import { UsageError } from './failure.ts';
import { jsonOption } from './options.ts';

interface Options {
  readonly schema: 'current' | 'reference';
  readonly s3?: string;
  readonly keep?: true;
  readonly fault?: readonly string[];
  readonly json?: true;
}

export function command(): Command {
  return new Command('up')
    .description('start the embedded target, until a signal')
    .addOption(new Option('--schema <kind>', 'API to serve').choices(['current', 'reference']).default('current'))
    .option('--s3 <url>', 'keep packages in this S3 instead of the embedded one: http://KEY:SECRET@HOST:PORT')
    .option('--keep', 'with --s3: leave the buckets that it made there when it ends')
    .option('--fault <id...>', 'incidents that every tenant has from the start (see `crosscheck faults`)')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  npx crosscheck up --json | tee up.json\n')
    .action(async ({ schema, s3, keep, fault, json }: Options) => {
      if (keep === true && s3 === undefined)
        throw new UsageError('--keep: expected --s3 with it, got none; the embedded S3 ends with its process');
      const tenantFaults = await Promise.all((fault ?? []).map(tenantFaultOf));
      using folder = openRunFolder(STORES);
      const data = join(folder.dir, 'embedded-data');
      // PostgreSQL runs as a user of its own where we are root, who cannot reach into every checkout.
      const databaseDir = postgresFolder(folder.runId);
      for (const path of [data, databaseDir]) folder.journal.willCreate({ kind: 'directory', id: path, target: 'local', remove: { path } });
      await runUp({
        schema,
        json: json === true,
        child: false,
        write: (text) => void process.stdout.write(text),
        ...(s3 === undefined ? {} : { s3: readS3(s3) }),
        ...(keep === undefined ? {} : { keep }),
        dataDir: data,
        databaseDir,
        tenantFaults,
      });
      for (const path of [data, databaseDir]) {
        rmSync(path, { recursive: true, force: true });
        folder.journal.removed(path);
      }
    });
}

/** What the fault does to tenants. A fault that needs more stands between a client and its target, where `run --fault` puts it. */
async function tenantFaultOf(id: string): Promise<TenantFault> {
  const { tenants, beyondTenants } = applyFault(await findFault(id));
  if (beyondTenants.length > 0)
    throw new UsageError(
      `--fault ${id}: expected one that a target can carry, got one of ${beyondTenants.join(', ')}; use run --fault ${id}`,
    );
  return tenants;
}

/** As `externalS3`; what is wrong with it is a wrong call. */
function readS3(text: string): ReturnType<typeof externalS3> {
  try {
    return externalS3(text, process.env);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
