/** GraphQL to the registry as the user: where it is served, with which token, and which error an answer is. */
import { QuiltError } from '../errors.ts';
import { graphqlCandidates, select } from '../selection.ts';
import { WireError } from '../wire/door.ts';
import { createGraphql, type GraphqlOutcome, type GraphqlQuestion } from '../wire/graphql.ts';
import { toQuiltError } from '../wire/graphql-errors.ts';
import { registryUrlOf, requireSomeRegistry } from './catalog.ts';
import { documents } from './document.ts';
import type { Variables } from './operation.ts';
import type { PlatformSession } from './session.ts';
import { tokenToSend } from './token.ts';

/** Sends a question with the session's token and answers whatever came back. Throws QuiltError when nothing came back. */
export async function sendGraphql(
  session: PlatformSession,
  operation: string,
  question: GraphqlQuestion,
  variables: Variables,
): Promise<GraphqlOutcome> {
  requireSomeRegistry(session, operation);
  return sendWith(session, operation, question, variables, await tokenToSend(session, operation));
}

/** Sends a question with this token, or with none. Of the two places where GraphQL may be served, the first that is there is kept to (P-21). */
export async function sendWith(
  session: PlatformSession,
  operation: string,
  question: GraphqlQuestion,
  variables: Variables,
  token: string | null,
): Promise<GraphqlOutcome> {
  const known = select('platform', 'graphqlUrl', session.sources).value ?? session.graphqlUrl;
  if (known !== null) return sendTo(session, operation, known, question, variables, token);
  const urls = graphqlCandidates(await registryUrlOf(session, operation));
  for (const url of urls) {
    const outcome = await sendTo(session, operation, url, question, variables, token);
    if (outcome.status === 404) continue;
    session.graphqlUrl = url;
    return outcome;
  }
  throw new QuiltError('BackendError', operation, `GraphQL: expected an answer at ${urls.join(' or ')}, got 404 at both`, { code: '404' });
}

async function sendTo(
  { door }: PlatformSession,
  operation: string,
  url: string,
  question: GraphqlQuestion,
  variables: Variables,
  token: string | null,
): Promise<GraphqlOutcome> {
  try {
    return await createGraphql(door, { url, token: () => token, client: 'crosscheck-platform', documents }).send(question, variables);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw toQuiltError(operation, error) ?? error;
  }
}
