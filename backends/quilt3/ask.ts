/** Sends a document to the registry's GraphQL, as the user. */
import type { z } from 'zod';
import type { ErrorDetail, QuiltError } from '../errors.ts';
import { graphqlCandidates, select } from '../selection.ts';
import { WireError } from '../wire/door.ts';
import { createGraphql, type GraphqlOutcome, type GraphqlQuestion } from '../wire/graphql.ts';
import { toQuiltError } from '../wire/graphql-errors.ts';
import { type Call, errorOf } from './call.ts';
import { type Document, documents } from './documents.ts';
import { bearerOf } from './login.ts';
import { readAs } from './read-as.ts';
import { registryUrlOf, requireSomeRegistry } from './registry-url.ts';

export type Variables = Readonly<Record<string, unknown>>;

/** Sends a document and answers its `data`; throws QuiltError when there is none, when it comes with errors, or has another form. */
export async function ask<D extends z.ZodType>(call: Call, document: Document<D>, variables: Variables = {}): Promise<z.output<D>> {
  requireSomeRegistry(call);
  const question = { text: document.source.text, name: document.name };
  const outcome = await sendQuestion(call, question, variables, await bearerOf(call));
  const failed = failureOf(call, outcome);
  if (failed !== null) throw failed;
  return readAs(call, document.name, document.data, outcome.data);
}

/** Sends a text, and answers whatever came back; throws QuiltError when nothing did. */
export async function sendQuestion(
  call: Call,
  question: GraphqlQuestion,
  variables: Variables,
  token: string | null,
): Promise<GraphqlOutcome> {
  const { door, sources } = call.session;
  const named = select('quilt3', 'graphqlUrl', sources).value;
  const url = named ?? graphqlCandidates(await registryUrlOf(call))[0];
  try {
    return await createGraphql(door, { url, token: () => token, client: 'crosscheck-quilt3', documents }).send(question, variables);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw toQuiltError(call.operation, error) ?? error;
  }
}

/** The error that an outcome is, or null. What this client asked wrongly, or where, is no mistake of its user. */
export function failureOf(call: Call, outcome: GraphqlOutcome): QuiltError | null {
  const error = toQuiltError(call.operation, outcome);
  if (error === null || !['ValidationError', 'NotFoundError', 'ConflictError'].includes(error.name)) return error;
  return errorOf(call, 'BackendError', error.message, withoutFacts(error.detail), error);
}

function withoutFacts({ code, text }: ErrorDetail): ErrorDetail {
  return { ...(code !== undefined && { code }), ...(text !== undefined && { text }) };
}
