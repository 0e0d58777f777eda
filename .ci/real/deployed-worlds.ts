/**
 * Cases on a deployment: a target file without a control endpoint, whose buckets hold other people's packages. No false alarm, and when the run is over, or
 * was killed and cleaned up after, the buckets hold exactly what they held before.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import type { QuiltOps } from '../../backends/quilt-ops.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import type { UpLine } from '../../fixtures/control.ts';
import { startVersitygw } from '../../fixtures/embedded/s3/referee/start-versitygw.ts';
import { createBystander } from '../../suites/case/bystander.ts';
import { failOn, type RealCheck } from './check.ts';
import { countsOf, crosscheckRun, type RunReport, wrongCases } from './crosscheck-run.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { flipOneField, LIE } from './lying-answers.ts';
import { openOriginProxy } from './origin-proxy.ts';
import type { Room } from './room.ts';
import { checkout, ownTemporary, strike } from './run-under-signal.ts';
import { secretsOf, writeTarget } from './target-file.ts';

/** Seen to take 40 s on the embedded S3, two seconds of waiting for another second in each of many cases. */
const DEADLINE_MS = 600_000;
const CLEAN_WITHIN_MS = 60_000;
/** Of 1,474 cases 316 can be asked of a deployment with two buckets; fewer means that some world was lost. */
const ASKED_AT_LEAST = 310;
/** Its message is read through the registry by the platform backend alone. */
const LIED_TO = 'parity/update-keeps-the-rest';
const LIED_CASES = ['backend:platform', 'agree:quilt3~platform'].map((end) => `${LIED_TO}/${end}`);
/** Many short cases that all write. */
const KILLED = ['parity/update-merges-metadata', '--no-html'];

export const deployedWorlds: RealCheck = {
  name: 'a deployment without control: no false alarm, and nothing stays in its buckets',
  run: (room) => onDeployment(room),
};

export const deployedWorldsOnVersitygw: RealCheck = {
  name: 'a deployment on versitygw without control: no false alarm, and nothing stays in its buckets',
  async run(room) {
    await using s3 = await startVersitygw();
    const env = { AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey, AWS_REGION: s3.region };
    return await onDeployment(room, ['--s3', s3.url], env);
  },
};

async function onDeployment(room: Room, args: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  await using embedded = await openEmbedded(args, { buckets: 2 }, env);
  const { line, tenant } = embedded;
  await populate(embedded);
  const before = await versionsIn(line, tenant.buckets);
  const target = writeTarget(room, { name: 'deployed', line, control: false, moreBuckets: tenant.buckets.slice(1) });

  const run = await crosscheckRun(room, ['parity', 'interop', '--target', target], DEADLINE_MS);
  failOn([...wrongCases(run), ...exitOf(run), ...changes('after the run', before, await versionsIn(line, tenant.buckets))]);
  if (run.passed < ASKED_AT_LEAST) failOn([`cases passed: expected at least ${ASKED_AT_LEAST}, got ${countsOf(run)}`]);

  await using proxy = await openOriginProxy([line.registryUrl, line.graphqlUrl, line.catalogUrl], { edit: flipOneField });
  const through = { ...line, ...(JSON.parse(proxy.via(JSON.stringify(line))) as UpLine), controlUrl: line.controlUrl };
  const lied = writeTarget(room, { name: 'lying', line: through, control: false });
  const lying = await crosscheckRun(room, [LIED_TO, '--target', lied], DEADLINE_MS);
  const caught = lying.cases.filter(({ verdict, message }) => verdict === 'failed' && message?.includes(LIE.value));
  if (lying.code !== 1 || caught.map(({ id }) => id).join() !== LIED_CASES.join())
    failOn([
      `a lie about ${LIE.field}: expected exit 1 and ${LIED_CASES.join()} failed, got ${lying.code}: ${JSON.stringify(lying.cases)}`,
    ]);
  failOn(changes('after a run that was lied to', before, await versionsIn(line, tenant.buckets)));

  const out = join(room.dir, 'killed');
  await strike(room, [...KILLED, '--target', target], out, 'SIGKILL run', 'has 10 lines');
  const left = changes('', before, await versionsIn(line, tenant.buckets)).length;
  if (left === 0) failOn(['a killed run: expected to leave something for clean, got nothing']);
  const clean = () =>
    room.run([process.execPath, 'cli/crosscheck.mjs', 'clean', '--report', out], {
      cwd: checkout,
      env: ownTemporary(room),
      deadlineMs: CLEAN_WITHIN_MS,
    });
  const key = join(secretsOf(room, 'deployed'), 'secret-key');
  rmSync(key);
  const refused = await clean();
  if (refused.code !== 2 || !refused.stdout.includes(key))
    failOn([`clean without a secret: expected exit 2 and its name, got ${refused.code}: ${refused.stdout}${refused.stderr}`]);
  writeTarget(room, { name: 'deployed', line, control: false, moreBuckets: tenant.buckets.slice(1) });
  const cleaned = await clean();
  if (cleaned.code !== 0) failOn([`clean: expected exit 0, got ${cleaned.code}: ${cleaned.stdout}${cleaned.stderr}`]);
  failOn(changes('after a killed run and clean', before, await versionsIn(line, tenant.buckets)));
  return { detail: `${countsOf(run)}; a lie is caught; ${left} versions left by a killed run, none after clean` };
}

