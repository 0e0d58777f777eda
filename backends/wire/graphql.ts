/** GraphQL over HTTP through the door: only registered documents leave, and each exchange is judged by the live schema. */
import type { Finding } from '../../schemas/finding.ts';
import { judgeDocument } from '../../schemas/judge-document.ts';
import { judgeResponse } from '../../schemas/judge-response.ts';
import { judgeVariables } from '../../schemas/judge-variables.ts';
import { operationsOf } from '../../schemas/prepared-document.ts';
import type { Door } from './door.ts';
import { wireError } from './wire-failure.ts';

export interface GraphqlSettings {
  readonly url: string;
  /** The bearer token at the time of the call; null sends none. */
  readonly token: () => string | null;
  /** Name and version of the client, for the User-Agent header. */
  readonly client: string;
  /** The documents that may be sent; without them only `free` text may. */
  readonly documents?: { has(text: string): boolean };
}

export interface GraphqlQuestion {
  readonly text: string;
  /** Name of the operation to run. Null only for free text that holds one operation without a name. */
  readonly name: string | null;
  /** Marks text that a user wrote (the operation `graphql`), which no set of documents holds. */
  readonly free?: true;
}

/** One entry of `errors` of a response, as far as it has the form of one. */
export interface GraphqlServerError {
  readonly message: string;
  readonly path: readonly (string | number)[] | null;
  /** `extensions.code`, or null. */
  readonly code: string | null;
}

/** What came back, whatever it was; `graphql-errors.ts` says which error it is, if any. */
export interface GraphqlOutcome {
  readonly url: string;
  readonly operation: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Text of the body. */
  readonly body: string;
  /** `data` of the response; undefined when the body is no GraphQL response, or has none. */
  readonly data: unknown;
  /** Null when there are none. */
  readonly errors: readonly GraphqlServerError[] | null;
  /** Why the body is no GraphQL response, or null. */
  readonly broken: string | null;
  /** Number of the recorded exchange. */
  readonly exchange: number;
  readonly findings: readonly Finding[];
}

export interface GraphqlClient {
  readonly url: string;
  /** Throws WireError when no whole answer came, or when the text may not be sent ('refused'). */
  send(question: GraphqlQuestion, variables?: Readonly<Record<string, unknown>>): Promise<GraphqlOutcome>;
}

/** A client of one endpoint. Sends nothing by itself. */
export function createGraphql(door: Door, settings: GraphqlSettings): GraphqlClient {
  return {
    url: settings.url,
    async send(question, variables = {}) {
      const { text, name } = question;
      const operation = name ?? 'anonymous';
      if (!question.free && !settings.documents?.has(text)) {
        throw wireError('refused', settings.url, `the text of ${operation} is no document of ${settings.client}`);
      }
      const token = settings.token();
      if (token) door.learnSecret(token);
      let findings: readonly Finding[] = [];
      const answer = await door.request({
        protocol: 'graphql',
        operation,
        method: 'POST',
        url: settings.url,
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          'user-agent': settings.client,
          ...(token && { authorization: `Bearer ${token}` }),
        },
        body: JSON.stringify({ query: text, ...(name !== null && { operationName: name }), variables }),
        reads: isQuery(text, name),
        judge: (came) => {
          findings = door.contract ? judgeExchange(door.contract, text, name, variables, came) : [];
          return findings;
        },
      });
      return {
        url: settings.url,
        operation,
        status: answer.status,
        headers: answer.headers,
        exchange: answer.exchange,
        findings,
        ...readAnswer(answer.body),
      };
    },
  };
}

/** Text that no parser takes changes nothing on a server, and must be able to reach it, since its refusal is what a scenario asks for. */
function isQuery(text: string, name: string | null): boolean {
  const operations = operationsOf(text);
  const asked = operations.filter((operation) => name === null || operation.name === name);
  return asked.every((operation) => operation.kind === 'query');
}

function judgeExchange(
  contract: NonNullable<Door['contract']>,
  text: string,
  name: string | null,
  variables: Readonly<Record<string, unknown>>,
  came: { readonly status: number; readonly body: Uint8Array } | null,
): readonly Finding[] {
  const document = judgeDocument(contract, text);
  // Neither variables nor a response can be read by a document that does not fit the schema.
  if (document.some((finding) => finding.severity === 'error')) return document;
  const asked = [...document, ...judgeVariables(contract, text, name, variables)];
  if (came === null) return asked;
  const json = parseJson(came.body);
  // A body that is no JSON is the outcome's trouble, not the schema's; so is that of a proxy or a missing route, which need be no GraphQL
  // (GraphQL over HTTP: with a status of no success, JSON need not be a response).
  if (!('value' in json) || (came.status > 299 && !isReply(json.value))) return asked;
  return [...asked, ...judgeResponse(contract, text, name, variables, json.value)];
}

function parseJson(body: Uint8Array): { readonly value: unknown } | { readonly trouble: string } {
  try {
    return { value: JSON.parse(Buffer.from(body).toString()) };
  } catch (error) {
    return { trouble: error instanceof Error ? error.message : String(error) };
  }
}

function readAnswer(bytes: Uint8Array): Pick<GraphqlOutcome, 'body' | 'data' | 'errors' | 'broken'> {
  const body = Buffer.from(bytes).toString();
  const parsed = parseJson(bytes);
  const none = { body, data: undefined, errors: null };
  if ('trouble' in parsed) return { ...none, broken: `expected JSON, got ${describeStart(body)}` };
  const { value } = parsed;
  if (!isRecord(value)) return { ...none, broken: `expected a GraphQL response, got ${describeStart(body)}` };
  const errors = Array.isArray(value['errors']) && value['errors'].length > 0 ? value['errors'].map(readError) : null;
  if (!('data' in value) && errors === null) return { ...none, broken: `expected data or errors, got neither in ${describeStart(body)}` };
  return { body, data: value['data'], errors, broken: null };
}

function readError(error: unknown): GraphqlServerError {
  if (!isRecord(error)) return { message: typeof error === 'string' ? error : JSON.stringify(error), path: null, code: null };
  const { message, path, extensions } = error;
  return {
    message: typeof message === 'string' ? message : JSON.stringify(error),
    path: Array.isArray(path) ? path : null,
    code: isRecord(extensions) && typeof extensions['code'] === 'string' ? extensions['code'] : null,
  };
}

function describeStart(body: string): string {
  return body === '' ? 'nothing' : JSON.stringify(body.length > 80 ? `${body.slice(0, 80)}…` : body);
}

function isReply(value: unknown): boolean {
  return isRecord(value) && ('data' in value || 'errors' in value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
