/**
 * C-12 at the real sizes: packages of 1,000 and of 10,000 entries, one below, at and one above, read by both backends. Every entry refers to one
 * object, given with its hash and size as the registry takes them, so that 10,001 entries take a second to make.
 */
import { createHash } from 'node:crypto';
import { openDoor } from '../../backends/wire/open-door.ts';
import { createControlClient } from '../../fixtures/control-client.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { originsOf, targetOfLine } from '../../fixtures/target.ts';
import { createBystander } from '../../suites/case/bystander.ts';
import { createRecorder } from '../../suites/case/recorder.ts';
import { loadBackends } from '../../suites/run/backends.ts';
import { contractOf } from '../../suites/run/contract-of.ts';
import { failOn, type RealCheck } from './check.ts';

const SIZES = [999, 1000, 1001, 9999, 10_000, 10_001];
const CONSTRUCT = `mutation construct($params: PackagePushParams!, $src: PackageConstructSource!) {
  packageConstruct(params: $params, src: $src) {
    __typename
    ... on PackagePushSuccess { revision { hash } }
    ... on InvalidInput { errors { path name message } }
    ... on OperationError { name message }
  }
}`;

export const largePackages: RealCheck = {
  name: 'packages of 1,000 and 10,000 entries, one below, at and above, are whole on both backends',
  async run() {
    const findings: string[] = [];
    await using child = await startEmbeddedChild();
    const target = targetOfLine(child.line);
    const { contract } = await contractOf(target);
    const control = createControlClient(child.line.controlUrl);
    const tenant = await control.newTenant({});
    let offsetMs = 0;
    const policy = { origins: originsOf(target), writes: 'namespace', deadlineMs: 60_000, bodyLimit: 256 * 1024 * 1024 } as const;
    await using door = openDoor(policy, contract);
    const keys = { accessKeyId: tenant.accessKeyId, secretAccessKey: tenant.secretAccessKey, sessionToken: null };
    const bystander = createBystander(door, { endpoint: tenant.s3Endpoint, region: tenant.region, keys });
    const bucket = tenant.buckets[0] ?? '';
    const uri = await bystander.put(bucket, 'one.txt', 'one object for all');
    const bytes = Buffer.from('one object for all');
    const hash = {
      type: 'sha2-256-chunked',
      value: createHash('sha256').update(createHash('sha256').update(bytes).digest()).digest('base64'),
    };
    const settings = {
      now: () => Date.now() + offsetMs,
      catalogUrl: tenant.catalogUrl,
      registryUrl: tenant.registryUrl,
      graphqlUrl: tenant.graphqlUrl,
      registry: `s3://${bucket}`,
      region: tenant.region,
      s3Endpoint: tenant.s3Endpoint,
      token: tenant.tokens.user,
      accessKeyId: tenant.accessKeyId,
      secretAccessKey: tenant.secretAccessKey,
    };
    for (const backend of await loadBackends(['quilt3', 'platform'])) {
      await using session = await backend.open(settings, door);
      const recorder = createRecorder({ now: Date.now, fetchPresigned: bystander.fetchPresigned });
      const ops = recorder.record(session.operations, (operation, work) => door.during(operation, work));
      for (const size of SIZES) {
        const name = `${backend.name}/entries-${size}`;
        const entries = Array.from({ length: size }, (_, i) => ({ logicalKey: `d/f${i}.txt`, physicalKey: uri, hash, size: bytes.length }));
        const made = await ops.graphql({ query: CONSTRUCT, variables: { params: { bucket, name, message: 'm' }, src: { entries } } });
        if (made.errors !== null) findings.push(`${name}: expected to be made, got ${made.errors.join('; ').slice(0, 300)}`);
        const info = await ops.packageInfo({ name });
        const listing = await ops.browse({ name, path: 'd' });
        // Two revisions within one second share a pointer.
        await control.advance(tenant.id, 1);
        offsetMs += 1000;
        const update = await ops.updateRevision({ name, metadata: { size }, message: 'update' });
        const diff = await ops.diff({ name, from: info.topHash, to: update.topHash });
        const told = {
          entries: info.totalEntries,
          bytes: info.totalBytes,
          children: new Set(listing.children?.map(({ path }) => path)).size,
          updated: update.totalEntries,
          changed: diff.added.length + diff.modified.length + diff.deleted.length,
        };
        const due = { entries: size, bytes: size * bytes.length, children: size, updated: size, changed: 0 };
        for (const [what, expected] of Object.entries(due)) {
          const got = told[what as keyof typeof due];
          if (got !== expected) findings.push(`${name}: ${what}: expected ${expected}, got ${got}`);
        }
      }
    }
    failOn(findings);
    return { detail: `${SIZES.join(', ')} entries made, described, browsed, updated and compared on each` };
  },
};
