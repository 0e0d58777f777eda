/** Pointers and manifests: which revisions a package has, and what each holds. */
import { mapAtOnce } from './at-once.ts';
import { type Call, errorOf } from './call.ts';
import { type Manifest, ManifestInvalid, parseManifest } from './manifest.ts';
import { getText, listObjects } from './objects.ts';
import { noPackage, type PackagePlace } from './package-place.ts';
import { LATEST, manifestKey, pointerKey, pointersOf } from './registry-layout.ts';

/** A pointer of a package: `latest`, or the unix seconds of a push. */
export interface Pointer {
  readonly tag: string;
  readonly topHash: string;
  /** Epoch seconds: the pointer's name, or of `latest` when it was written. */
  readonly seconds: number;
}

/** Every pointer of a package; none when there is no such package. */
export async function readPointers(call: Call, { bucket, name }: PackagePlace): Promise<readonly Pointer[]> {
  const prefix = pointersOf(name);
  const listed = (await listObjects(call, bucket, prefix)).map(({ key, modified }) => ({ tag: key.slice(prefix.length), modified }));
  const pointers = await mapAtOnce(
    listed.filter(({ tag }) => tag !== '' && !tag.includes('/')),
    async ({ tag, modified }) => {
      const topHash = (await getText(call, bucket, prefix + tag))?.trim() ?? '';
      return { tag, topHash, seconds: /^\d+$/.test(tag) ? Number(tag) : Math.floor(modified / 1000) };
    },
  );
  // A pointer that went while it was read is none.
  return pointers.filter(({ topHash }) => topHash !== '');
}

/** Pointers of the pushes, newest first. */
export function pushesOf(pointers: readonly Pointer[]): readonly Pointer[] {
  return pointers.filter(({ tag }) => tag !== LATEST).sort((a, b) => b.seconds - a.seconds);
}

/** When a pointer was made: ISO 8601, whole seconds. */
export function modifiedOf({ seconds }: Pointer): string {
  return new Date(seconds * 1000).toISOString();
}

/**
 * Top hash that a hash or a tag stands for, `latest` when absent. A NotFoundError when no pointer of the package has it: the manifest of a
 * deleted revision, or of another package, may still be in the bucket.
 */
async function resolveHash(call: Call, place: PackagePlace, hash: string | undefined): Promise<string> {
  if (hash !== undefined && /^[0-9a-f]{64}$/.test(hash)) {
    if ((await readPointers(call, place)).some(({ topHash }) => topHash === hash)) return hash;
    throw noPackage(call, place, hash);
  }
  const pointed = hash?.includes('/') || hash === '' ? null : await getText(call, place.bucket, pointerKey(place.name, hash ?? LATEST));
  if (pointed === null) throw noPackage(call, place, hash);
  return pointed.trim();
}

/** The manifest with a top hash; a NotFoundError when there is none, a BackendError when it cannot be read. */
export async function readManifest(call: Call, place: PackagePlace, topHash: string, asked: string | undefined): Promise<Manifest> {
  const text = await getText(call, place.bucket, manifestKey(topHash));
  if (text === null) throw noPackage(call, place, asked);
  try {
    return parseManifest(text);
  } catch (error) {
    if (!(error instanceof ManifestInvalid)) throw error;
    throw errorOf(call, 'BackendError', `${topHash}: ${error.message}`, { code: 'broken-body' }, error);
  }
}

/** The revision that a hash or tag stands for. */
export async function openRevision(
  call: Call,
  place: PackagePlace,
  hash: string | undefined,
): Promise<{ topHash: string; manifest: Manifest }> {
  const topHash = await resolveHash(call, place, hash);
  return { topHash, manifest: await readManifest(call, place, topHash, hash) };
}
