/** Reads from an HTTP request what it asks in GraphQL (the GraphQL over HTTP specification, and what servers took before it). */
import { isRecord } from '../../../schemas/value-kind.ts';
import { decodeBody } from './decode-body.ts';
import { headerOf, type PassedBody } from './passed-exchange.ts';

/** One operation that is asked for. */
export interface Question {
  readonly text: string;
  readonly operationName: string | null;
  readonly variables: unknown;
}

export interface Asked {
  /** In the order of a batch; where one cannot be judged, the reason. */
  readonly questions: readonly (Question | { readonly notJudged: string })[];
  /** Whether they came as a list, so that the answer must be one. */
  readonly batched: boolean;
}

const NOTHING: Asked = { questions: [], batched: false };
const notJudged = (why: string): Asked => ({ questions: [{ notJudged: why }], batched: false });

export interface RequestParts {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly string[];
}

/** What a request asks; no questions when it asks none (a page for people, a CORS preflight, a health check). Never throws. */
export function readQuestion({ method, url, headers }: RequestParts, body: PassedBody): Asked {
  if (method === 'GET' || method === 'HEAD') return ofParameters(parametersOf(url));
  if (method !== 'POST') return NOTHING;
  const type = (headerOf(headers, 'content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'multipart/form-data') return notJudged('request: file upload');
  if (body.leftOut !== null) return notJudged(`request: ${body.leftOut}`);
  if (!body.complete) return notJudged('request: broken off');
  const decoded = decodeBody(body.kept, headerOf(headers, 'content-encoding'));
  if ('trouble' in decoded) return notJudged(`request: ${decoded.trouble}`);
  const text = decoded.bytes.toString('utf8');
  if (type === 'application/graphql') {
    const parameters = parametersOf(url);
    parameters.set('query', text);
    return ofParameters(parameters);
  }
  if (type === 'application/x-www-form-urlencoded') return ofParameters(new URLSearchParams(text));
  if (type !== 'text/plain' && !/[/+]json$/.test(type)) return notJudged(`request: content type ${type.slice(0, 60)}`);
  const parsed = parseJson(text);
  if (parsed === undefined) return notJudged('request: not JSON');
  if (Array.isArray(parsed)) return { questions: parsed.map(ofMember), batched: true };
  return { questions: [ofMember(parsed)], batched: false };
}

function ofMember(member: unknown): Asked['questions'][number] {
  if (!isRecord(member)) return { notJudged: 'request: no document' };
  const { query, operationName, variables } = member;
  if (typeof query === 'string' && query !== '')
    return { text: query, operationName: typeof operationName === 'string' && operationName !== '' ? operationName : null, variables };
  return { notJudged: isPersisted(member) ? PERSISTED : 'request: no document' };
}

const PERSISTED = 'request: persisted query, whose text is not in it';

/** Apollo's automatic persisted queries, Relay's and others' ids, and the trusted documents of the GraphQL over HTTP specification. */
function isPersisted(member: Record<string, unknown>): boolean {
  const { extensions } = member;
  if (isRecord(extensions) && 'persistedQuery' in extensions) return true;
  return ['documentId', 'doc_id', 'docId', 'queryId', 'id', 'hash'].some((name) => typeof member[name] === 'string');
}

function ofParameters(parameters: URLSearchParams): Asked {
  const member: Record<string, unknown> = Object.fromEntries(parameters);
  for (const name of ['variables', 'extensions']) {
    const text = parameters.get(name);
    if (text === null || text === '') delete member[name];
    // What is no JSON stays text, which no operation takes.
    else member[name] = parseJson(text) ?? text;
  }
  const one = ofMember(member);
  return 'text' in one || one.notJudged === PERSISTED ? { questions: [one], batched: false } : NOTHING;
}

function parametersOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1));
}

/** Undefined for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    // A byte order mark is no JSON, but servers take it.
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
