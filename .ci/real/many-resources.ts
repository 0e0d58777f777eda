/** Many resources in one target with one call in five throttled: no check is lost, and time grows no faster than their number. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAwsControl } from '../../fixtures/aws-control-client.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { failOn, type RealCheck } from './check.ts';
import { crosscheckRun, wrongCases } from './crosscheck-run.ts';

const FEW = 200;
const MANY = 1_000;
/** Seconds that `FEW` may take, start of the run included. */
const WITHIN_S = 20;
/** A run starts and ends in some seconds, however few resources it has; twice the linear time is no longer linear. */
const AT_MOST_TIMES = 2;
const DEADLINE_MS = 300_000;

/** Runs the stack suite on both numbers. */
export const manyResources: RealCheck = {
  name: 'many resources: 200 and 1,000, one call in five throttled',
  async run(room) {
    await using child = await startEmbeddedChild();
    const { awsEndpoint, accessKeyId, secretAccessKey, controlUrl } = child.line;
    const control = createAwsControl(controlUrl);
    const env = { KEY_ID: accessKeyId, KEY_SECRET: secretAccessKey };
    const took: number[] = [];
    const findings: string[] = [];
    for (const count of [FEW, MANY]) {
      const each = count / 4;
      const numbers = Array.from({ length: each }, (_, index) => index);
      await control.restore();
      const at = '2026-10-01T09:00:00Z';
      const put = (pointer: string, value: unknown) => numbers.map((number) => ({ pointer: pointer.replace('#', String(number)), value }));
      await control.patch({
        edits: [
          ...put('/dynamodb/tables/many-#', {
            CreationDateTime: at,
            AttributeDefinitions: { id: 'S' },
            KeySchema: { HASH: 'id' },
            TimeToLive: { TimeToLiveStatus: 'ENABLED', AttributeName: 'end' },
          }),
          ...put('/logs/logGroups/many-#', { creationTime: at, retentionInDays: 7 }),
          ...put('/s3/buckets/many-#', { Encryption: { SSEAlgorithm: 'AES256' }, Versioning: 'Enabled' }),
          ...put('/secretsmanager/secrets/many-#', { CreatedDate: at, LastChangedDate: at }),
        ],
      });
      const block = (value: (number: number) => object) => Object.fromEntries(numbers.map((number) => [`many-${number}`, value(number)]));
      const target = {
        name: `many-${count}`,
        region: child.line.region,
        aws: { endpoint: awsEndpoint, accessKeyId: { env: 'KEY_ID' }, secretAccessKey: { env: 'KEY_SECRET' } },
        tables: block((number) => ({ name: `many-${number}`, ttl: 'end' })),
        logGroups: block((number) => ({ name: `many-${number}`, retentionDays: 7 })),
        storage: block((number) => ({ name: `many-${number}`, blocksPublicAccess: false })),
        secrets: block((number) => ({ id: `many-${number}` })),
      };
      const file = join(room.dir, `many-${count}.yaml`);
      writeFileSync(file, JSON.stringify(target));
      await control.fault({ every: 5, answer: { kind: 'throttle' } });
      const start = performance.now();
      const report = await crosscheckRun(room, ['stack', '--target', file], DEADLINE_MS, env);
      took.push((performance.now() - start) / 1000);
      const throttled = await control.clearFaults();
      findings.push(...wrongCases(report));
      // One more for the account; the checks that have nothing to ask are unsupported.
      if (report.passed !== count + 1) findings.push(`${count} resources: expected ${count + 1} passed, got ${report.passed}`);
      if (throttled < count / 5) findings.push(`${count} resources: expected throttled calls, got ${throttled}`);
    }
    const [few = 0, many = 0] = took;
    if (few > WITHIN_S) findings.push(`${FEW} resources: expected at most ${WITHIN_S} s, got ${few.toFixed(1)} s`);
    if (many > few * (MANY / FEW) * AT_MOST_TIMES)
      findings.push(`${MANY} resources: expected linear time, got ${many.toFixed(1)} s after ${few.toFixed(1)} s of ${FEW}`);
    failOn(findings);
    return { detail: `${FEW} in ${few.toFixed(1)} s, ${MANY} in ${many.toFixed(1)} s, no case lost` };
  },
};
