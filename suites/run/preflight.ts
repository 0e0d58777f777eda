/** Asks every server of a target once, before anything is planned on it: what is wrong with any of them is one line that names the target's key. */

import type { Door } from '../../backends/wire/door.ts';
import type { LiveSchema } from '../../backends/wire/introspect.ts';
import type { PlatformTarget, Target } from '../../fixtures/target.ts';
import { askContract, openPreflightDoor, PreflightError } from './contract-of.ts';
import { askBucketsForWriting } from './preflight-buckets.ts';

/**
 * The live schema of a target whose registry, catalog and S3 all answer as such, and whose buckets are fit to write in where cases write in them. Throws
 * PreflightError with a line for each that is not so. Null for a target without a platform.
 */
export async function preflight(target: Target, { writesInBuckets = false } = {}): Promise<LiveSchema | null> {
  // What is deployed beside a platform is asked by the cases of each resource.
  if (!target.hasPlatform) return null;
  await using door = openPreflightDoor(target);
  const asked = [askCatalog(door, target), askS3(door, target), ...(writesInBuckets ? [askBucketsForWriting(door, target)] : [])];
  const [schema, ...others] = await Promise.allSettled([askContract(door, target), ...asked]);
  const wrong = [schema, ...others].flatMap((one) => (one.status === 'rejected' ? [one.reason as Error] : []));
  if (schema.status === 'rejected' || wrong.length > 0)
    throw new PreflightError(wrong.map(({ message }) => `target ${target.name}: ${message}`).join('\n'), { cause: wrong[0] });
  return schema.value;
}

async function askCatalog(door: Door, { catalogUrl }: PlatformTarget): Promise<void> {
  const url = `${catalogUrl}/config.json`;
  const expected = `catalog.url: ${url}: expected 200 with a JSON object`;
  const { status, headers, body } = await ask(door, url, 'catalog.url');
  const text = new TextDecoder().decode(body);
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    throw new PreflightError(
      `${expected}, got ${status} ${headers['content-type'] ?? 'without a type'}: ${JSON.stringify(text.slice(0, 60))}`,
    );
  }
  if (status !== 200 || typeof config !== 'object' || config === null || Array.isArray(config))
    throw new PreflightError(`${expected}, got ${status}: ${JSON.stringify(text.slice(0, 60))}`);
}

/** Without keys an S3 refuses to list a bucket that there is, in XML; whether the keys are good is asked by the cases. */
async function askS3(door: Door, { s3Endpoint, region, buckets }: PlatformTarget): Promise<void> {
  for (const bucket of buckets) {
    const [key, url] =
      s3Endpoint === null
        ? ['s3.buckets', `https://${bucket}.s3.${region}.amazonaws.com/`]
        : ['s3.endpoint', `${s3Endpoint}/${encodeURIComponent(bucket)}`];
    const { status, body } = await ask(door, url, key);
    const text = new TextDecoder().decode(body.subarray(0, 2_000)).trim();
    const code = /<Code>([^<]*)<\/Code>/.exec(text)?.[1];
    if (code === 'NoSuchBucket') throw new PreflightError(`s3.buckets: ${bucket}: expected a bucket at ${url}, got ${status} ${code}`);
    if (!/^<(\?xml|Error|ListBucketResult)\b/.test(text) || ![200, 403].includes(status))
      throw new PreflightError(
        `${key}: ${url}: expected S3's answer in XML (200 or 403), got ${status}: ${code ?? JSON.stringify(text.slice(0, 60))}`,
      );
  }
}

function ask(door: Door, url: string, key: string) {
  const request = { protocol: 'rest', operation: `preflight of ${key}`, method: 'GET', url, headers: {}, reads: true } as const;
  return door.request(request).catch((cause: Error) => {
    throw new PreflightError(`${key}: ${cause.message}`, { cause });
  });
}
