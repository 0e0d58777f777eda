/** What a fault beyond the socket makes of an operation: the table of P-06, from the model's side. */
import type { FaultAnswer, FaultSpec } from '../../fixtures/control.ts';
import type { ErrorClass, ErrorDetail } from '../errors.ts';
import type { OperationName } from '../operations.ts';
import type { Json } from '../shapes.ts';
import { type Requests, requestsOf } from './requests.ts';
import type { ActiveFault, Tenant } from './state.ts';

/** What the caller sees; `performed` when the request was carried out all the same. */
export interface FaultOutcome {
  readonly class: ErrorClass;
  readonly detail: ErrorDetail;
  readonly performed: boolean;
  /** True when the refusal is about the bucket that was asked for. */
  readonly aboutBucket: boolean;
  /** An answer to raw GraphQL, whose errors are what was asked for. */
  readonly told?: { readonly data: Json; readonly errors: readonly string[] };
}

/** Times that a throttled request is sent again before it is given up (P-26). */
const RETRIES = 2;

const AUTHENTICATION_CODES = ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken'];
const THROTTLING = /SlowDown|Throttl|TooManyRequests|RequestLimitExceeded/;

/** Meets the tenant's faults with the requests of an operation; null when it goes through unharmed. */
export function meetFault(tenant: Tenant, operation: OperationName, requests: Requests = requestsOf(operation)): FaultOutcome | null {
  let asked = requests;
  for (let sent = 0; ; sent++) {
    const fault = next(tenant.faults, asked);
    if (fault === undefined) return null;
    const { answer, door } = fault.spec;
    if (answer.kind === 'respond' && isThrottled(answer) && sent < RETRIES) {
      // It is sent again to where it went.
      if (door !== 'any') asked = { [door]: asked[door] };
      continue;
    }
    return (operation === 'graphql' && requests.graphql !== undefined ? toldInReply(answer) : null) ?? outcomeOf(answer, door);
  }
}

/** Errors of an answer that is one: raw GraphQL hands them on, whoever is to blame (C-05). */
function toldInReply(answer: FaultAnswer): FaultOutcome | null {
  if (answer.kind !== 'respond' || ![200, 400].includes(answer.status)) return null;
  const reply = replyOf(answer.body ?? '');
  if (reply?.errors === undefined) return null;
  const told = { data: reply.data ?? null, errors: reply.errors.map(({ message = '' }) => message) };
  return { class: 'BackendError', detail: {}, performed: answer.perform === true, aboutBucket: false, told };
}

/** The fault that the requests meet, and counts it. */
function next(faults: readonly ActiveFault[], requests: Requests): ActiveFault | undefined {
  for (const fault of faults) {
    if (!meets(fault.spec, requests)) continue;
    fault.seen += 1;
    if (fault.seen <= (fault.spec.skip ?? 0) || fault.fired >= (fault.spec.times ?? Number.POSITIVE_INFINITY)) continue;
    fault.fired += 1;
    return fault;
  }
  return undefined;
}

function meets({ door, operation: name }: FaultSpec, requests: Requests): boolean {
  const names = door === 'any' ? Object.values(requests).flat() : (requests[door] ?? []);
  return names.length > 0 && (name === undefined || names.includes(name));
}

/** Pointers to what each root field of a GraphQL answer holds, and to the name of its member. */
const WHOLE_FIELD = '/data/*';
const MEMBER = '/data/*/__typename';

/** Members of result unions, without fields of their own, that a small stack has no cause to answer with. */
const BARE_FAILURES: Readonly<Record<string, ErrorClass>> = {
  IndexingInProgress: 'ConflictError',
  NotificationConfigurationError: 'BackendError',
  SubscriptionInvalid: 'BackendError',
};

interface ToldFailure {
  readonly __typename?: string;
  readonly name?: string;
  readonly message?: string;
  readonly errors?: readonly { readonly path: string; readonly name: string; readonly message: string }[];
}

/** What an answer says in which another failure, or a failure in place of the result, was written (P-07); null when it says none. */
function toldFailure(edits: Rewrite['edits']): FaultOutcome | null {
  const [edit] = edits;
  if (edit?.pointer === MEMBER) {
    // The answer was a refusal already, so nothing was done.
    const errorClass = BARE_FAILURES[String(edit.value)];
    if (errorClass === undefined) return null;
    return { class: errorClass, detail: { code: String(edit.value) }, performed: false, aboutBucket: errorClass === 'ConflictError' };
  }
  if (edit?.pointer !== WHOLE_FIELD) return null;
  const { __typename: member, name, message, errors = [] } = (edit.value ?? {}) as ToldFailure;
  const done = { performed: true, aboutBucket: false };
  if (member === 'OperationError' && name !== undefined && message !== undefined)
    return { class: 'BackendError', detail: { code: name, text: message }, ...done };
  const [first] = errors;
  if (member !== 'InvalidInput' || first === undefined) return null;
  const field = first.path.split('.').find((step) => step !== 'input');
  const detail = { ...(field !== undefined && { field }), code: first.name, text: first.message };
  return { class: 'ValidationError', detail, ...done };
}

