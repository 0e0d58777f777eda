/** The stack itself: who asks, where it is, keys for its storage, and any GraphQL text. */
import { z } from 'zod';
import { select } from '../selection.ts';
import { toQuiltError } from '../wire/graphql-errors.ts';
import { readConfig, registryUrlOf, requireSomeRegistry, turnTo } from './catalog.ts';
import { document } from './document.ts';
import { asJson, type Client, type Topic, using, withoutDocument } from './operation.ts';
import { rejectBlank, wrongParameter } from './parameters.ts';
import { askRegistry } from './registry-rest.ts';
import { sendGraphql, sendWith } from './send-graphql.ts';
import { brokenAnswer } from './session.ts';
import { canSignIn, tokenToSend } from './token.ts';

/** Where the registry gives out keys for AWS. */
const route = '/api/auth/get_credentials';

const named = z.object({ name: z.string() });

const whoAmI = document(
  'WhoAmI',
  z.object({
    me: z.object({ name: z.string(), email: z.string(), isAdmin: z.boolean(), role: named, roles: z.array(named) }).nullable(),
  }),
);

/** What `GET /api/auth/get_credentials` answers, in the names of AWS. */
const credentials = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string(),
  Expiration: z.string(),
});

export const stackTopic: Topic<'authStatus' | 'catalogConfig' | 'configureCatalog' | 'registryUrl' | 'awsCredentials' | 'graphql'> = {
  authStatus: using([whoAmI], async (client) => {
    const { session } = client;
    const me = canSignIn(session) ? (await client.ask(whoAmI)).me : null;
    return {
      authenticated: me !== null,
      user: me && {
        name: me.name,
        email: me.email,
        isAdmin: me.isAdmin,
        role: me.role.name,
        roles: me.roles.map(({ name }) => name),
      },
      ...(await placesOf(client)),
    };
  }),
  catalogConfig: withoutDocument("the catalog's config.json is no GraphQL", ({ operation, session }) => readConfig(session, operation)),
  configureCatalog: withoutDocument("the catalog's config.json is no GraphQL", async (client, { catalogUrl }) => {
    if (!/^https?:\/\/[^/\s]+/.test(catalogUrl)) throw wrongParameter(client, 'catalogUrl', 'http://… or https://…', catalogUrl);
    return turnTo(client.session, client.operation, catalogUrl);
  }),
  registryUrl: withoutDocument('the client knows it, or the catalog does', async ({ operation, session }) => ({
    registryUrl: await registryUrlOf(session, operation),
  })),
  awsCredentials: withoutDocument('the schema gives out no keys; the registry does by REST', async ({ operation, session }) => {
    requireSomeRegistry(session, operation);
    const token = await tokenToSend(session, operation);
    const answer = credentials.safeParse(await askRegistry(session, operation, route, { token }));
    if (!answer.success) throw brokenAnswer(operation, route, z.prettifyError(answer.error));
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken, Expiration: expires } = answer.data;
    for (const secret of [secretAccessKey, sessionToken]) session.door.learnSecret(secret);
    return { accessKeyId, secretAccessKey, sessionToken, expires };
  }),
  graphql: withoutDocument("the text is the caller's", async (client, { query, variables = {} }) => {
    rejectBlank(client, { query });
    const { operation, session } = client;
    const question = { text: query, name: null, free: true } as const;
    const outcome = canSignIn(session)
      ? await sendGraphql(session, operation, question, variables)
      : await sendWith(session, operation, question, variables, null);
    // A refused document is an answer here, since whoever asks wrote it (C-05).
    const isAnswer = outcome.broken === null && (outcome.status === 200 || (outcome.status === 400 && outcome.errors !== null));
    const error = isAnswer ? null : toQuiltError(operation, outcome);
    if (error !== null) throw error;
    return { data: asJson(outcome.data), errors: outcome.errors?.map(({ message }) => message) ?? null };
  }),
};

/** Catalog and registry as the client was told, or as the one says of the other; null where nothing does. */
async function placesOf({ operation, session }: Client<never>) {
  const told = (item: 'catalogUrl' | 'registryUrl') => select('platform', item, session.sources).value?.replace(/\/+$/, '') ?? null;
  const catalogUrl = told('catalogUrl');
  return { catalogUrl, registryUrl: told('registryUrl') ?? (catalogUrl && (await registryUrlOf(session, operation))) };
}
