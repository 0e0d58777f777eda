/** Who is signed in, which buckets they may see, and GraphQL of their own. */
import { z } from 'zod';
import { select } from '../selection.ts';
import type { Json } from '../shapes.ts';
import { ask, failureOf, sendQuestion } from './ask.ts';
import { rejectBlank } from './blank.ts';
import { type Call, errorOf, noDocuments, type Topic } from './call.ts';
import { document } from './documents.ts';
import { bearerOf, hasToken } from './login.ts';
import { registryUrlOf } from './registry-url.ts';

const named = z.object({ name: z.string() });

const whoAmI = document('WhoAmI', {
  me: z.object({ name: z.string(), email: z.string(), isAdmin: z.boolean(), role: named, roles: z.array(named) }).nullable(),
});
const bucketNames = document('BucketNames', { bucketConfigs: z.array(named) });
export const bucketSummary = document('BucketSummary', {
  bucketConfig: z
    .object({ name: z.string(), title: z.string(), description: z.string().nullable(), tags: z.array(z.string()).nullable() })
    .nullable(),
});

/** Catalog and registry as the client was told, or as the one says of the other; null where nothing does. */
async function placesOf(call: Call) {
  const told = (item: 'catalogUrl' | 'registryUrl') => select('quilt3', item, call.session.sources).value?.replace(/\/+$/, '') ?? null;
  const catalogUrl = told('catalogUrl');
  return { catalogUrl, registryUrl: told('registryUrl') ?? (catalogUrl && (await registryUrlOf(call))) };
}

/** A bucket of the stack; a NotFoundError when there is none, or none that the user may read. */
export async function readBucket(call: Call, bucket: string) {
  const { bucketConfig } = await ask(call, bucketSummary, { name: bucket });
  if (bucketConfig === null) throw errorOf(call, 'NotFoundError', `bucket: expected ${bucket} in the stack, got none`, { bucket });
  return bucketConfig;
}

export const account: Topic<'authStatus' | 'listBuckets' | 'bucketInfo' | 'graphql'> = {
  authStatus: {
    uses: [whoAmI],
    async run(call) {
      const { session } = call;
      const me = hasToken(session) ? (await ask(call, whoAmI)).me : null;
      return {
        authenticated: me !== null,
        user: me && { name: me.name, email: me.email, isAdmin: me.isAdmin, role: me.role.name, roles: me.roles.map(({ name }) => name) },
        ...(await placesOf(call)),
      };
    },
  },

  listBuckets: {
    uses: [bucketNames],
    run: async (call) => (await ask(call, bucketNames)).bucketConfigs.map(({ name }) => name),
  },

  bucketInfo: {
    uses: [bucketSummary],
    run: (call, { bucket }) => readBucket(call, bucket),
  },

  graphql: noDocuments("the text is the caller's", async (call, { query, variables = {} }) => {
    rejectBlank(call, { query });
    const token = hasToken(call.session) ? await bearerOf(call) : null;
    const outcome = await sendQuestion(call, { text: query, name: null, free: true }, variables, token);
    const { status, errors, data, broken } = outcome;
    // What the server says of the text is the answer that was asked for; anything else that is no success is a failure to ask.
    const isAnswer = errors !== null && (status === 200 || status === 400);
    const failed = isAnswer || (status === 200 && broken === null) ? null : failureOf(call, outcome);
    if (failed !== null) throw failed;
    return { data: (data ?? null) as Json, errors: errors?.map(({ message }) => message) ?? null };
  }),
};
