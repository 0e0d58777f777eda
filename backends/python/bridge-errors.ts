/** What an exception of quilt3 is in QuiltOps: one table by its class, one by AWS code, one by HTTP status, one by the server's own name. */
import { z } from 'zod';
import { type ErrorClass, type ErrorDetail, QuiltError } from '../errors.ts';
import type { OperationName } from '../operations.ts';
import type { BridgeTrouble } from './bridge-process.ts';
import { BridgeFailure } from './bridge-process.ts';

const mistakes = z.array(z.object({ path: z.string().nullish(), name: z.string(), message: z.string() }));

const said = z.object({
  /** Name of the class, and of those it is made from. */
  classes: z.array(z.string()).min(1),
  module: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  /** The hash or tag that was not there. */
  asked: z.string().nullable(),
  /** True: there is nothing at the path. */
  lookup: z.boolean(),
  aws: z
    .object({ code: z.string().nullish(), message: z.string().nullish(), status: z.number().nullish(), operation: z.string() })
    .nullable(),
  failure: z
    .looseObject({
      typename__: z.string().optional(),
      errors: mistakes.optional(),
      name: z.string().optional(),
      message: z.string().optional(),
    })
    .nullable(),
  graphql: z.array(z.object({ message: z.string(), code: z.string().nullish() })).nullable(),
  http: z.object({ status: z.number(), text: z.string() }).nullable(),
});

/** An exception as `bridge_errors.py` describes it. */
export type Said = z.infer<typeof said>;

/** Facts of the call, by what an error can be about; each operation says which it has. */
export interface About {
  readonly bucket?: string;
  /** What a missing package or revision is named by. */
  readonly missing?: ErrorDetail;
  /** Logical key that was asked for. */
  readonly path?: string;
  /** What a user, role, policy or table is named by. */
  readonly subject?: ErrorDetail;
  /** Id by which a role was looked for, where that is not the subject. */
  readonly id?: string;
  /** Facts by the server's name for the failure, or by the name of quilt3's exception. */
  readonly conflicts?: Readonly<Record<string, ErrorDetail>>;
}

type Verdict = readonly [ErrorClass, ErrorDetail];

const AWS_AUTHENTICATION = [
  'InvalidAccessKeyId',
  'SignatureDoesNotMatch',
  'ExpiredToken',
  'InvalidToken',
  'TokenRefreshRequired',
  'RequestTimeTooSkewed',
];

const NAMED_PARAMETERS: Readonly<Record<string, string>> = { bucketName: 'bucket', tableName: 'table', newTableName: 'newName' };

/** The QuiltError that an exception in Python is. */
export function toQuiltError(operation: OperationName, thrown: unknown, about: About): QuiltError {
  const exception = said.parse(thrown);
  const [errorClass, facts] = verdict(exception, about);
  return new QuiltError(errorClass, operation, `quilt3: ${exception.classes[0]}: ${exception.message}`, facts, { cause: thrown });
}

/** The QuiltError that the failure of the child itself is. */
export function bridgeError(operation: OperationName, error: unknown): unknown {
  if (!(error instanceof BridgeFailure)) return error;
  const codes: Readonly<Record<BridgeTrouble, string>> = { start: 'connect', died: 'reset', hung: 'timeout', garbage: 'broken-body' };
  return new QuiltError('BackendError', operation, error.message, { code: codes[error.trouble] }, { cause: error });
}

function verdict(exception: Said, about: About): Verdict {
  const { classes, aws, http, field, asked } = exception;
  if (field !== null) return ['ValidationError', { field, text: exception.message }];
  const missing = asked === null ? about.missing : { ...about.missing, hash: asked };
  if (exception.lookup) return ['NotFoundError', { ...about.missing, ...(about.path !== undefined && { path: about.path }) }];
  if (aws !== null) return awsVerdict(aws, { ...about, ...(missing && { missing }) });
  if (exception.failure?.errors ?? exception.failure?.name) return failureVerdict(exception, about);
  if (http !== null) return httpVerdict(http);
  if (exception.graphql !== null) return graphqlVerdict(exception.graphql);
  for (const name of classes) {
    const byClass = CLASSES[name]?.(exception, { ...about, ...(missing && { missing }) });
    if (byClass !== undefined) return byClass;
  }
  return ['BackendError', { text: exception.message }];
}