/** An answer that was carried out, and has not the form that was due (C-11): the model knows no other way to rewrite one. */
const BROKEN: FaultOutcome = { class: 'BackendError', detail: { code: 'broken-body' }, performed: true, aboutBucket: false };

/** Keys without which a catalog is refused, in the order in which a missing one is named. */
const CATALOG_KEYS = ['region', 'apiGatewayEndpoint', 'registryUrl', 'analyticsBucket'];

/** What a catalog says whose config.json lacks keys, or has them empty. */
function incompleteConfig(edits: Rewrite['edits']): FaultOutcome | null {
  const lost = edits
    .filter(({ remove, value }) => remove === true || typeof value !== 'string' || value === '')
    .map(({ pointer }) => pointer);
  const subject = CATALOG_KEYS.find((key) => lost.includes(`/${key}`));
  return subject === undefined ? null : { class: 'BackendError', detail: { subject }, performed: true, aboutBucket: false };
}

type Rewrite = Extract<FaultAnswer, { kind: 'rewrite' }>;
type Respond = Extract<FaultAnswer, { kind: 'respond' }>;

function isThrottled({ status, body = '' }: Respond): boolean {
  return status === 429 || (status >= 400 && THROTTLING.test(codeOf(body) ?? ''));
}

function outcomeOf(answer: FaultAnswer, door: FaultSpec['door']): FaultOutcome | null {
  if (answer.kind === 'delay') return null;
  if (answer.kind === 'rewrite') return door === 'catalog' ? incompleteConfig(answer.edits) : (toldFailure(answer.edits) ?? BROKEN);
  const performed = answer.perform === true;
  const seen = (name: ErrorClass, detail: ErrorDetail, aboutBucket = false): FaultOutcome => ({
    class: name,
    detail,
    performed,
    aboutBucket,
  });
  if (answer.kind !== 'respond') return seen('BackendError', { code: answer.kind === 'hang' ? 'timeout' : 'reset' });
  return respond(answer, door, seen);
}

type Seen = (name: ErrorClass, detail: ErrorDetail, aboutBucket?: boolean) => FaultOutcome;

function respond({ status, body = '' }: Respond, door: FaultSpec['door'], seen: Seen): FaultOutcome {
  // REST and the catalog have no agreed form for a refusal: nothing but its status can be read.
  const isSilent = door === 'rest' || door === 'catalog';
  const [named, said] = isSilent ? [undefined, undefined] : [codeOf(body), textOf(body)];
  const detail: ErrorDetail = { code: named ?? String(status), ...(said !== undefined && { text: said }) };
  const isS3 = door === 's3';
  if (status === 401 || named === 'UNAUTHENTICATED' || (isS3 && AUTHENTICATION_CODES.includes(named ?? '')))
    return seen('AuthenticationError', detail);
  if (status === 403 || named === 'FORBIDDEN') return seen('PermissionError', detail, isS3);
  if (door === 'catalog' && status === 404) return seen('NotFoundError', { ...detail, subject: 'catalogUrl' });
  if (isS3 && named === 'NoSuchBucket') return seen('NotFoundError', detail, true);
  if (status >= 400) return seen('BackendError', detail);
  // An answer of 200 has no name but the one in its body.
  if (said === undefined) return seen('BackendError', { code: 'broken-body' });
  return seen('BackendError', { ...(named !== undefined && { code: named }), text: said });
}

/** The server's own name for the error: `<Code>` of S3, `extensions.code` of GraphQL. */
function codeOf(body: string): string | undefined {
  return /<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? firstError(body)?.extensions?.code;
}

function textOf(body: string): string | undefined {
  return /<Message>([^<]+)<\/Message>/.exec(body)?.[1] ?? firstError(body)?.message;
}

interface GraphqlError {
  readonly message?: string;
  readonly extensions?: { readonly code?: string };
}

function firstError(body: string): GraphqlError | undefined {
  return replyOf(body)?.errors?.[0];
}

function replyOf(body: string): { readonly data?: Json; readonly errors?: readonly GraphqlError[] } | null {
  try {
    return JSON.parse(body) as ReturnType<typeof replyOf>;
  } catch {
    return null;
  }
}