const exitOf = ({ code }: RunReport): string[] => (code === 0 ? [] : [`exit code: expected 0, got ${code}`]);

/** Other people's packages and objects, some with the very content that scenarios write. */
async function populate({ line, ours, tenant }: Embedded): Promise<void> {
  await using door = openDoor(
    { origins: [new URL(line.s3Endpoint).origin], writes: 'namespace', deadlineMs: 20_000, bodyLimit: 1024 * 1024 },
    null,
  );
  const keys = { accessKeyId: line.accessKeyId, secretAccessKey: line.secretAccessKey, sessionToken: null };
  const bystander = createBystander(door, { endpoint: line.s3Endpoint, region: line.region, keys });
  const uris: string[] = [];
  for (const [key, content] of [
    ['a.txt', 'a'],
    ['data/b.csv', 'bb'],
    ['none.txt', 'there all the same'],
    ['xc-not-a-run/a.txt', 'a'],
  ] as const)
    uris.push(await bystander.put(line.bucket, key, content));
  const ops: QuiltOps = await ours('quilt3');
  for (const name of ['team/data', 'team/none', 'team/one', 'xc-not-a-run/data']) await ops.createRevision({ name, uris, message: 'm' });
  await ops.createRevision({ name: 'team/empty', message: 'nothing in it' });
  await ops.createRevision({ name: 'team/flat', uris: uris.slice(0, 1), organise: false, message: 'm' });
  await ops.createRevision({ registry: `s3://${tenant.buckets[1]}`, name: 'team/data', uris, message: 'm' });
}

/** `bucket/key version` of every version and marker. */
async function versionsIn(line: UpLine, buckets: readonly string[]): Promise<ReadonlySet<string>> {
  const { s3Endpoint, region, accessKeyId, secretAccessKey } = line;
  const s3 = new S3Client({ endpoint: s3Endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  const found = new Set<string>();
  for (const bucket of buckets) {
    // Far fewer than a page holds, so that a second page is a finding of its own.
    const { Versions = [], DeleteMarkers = [], IsTruncated } = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket }));
    for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) found.add(`${bucket}/${Key} ${VersionId}`);
    if (IsTruncated === true) found.add(`${bucket}: more than a page`);
  }
  s3.destroy();
  return found;
}

function changes(when: string, before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [
    ...[...after].filter((one) => !before.has(one)).map((one) => `${when}: expected nothing new, got ${one}`),
    ...[...before].filter((one) => !after.has(one)).map((one) => `${when}: expected ${one}, which is another's, got none`),
  ];
}
