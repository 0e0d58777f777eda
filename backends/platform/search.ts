/** Search for packages, to the last page. */
import { z } from 'zod';
import { document } from './document.ts';
import { invalidInput, members, refusal } from './failures.ts';
import { bucketAsked, noBucket } from './not-found.ts';
import { asJson, type Topic, using } from './operation.ts';
import { bucketOf, wrongParameter } from './parameters.ts';

const perPage = 1_000;

const page = z.object({
  cursor: z.string().nullable(),
  hits: z.array(
    z.object({
      bucket: z.string(),
      name: z.string(),
      hash: z.string(),
      modified: z.string(),
      comment: z.string().nullable(),
      meta: z.string().nullable(),
      size: z.number(),
      totalEntriesCount: z.number(),
    }),
  ),
});

const searchPackages = document(
  'SearchPackages',
  z.object({
    bucketAsked,
    searchPackages: z.discriminatedUnion('__typename', [
      z.object({ __typename: z.literal('PackagesSearchResultSet'), firstPage: page }),
      members('EmptySearchResultSet'),
      invalidInput,
    ]),
  }),
);

const searchMorePackages = document(
  'SearchMorePackages',
  z.object({
    searchMorePackages: z.discriminatedUnion('__typename', [
      page.extend({ __typename: z.literal('PackagesSearchResultSetPage') }),
      invalidInput,
    ]),
  }),
);

type Hit = z.infer<typeof page>['hits'][number];

/** Runs of letters, digits and underscores, capitals alike. */
function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
}

/** Every word in name, message or metadata; the registry's search looks into entries and workflow too. */
function isMet(words: readonly string[], { name, comment, meta }: Hit): boolean {
  const present = new Set([name, comment ?? '', meta ?? ''].flatMap(wordsOf));
  return words.every((word) => present.has(word));
}

export const search: Topic<'searchPackages'> = {
  searchPackages: using([searchPackages, searchMorePackages], async (client, { registry, query, limit = Number.POSITIVE_INFINITY }) => {
    const bucket = bucketOf(client, registry);
    if (!(limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && limit > 0)))
      throw wrongParameter(client, 'limit', 'a whole number above zero', limit);
    const words = wordsOf(query);
    // Words side by side are alternatives in the registry's query language, and quotes keep AND, OR and NOT plain words.
    const text = words.length === 0 ? '*' : words.map((word) => `"${word}"`).join(' AND ');
    const answer = await client.ask(searchPackages, { bucket, text, size: perPage });
    if (answer.bucketAsked === null) throw noBucket(client, bucket);
    const found = answer.searchPackages;
    if (found.__typename === 'EmptySearchResultSet') return [];
    if (found.__typename === 'InvalidInput') throw refusal(client, found, {});
    const hits = found.firstPage.hits.filter((hit) => isMet(words, hit));
    for (let after = found.firstPage.cursor; after !== null && hits.length < limit; ) {
      const more = (await client.ask(searchMorePackages, { after, size: perPage })).searchMorePackages;
      if (more.__typename === 'InvalidInput') throw refusal(client, more, {});
      hits.push(...more.hits.filter((hit) => isMet(words, hit)));
      after = more.cursor;
    }
    return hits.slice(0, limit).map(summaryOf);
  }),
};

function summaryOf({ bucket, name, hash, modified, comment, meta, size, totalEntriesCount }: Hit) {
  // Metadata comes as JSON text.
  const metadata = meta === null ? null : asJson(JSON.parse(meta));
  return { bucket, name, topHash: hash, modified, message: comment, metadata, totalEntries: totalEntriesCount, totalBytes: size };
}
