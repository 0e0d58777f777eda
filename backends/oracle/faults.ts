/** What a fault beyond the socket makes of an operation: the table of P-06, from the model's side. */
import type { FaultAnswer, FaultSpec } from '../../fixtures/control.ts';
import type { ErrorClass, ErrorDetail } from '../errors.ts';
import type { OperationName } from '../operations.ts';
import { requestsOf } from './requests.ts';
import type { ActiveFault, Tenant } from './state.ts';

/** What the caller sees; `performed` when the request was carried out all the same. */
export interface FaultOutcome {
  readonly class: ErrorClass;
  readonly detail: ErrorDetail;
  readonly performed: boolean;
  /** True when the refusal is about the bucket that was asked for. */
  readonly aboutBucket: boolean;
}

/** Times that a throttled request is sent again before it is given up (P-26). */
const RETRIES = 2;

const AUTHENTICATION_CODES = ['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken'];
const THROTTLING = /SlowDown|Throttl|TooManyRequests|RequestLimitExceeded/;

/** Meets the tenant's faults with an operation; null when it goes through unharmed. */
export function meetFault(tenant: Tenant, operation: OperationName): FaultOutcome | null {
  for (let sent = 0; ; sent++) {
    const fault = next(tenant.faults, operation);
    if (fault === undefined) return null;
    const { answer, door } = fault.spec;
    if (answer.kind === 'respond' && isThrottled(answer) && sent < RETRIES) continue;
    return outcomeOf(answer, door);
  }
}

/** The fault that the operation meets, and counts it. */
function next(faults: readonly ActiveFault[], operation: OperationName): ActiveFault | undefined {
  for (const fault of faults) {
    if (!meets(fault.spec, operation)) continue;
    fault.seen += 1;
    if (fault.seen <= (fault.spec.skip ?? 0) || fault.fired >= (fault.spec.times ?? Number.POSITIVE_INFINITY)) continue;
    fault.fired += 1;
    return fault;
  }
  return undefined;
}

function meets({ door, operation: name }: FaultSpec, operation: OperationName): boolean {
  const requests = requestsOf(operation);
  const names = door === 'any' ? Object.values(requests).flat() : (requests[door] ?? []);
  return names.length > 0 && (name === undefined || names.includes(name));
}

type Respond = Extract<FaultAnswer, { kind: 'respond' }>;

function isThrottled({ status, body = '' }: Respond): boolean {
  return status === 429 || (status >= 400 && THROTTLING.test(codeOf(body) ?? ''));
}

function outcomeOf(answer: FaultAnswer, door: FaultSpec['door']): FaultOutcome | null {
  if (answer.kind === 'delay' || answer.kind === 'rewrite') return null;
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
  try {
    const { errors } = JSON.parse(body) as { readonly errors?: readonly GraphqlError[] };
    return errors?.[0];
  } catch {
    return undefined;
  }
}
