/** D-08: the plan asks for an older database engine than the one that runs. */
import { isOlder } from '../engine-version.ts';
import { toldOf } from '../printable.ts';
import { breach, notKnown, planRule } from '../rule.ts';
import { Unknown } from '../value.ts';

/** Terraform type → attribute that asks for a version, the one that says which runs, and the one that names the engine. */
const engines: Readonly<Record<string, { readonly asks: string; readonly runs?: string; readonly engine?: string }>> = {
  aws_db_instance: { asks: 'engine_version', runs: 'engine_version_actual', engine: 'engine' },
  aws_rds_cluster: { asks: 'engine_version', runs: 'engine_version_actual', engine: 'engine' },
  aws_rds_cluster_instance: { asks: 'engine_version', runs: 'engine_version_actual', engine: 'engine' },
  aws_rds_global_cluster: { asks: 'engine_version', runs: 'engine_version_actual', engine: 'engine' },
  aws_docdb_cluster: { asks: 'engine_version', engine: 'engine' },
  aws_neptune_cluster: { asks: 'engine_version', engine: 'engine' },
  aws_elasticache_cluster: { asks: 'engine_version', runs: 'engine_version_actual', engine: 'engine' },
  aws_elasticache_replication_group: { asks: 'engine_version', runs: 'engine_version_actual', engine: 'engine' },
  aws_memorydb_cluster: { asks: 'engine_version', engine: 'engine' },
  aws_opensearch_domain: { asks: 'engine_version' },
  aws_mq_broker: { asks: 'engine_version', engine: 'engine_type' },
  aws_msk_cluster: { asks: 'kafka_version' },
  aws_eks_cluster: { asks: 'version' },
};

export const engineDowngradeRule = planRule({
  id: 'engine-downgrade',
  incidents: ['D-08'],
  severity: 'error',
  title: 'no database engine is planned older than the one that runs',
  documentation:
    'A minor upgrade that AWS made in its maintenance window leaves the configuration behind; the next plan asks for the old version again, which AWS refuses, or replaces the database. Versions are compared as numbers: 15.12 to 15.7 is a downgrade, 9.6 to 10 is not; 15 asks for any 15 and is legal. What runs comes from the plan itself.',
  of: 'infrastructure',
  *ask({ resources }) {
    for (const resource of resources) {
      const { address, type, before, values, action, place } = resource;
      const known = engines[type];
      if (known === undefined || before === null || action === 'delete') continue;
      const { asks, runs, engine } = known;
      const after = values[asks];
      const actual = runs === undefined ? undefined : before[runs];
      const running = runs !== undefined && typeof actual === 'string' && actual !== '' ? runs : asks;
      const from = before[running];
      const fromTold = toldOf(resource, [running], String(from));
      const at = { resource: address, place: place([asks]) };
      if (after instanceof Unknown) {
        yield notKnown({ ...at, message: `${asks}, ${fromTold} now`, reason: after.reason });
        continue;
      }
      if (typeof from !== 'string' || typeof after !== 'string' || from === '' || after === '') continue;
      const afterTold = toldOf(resource, [asks], after);
      const [engineBefore, engineAfter] = engine === undefined ? [] : [before[engine], values[engine]];
      const older = engineBefore === engineAfter ? isOlder(after, from) : null;
      if (older === null)
        yield notKnown({
          ...at,
          message: `${asks} from ${fromTold} to ${afterTold}`,
          reason: `versions of ${engineBefore === engineAfter ? 'this form' : 'different engines'} have no order`,
        });
      else if (older)
        yield breach({
          ...at,
          message: `the plan downgrades the engine${action === 'replace' ? ', and replaces the database' : ''}`,
          expected: `${fromTold} or newer, since ${fromTold} runs`,
          got: afterTold,
          mend: `set ${asks} of ${address} to ${fromTold}, or to ${fromTold.split('.')[0]} where any release of it will do`,
        });
    }
  },
});
