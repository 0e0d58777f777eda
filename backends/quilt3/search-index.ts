/**
 * Packages in the stack's search index: pointers (`ptr_*`) and manifests (`mnfst_*`) are documents of their own, so a search reads the
 * pointers, then the manifests that `latest` points at, and looks for the words itself.
 */
import { z } from 'zod';
import type { Json, ValueOf } from '../shapes.ts';
import type { packageSummary } from '../values.ts';
import { compareCodePoints } from './canonical-json.ts';

export type PackageSummary = ValueOf<typeof packageSummary>;

/** Asks the index of a bucket's packages with a body of Elasticsearch's DSL; answers `_source` of each hit. */
export type AskIndex = (body: { readonly [key: string]: Json }, size: number) => Promise<readonly unknown[]>;

/** Form of an answer of `/api/search`. */
export const hits = z.object({ hits: z.object({ hits: z.array(z.object({ _source: z.unknown() })) }) });

const pointer = z.object({ join_field: z.object({ parent: z.string().startsWith('mnfst:') }), ptr_name: z.string(), ptr_tag: z.string() });
const manifest = z.object({
  mnfst_hash: z.string(),
  mnfst_message: z.string().nullish(),
  mnfst_metadata: z.string().nullish(),
  mnfst_stats: z.object({ total_bytes: z.number(), total_files: z.number() }),
});

/** Documents asked for at once. */
const PAGE = 1_000;
/** Hashes named in one request; they travel in its URL. */
const HASHES = 50;

/**
 * Latest revisions in which each word of `query` occurs, by name in the order of code points. A word is a run of letters, digits and
 * underscores of the name, the message or the metadata, capitals alike. Throws ZodError when the index answers in another form.
 */
export async function searchIndex(
  ask: AskIndex,
  bucket: string,
  query: string,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly PackageSummary[]> {
  const pointers = await readPointers(ask);
  const latest = pointers.filter(({ tag }) => tag === 'latest');
  const manifests = await readManifests(ask, [...new Set(latest.map(({ topHash }) => topHash))]);
  const wanted = wordsOf(query);
  return latest
    .flatMap(({ name, topHash }): PackageSummary[] => {
      const found = manifests.get(topHash);
      const pushed = pointers
        .filter((each) => each.name === name && each.topHash === topHash && /^\d+$/.test(each.tag))
        .map(({ tag }) => Number(tag));
      if (found === undefined || pushed.length === 0) return [];
      return [{ bucket, name, topHash, modified: new Date(Math.max(...pushed) * 1000).toISOString(), ...found }];
    })
    .filter(({ name, message, metadata }) => {
      const words = new Set([name, message ?? '', metadata === null ? '' : JSON.stringify(metadata)].flatMap(wordsOf));
      return wanted.every((word) => words.has(word));
    })
    .sort((a, b) => compareCodePoints(a.name, b.name))
    .slice(0, limit);
}

/** Runs of letters, digits and underscores, in small letters. */
function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

async function readPointers(ask: AskIndex) {
  const found: { readonly name: string; readonly tag: string; readonly topHash: string }[] = [];
  for (let from = 0; ; from += PAGE) {
    const page = await ask({ query: { exists: { field: 'ptr_name' } }, sort: [{ _id: 'asc' }], from }, PAGE);
    for (const source of page) {
      const { ptr_name: name, ptr_tag: tag, join_field } = pointer.parse(source);
      found.push({ name, tag, topHash: join_field.parent.slice('mnfst:'.length) });
    }
    if (page.length < PAGE) return found;
  }
}

async function readManifests(ask: AskIndex, hashes: readonly string[]) {
  const found = new Map<string, Omit<PackageSummary, 'bucket' | 'name' | 'topHash' | 'modified'>>();
  for (let from = 0; from < hashes.length; from += HASHES) {
    const wanted = hashes.slice(from, from + HASHES);
    for (const source of await ask({ query: { terms: { mnfst_hash: wanted } } }, HASHES)) {
      const { mnfst_hash, mnfst_message, mnfst_metadata, mnfst_stats } = manifest.parse(source);
      found.set(mnfst_hash, {
        // The index has an empty text where a package has no message.
        message: mnfst_message || null,
        metadata: mnfst_metadata ? (JSON.parse(mnfst_metadata) as Json) : null,
        totalEntries: mnfst_stats.total_files,
        totalBytes: mnfst_stats.total_bytes,
      });
    }
  }
  return found;
}
