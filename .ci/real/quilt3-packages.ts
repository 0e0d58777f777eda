/** The published quilt3, unchanged, on the embedded target: all it does with packages, and top hashes that are the same whoever wrote or reads. */
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { failOn, type RealCheck } from './check.ts';
import { type Embedded, openEmbedded } from './embedded.ts';
import { type Pythons, QUILT3 } from './python.ts';
import type { Room } from './room.ts';
import { runSteps } from './steps.ts';

const DEADLINE_MS = 180_000;

const METADATA = { owner: 'lab', größe: [1, 2.5, null, true, -0.001], nested: { ключ: 'значение' }, tags: ['a', '日本'] };
const MESSAGE = 'première «révision»';
const CONTENTS: Readonly<Record<string, string>> = {
  'data/a.csv': 'x,y\n1,2\n',
  'data/ü +%&.txt': 'Größe',
  'data/empty': '',
  'data/large.bin': 'r'.repeat(20 * 1024 * 1024),
};

/** quilt3 signs in, pushes, browses, fetches, compares, rolls back, deletes, lists and searches, alone in a tenant. */
export const quilt3Packages = (pythons: Pythons): RealCheck => ({
  name: 'quilt3 8.0.0: packages',
  async run(room) {
    const python = await pythons.with(QUILT3, room);
    await using embedded = await openEmbedded();
    const { passed, facts } = await drive(room, python, 'quilt3_packages.py', embedded, {});
    const topHash = z.string().parse(facts['topHash']);
    const wrong: string[] = [];
    for (const reader of ['quilt3', 'platform'] as const) {
      const info = await (await embedded.ours(reader)).packageInfo({ name: z.string().parse(facts['name']) });
      if (info.topHash !== topHash)
        wrong.push(`top hash of what quilt3 8.0.0 pushed, read by ${reader}: expected ${topHash}, got ${info.topHash}`);
    }
    failOn(wrong);
    return { detail: `${passed} steps; read back by both our backends` };
  },
});

/** The same content written by quilt3, by our quilt3 backend and by the Platform backend, and each read by all three. */
export const quilt3TopHashes = (pythons: Pythons): RealCheck => ({
  name: 'quilt3 8.0.0: top hashes in every direction',
  async run(room) {
    const python = await pythons.with(QUILT3, room);
    await using embedded = await openEmbedded();
    const uris = await putObjects(embedded);
    const readers = { quilt3: await embedded.ours('quilt3'), platform: await embedded.ours('platform') };
    const written: Record<string, string> = {};
    for (const [writer, ops] of Object.entries(readers)) {
      const name = `real/by-${writer}`;
      written[name] = (await ops.createRevision({ name, uris: Object.values(uris), metadata: METADATA, message: MESSAGE })).topHash;
    }
    const push = { name: 'real/by-published', uris, metadata: METADATA, message: MESSAGE };
    const { facts } = await drive(room, python, 'quilt3_top_hashes.py', embedded, { push, read: Object.keys(written) });
    const published = z.record(z.string(), z.string()).parse(facts['topHashes']);
    const expected = published[push.name] ?? '';
    const wrong: string[] = [];
    const compare = (what: string, got: string | undefined) => {
      if (got !== expected) wrong.push(`top hash ${what}: expected ${expected}, got ${got}`);
    };
    for (const [name, topHash] of Object.entries(written)) compare(`of ${name} by its writer`, topHash);
    for (const [name, topHash] of Object.entries(published)) compare(`of ${name} read by quilt3 8.0.0`, topHash);
    for (const [reader, ops] of Object.entries(readers)) {
      for (const name of [...Object.keys(written), push.name]) {
        const info = await ops.packageInfo({ name });
        compare(`of ${name} read by ${reader}`, info.topHash);
        if (JSON.stringify(info.metadata) !== JSON.stringify(METADATA))
          wrong.push(`metadata of ${name} read by ${reader}: expected ${JSON.stringify(METADATA)}, got ${JSON.stringify(info.metadata)}`);
      }
    }
    failOn(wrong);
    return { detail: '3 writers, 3 readers, one top hash' };
  },
});

async function drive(room: Room, python: string, script: string, embedded: Embedded, more: object) {
  const asked = { line: embedded.line, refreshToken: embedded.tenant.users.user.refreshToken, ...more };
  return runSteps(room, [python, new URL(script, import.meta.url).pathname], {
    input: `${JSON.stringify(asked)}\n`,
    // No keys: quilt3 has those that the registry gives it.
    env: { AWS_ENDPOINT_URL: embedded.line.s3Endpoint, QUILT_MINIMIZE_STDOUT: 'true' },
    deadlineMs: DEADLINE_MS,
  });
}

/** Puts the contents and answers key → URI with its version. */
async function putObjects({ line }: Embedded): Promise<Record<string, string>> {
  const { s3Endpoint, region, accessKeyId, secretAccessKey, bucket } = line;
  const s3 = new S3Client({ endpoint: s3Endpoint, region, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  try {
    const uris: Record<string, string> = {};
    for (const [key, body] of Object.entries(CONTENTS)) {
      const { VersionId } = await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(body) }));
      uris[key] = `s3://${bucket}/${key.split('/').map(encodeURIComponent).join('/')}?versionId=${VersionId}`;
    }
    return uris;
  } finally {
    s3.destroy();
  }
}
