/** Packages of a bucket, their revisions, and the search for them. */
import type { Json } from '../shapes.ts';
import type { Handlers } from './call.ts';
import { byCodePoint } from './canonical.ts';
import { checkName, metadataOf, openRevision, summaryOf } from './revisions.ts';
import type { Manifest } from './state.ts';

export const packagesRead: Handlers<'listPackages' | 'searchPackages' | 'packageInfo' | 'listRevisions'> = {
  listPackages(call, { registry, prefix = '' }) {
    const { bucket } = call.readable(call.bucketNamed(registry));
    return [...bucket.packages.keys()].filter((name) => name.startsWith(prefix));
  },

  searchPackages(call, { registry, query, limit }) {
    const name = call.bucketNamed(registry);
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) throw call.wrong('limit');
    const { bucket } = call.readable(name);
    const wanted = wordsOf(query);
    const names = [...bucket.packages.keys()].sort(byCodePoint);
    const found = names
      .map((each) => ({ each, opened: openRevision(call, bucket, each, undefined) }))
      .filter(({ each, opened }) => {
        const there = new Set(wordsOf(textOf(each, opened.manifest)));
        return wanted.every((word) => there.has(word));
      });
    return found.slice(0, limit).map(({ each, opened }) => summaryOf(bucket, each, opened));
  },

  packageInfo(call, { registry, name, hash }) {
    checkName(call, name);
    const { bucket } = call.readable(call.bucketNamed(registry));
    const opened = openRevision(call, bucket, name, hash);
    const { metadata, workflow } = opened.manifest;
    return { ...summaryOf(bucket, name, opened), tags: tagsOf(metadata), workflow: workflow?.id ?? null };
  },

  listRevisions(call, { registry, name }) {
    checkName(call, name);
    const { bucket } = call.readable(call.bucketNamed(registry));
    const pointers = bucket.packages.get(name)?.pointers;
    if (pointers === undefined) throw call.missing({ package: name });
    return pointers.toReversed().map(({ hash, at }) => {
      const manifest = bucket.manifests.get(hash);
      return {
        topHash: hash,
        modified: at,
        message: manifest?.message ?? null,
        metadata: manifest === undefined ? null : metadataOf(manifest),
      };
    });
  },
};

/** A list gives its strings, a string itself, anything else none (P-24). */
function tagsOf(metadata: Json | undefined): readonly string[] {
  if (typeof metadata !== 'object' || metadata === null || !('tags' in metadata)) return [];
  const { tags } = metadata;
  if (typeof tags === 'string') return [tags];
  return Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [];
}

/** Everything of a revision that words are looked for in. */
function textOf(name: string, { message, metadata }: Manifest): string {
  return [name, message ?? '', metadata === undefined ? '' : JSON.stringify(metadata)].join(' ');
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
}
