/** A manifest: the header, and the entries by logical key; read from and written to JSON lines (quilt-protocol.md, Packages in S3). */
import { compareCodePoints, manifestJson } from './canonical-json.ts';
import { type Exact, ExactNumber, type ExactRecord, isRecord, parseExact } from './exact-json.ts';

export interface ManifestEntry {
  /** S3 URL. */
  readonly physicalKey: string;
  /** Bytes. */
  readonly size: number;
  readonly hash: Exact;
  /** All metadata; the user's stands under `user_meta`. */
  readonly meta: ExactRecord;
}

export interface Manifest {
  /** `version`, and `user_meta`, `message`, `workflow` where there are any. */
  readonly header: ExactRecord;
  /** Metadata of directories, by logical key with its trailing slash. */
  readonly directories: ReadonlyMap<string, Exact>;
  readonly entries: ReadonlyMap<string, ManifestEntry>;
}

/** A manifest that cannot be read; the message says which line and why. */
export class ManifestInvalid extends Error {
  override readonly name = 'ManifestInvalid';
}

/** Orders logical keys as a walk of their tree does, names at each level by code point: `a/b` before `a.txt`. */
export function compareLogicalKeys(left: string, right: string): number {
  return compareCodePoints(left.replaceAll('/', '\0'), right.replaceAll('/', '\0'));
}

/** Reads JSON lines; throws ManifestInvalid. */
export function parseManifest(text: string): Manifest {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const [header, ...rows] = lines.map((line, index) => parseLine(line, index + 1));
  if (header === undefined) throw new ManifestInvalid('manifest: expected a header in line 1, got nothing');
  const directories = new Map<string, Exact>();
  const entries = new Map<string, ManifestEntry>();
  for (const [index, row] of rows.entries()) {
    const { logical_key: logicalKey, physical_keys: physicalKeys, size, hash, meta } = row as { readonly [key: string]: Exact | undefined };
    const at = `manifest, line ${index + 2}`;
    if (typeof logicalKey !== 'string') throw new ManifestInvalid(`${at}: expected a logical_key, got ${typeof logicalKey}`);
    const physicalKey = Array.isArray(physicalKeys) ? physicalKeys[0] : undefined;
    if (physicalKey === undefined) {
      directories.set(logicalKey, meta ?? null);
      continue;
    }
    if (entries.has(logicalKey))
      throw new ManifestInvalid(`${at}: expected each logical key once, got ${JSON.stringify(logicalKey)} again`);
    if (typeof physicalKey !== 'string') throw new ManifestInvalid(`${at}: expected physical_keys to be URLs`);
    if (!(size instanceof ExactNumber)) throw new ManifestInvalid(`${at}: expected a size`);
    entries.set(logicalKey, { physicalKey, size: Number(size.text), hash: hash ?? null, meta: isRecord(meta) ? meta : {} });
  }
  // A header of the oldest clients holds the top hash, which was never part of what is hashed.
  const { top_hash: _, ...kept } = header;
  return { header: kept, directories, entries };
}

function parseLine(line: string, number: number): ExactRecord {
  try {
    const row = parseExact(line);
    if (isRecord(row)) return row;
  } catch (error) {
    throw new ManifestInvalid(`manifest, line ${number}: expected JSON, got ${(error as Error).message}`, { cause: error });
  }
  throw new ManifestInvalid(`manifest, line ${number}: expected an object`);
}

/** Entries in the order of a walk. */
export function walk(manifest: Manifest): (readonly [string, ManifestEntry])[] {
  return [...manifest.entries].sort(([a], [b]) => compareLogicalKeys(a, b));
}

/** Writes JSON lines: header, directories with metadata, entries. */
export function printManifest(manifest: Manifest): string {
  const directories = [...manifest.directories].filter(([, meta]) => isRecord(meta) && Object.keys(meta).length > 0);
  const rows: Exact[] = [
    manifest.header,
    ...directories.sort(([a], [b]) => compareLogicalKeys(a, b)).map(([key, meta]) => ({ logical_key: key, meta })),
    ...walk(manifest).map(([key, { physicalKey, size, hash, meta }]) => ({
      logical_key: key,
      physical_keys: [physicalKey],
      size: new ExactNumber(String(size)),
      hash,
      meta,
    })),
  ];
  return rows.map((row) => `${manifestJson(row)}\n`).join('');
}