function graphqlVerdict(errors: NonNullable<Said['graphql']>): Verdict {
  const code = errors.find((error) => error.code)?.code ?? 'graphql-errors';
  const facts = { code, text: errors.map(({ message }) => message).join('\n') };
  if (code === 'UNAUTHENTICATED') return ['AuthenticationError', facts];
  return [code === 'FORBIDDEN' ? 'PermissionError' : 'BackendError', facts];
}

function awsVerdict({ code, message, status, operation }: NonNullable<Said['aws']>, { bucket, missing }: About): Verdict {
  const text = message ? { text: message } : {};
  const facts = { code: code ?? String(status), ...text };
  const here = bucket === undefined ? {} : { bucket };
  if (status === 401 || (code && AWS_AUTHENTICATION.includes(code))) return ['AuthenticationError', facts];
  if (code === 'NoSuchBucket') return ['NotFoundError', { ...facts, ...here }];
  // A bare 404 is how S3 says to a HEAD that there is no object; to anything else it says a code.
  if (status === 404 && (code !== '404' || operation.startsWith('Head'))) return ['NotFoundError', { ...facts, ...missing }];
  if (code === 'AccessDenied' || status === 403) return ['PermissionError', { ...facts, ...here }];
  return ['BackendError', facts];
}

function httpVerdict({ status, text }: NonNullable<Said['http']>): Verdict {
  const facts = { code: String(status), text: messageOf(text) };
  if (status === 401) return ['AuthenticationError', facts];
  return [status === 403 ? 'PermissionError' : 'BackendError', facts];
}

function messageOf(text: string): string {
  try {
    const { message, errors } = JSON.parse(text) as { message?: unknown; errors?: readonly { message?: unknown }[] };
    const first = message ?? errors?.[0]?.message;
    if (typeof first === 'string') return first;
  } catch {
    // No JSON: its beginning is all there is to say.
  }
  return text.slice(0, 200);
}

/** A typed failure that quilt3.admin raised with the server's own answer in it. */
function failureVerdict({ failure, classes }: Said, about: About): Verdict {
  const [first] = failure?.errors ?? [];
  const code = first?.name ?? failure?.name ?? classes[0] ?? '';
  const text = first?.message ?? failure?.message ?? '';
  const [head, next] = (first?.path ?? '').split('.');
  const field = head === 'input' ? next : head;
  const known = about.conflicts?.[`${code} at ${field}`] ?? about.conflicts?.[code];
  const facts = { code, text };
  if (known !== undefined) return [NOT_FOUND.includes(code) ? 'NotFoundError' : 'ConflictError', { ...known, ...facts }];
  if (first === undefined) return ['BackendError', facts];
  return ['ValidationError', { ...facts, ...(field && { field: NAMED_PARAMETERS[field] ?? field }) }];
}

const NOT_FOUND = ['BucketNotFound', 'TabulatorTableNotFound', 'PolicyDoesNotExist'];

/** Exceptions known by their class; the most particular class that is here decides. */
const CLASSES: Readonly<Record<string, (exception: Said, about: About) => Verdict | undefined>> = {
  S3NoValidClientError: (_, { bucket }) => ['PermissionError', { code: 'AccessDenied', ...(bucket !== undefined && { bucket }) }],
  NoCredentialsError: () => ['AuthenticationError', {}],
  QuiltConflictException: ({ message }, { missing = {} }) => ['ConflictError', { ...missing, text: message }],
  WorkflowValidationError: ({ message }) => ['ValidationError', { field: workflowField(message), text: message }],
  ConfigurationError: ({ message }) => ['BackendError', { code: 'broken-body', text: message }],
  QuiltException: quiltException,
  UserNotFoundError: (_, { subject = {} }) => ['NotFoundError', subject],
  RoleNotFoundError: (_, { id, subject = {} }) => ['NotFoundError', id === undefined ? subject : { subject: id }],
  PolicyNotFoundError: (_, { subject = {} }) => ['NotFoundError', subject],
  BucketNotFoundError: (_, { bucket }) => ['NotFoundError', bucket === undefined ? {} : { bucket }],
  RoleNameReservedError: roleConflict('RoleNameReserved'),
  RoleNameExistsError: roleConflict('RoleNameExists'),
  RoleAssignedError: roleConflict('RoleAssigned'),
  // One exception for two refusals; what it kept of the answer tells them apart.
  RoleSsoConfigConflictError: (exception, about) => roleConflict(exception.failure?.typename__ ?? 'SsoConfigConflict')(exception, about),
  RoleNameInvalidError: () => ['ValidationError', { field: 'name', code: 'RoleNameInvalid' }],
  RoleTooManyPoliciesError: () => ['ValidationError', { field: 'policies', code: 'RoleHasTooManyPoliciesToAttach' }],
  RoleTypeMismatchError: ({ failure }) => ['ValidationError', { field: 'id', ...(failure?.typename__ && { code: failure.typename__ }) }],
  Quilt3AdminError: ({ message }, { bucket }) =>
    message.includes('indexing is in progress')
      ? ['ConflictError', { code: 'IndexingInProgress', ...(bucket !== undefined && { bucket }) }]
      : undefined,
  EndpointConnectionError: () => ['BackendError', { code: 'connect' }],
  ConnectTimeoutError: () => ['BackendError', { code: 'timeout' }],
  ReadTimeoutError: () => ['BackendError', { code: 'timeout' }],
  ConnectionClosedError: () => ['BackendError', { code: 'reset' }],
  ResponseStreamingError: () => ['BackendError', { code: 'reset' }],
  IncompleteReadError: () => ['BackendError', { code: 'reset' }],
  ResponseParserError: () => ['BackendError', { code: 'broken-body' }],
  ConnectionError: ({ message }) => ['BackendError', { code: /reset|aborted|closed/i.test(message) ? 'reset' : 'connect' }],
  // An answer of S3 without a header that it must have.
  KeyError: () => ['BackendError', { code: 'broken-body' }],
  JSONDecodeError: () => ['BackendError', { code: 'broken-body' }],
  GraphQLClientInvalidResponseError: () => ['BackendError', { code: 'broken-body' }],
  ValidationError: ({ module }) => (module.startsWith('pydantic') ? ['BackendError', { code: 'broken-body' }] : undefined),
};

/** quilt3's one class for most things it refuses, told apart by its words. */
function quiltException({ message }: Said, { missing = {} }: About): Verdict | undefined {
  const field = [...FIELDS_BY_WORDS].find(([words]) => words.test(message))?.[1];
  if (field !== undefined) return ['ValidationError', { field, text: message }];
  if (/^(Found zero matches|Found multiple matches|Invalid hash|No such package version)/.test(message))
    return ['NotFoundError', { ...missing, text: message }];
  if (/Failed to update the access token|Authentication (failed|error)|Failed to log in|No Quilt credentials/.test(message))
    return ['AuthenticationError', { text: message }];
  return undefined;
}

const FIELDS_BY_WORDS: ReadonlyMap<RegExp, string> = new Map([
  [/^Invalid package name/, 'name'],
  [/expects an S3 bucket/, 'registry'],
  [/^Workflow required|^There is no .* workflow in config/, 'workflow'],
]);

function workflowField(message: string): string {
  if (message.startsWith('Commit message')) return 'message';
  if (message.startsWith('Package name')) return 'name';
  return message.startsWith('Metadata') ? 'metadata' : 'uris';
}

function roleConflict(code: string) {
  return (_: Said, { subject = {} }: About): Verdict => ['ConflictError', { ...subject, code }];
}
