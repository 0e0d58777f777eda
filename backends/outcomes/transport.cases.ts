/** The rows of `transport`, brought about in the model by faults. */
import type { OperationName } from '../operations.ts';
import type { OracleTenant } from '../oracle/oracle.ts';
import type { Bench, Params } from './model-bench.ts';
import type { Setup } from './row-case.ts';

type FaultSpec = Parameters<OracleTenant['fault']>[0];

/** An operation that meets a fault. */
export interface TransportCase {
  readonly operation: OperationName;
  readonly setup: Exclude<Setup, string>;
}

const respond = (status: number, body?: string, times?: number): Pick<FaultSpec, 'answer' | 'times'> => ({
  answer: { kind: 'respond', status, ...(body !== undefined && { body }) },
  ...(times !== undefined && { times }),
});

const meet = (
  door: FaultSpec['door'],
  operation: OperationName,
  fault: Pick<FaultSpec, 'answer' | 'times'>,
  params: (bench: Bench) => Params = () => ({}),
): TransportCase => ({
  operation,
  setup: (bench) => {
    bench.tenant.fault({ door, ...fault });
    return { params: params(bench) };
  },
});

const graphql = (fault: Pick<FaultSpec, 'answer' | 'times'>) => meet('graphql', 'bucketInfo', fault, (bench) => ({ bucket: bench.bucket }));
const errors = (code?: string) => JSON.stringify({ errors: [{ message: 'boom', ...(code !== undefined && { extensions: { code } }) }] });
const s3 = (status: number, code: string) =>
  meet('s3', 'listPackages', respond(status, `<Error><Code>${code}</Code><Message>m</Message></Error>`));

export const transportCases: Readonly<Record<string, TransportCase | string>> = {
  'GraphQL: 200 with errors': graphql(respond(200, errors())),
  'GraphQL: errors with extensions.code UNAUTHENTICATED': graphql(respond(200, errors('UNAUTHENTICATED'))),
  'GraphQL: errors with extensions.code FORBIDDEN': graphql(respond(200, errors('FORBIDDEN'))),
  'GraphQL: 400 with errors': graphql(respond(400, errors())),
  '401': graphql(respond(401)),
  '403': graphql(respond(403)),
  '404 of a GraphQL or REST endpoint': meet('rest', 'awsCredentials', respond(404)),
  '404 of the catalog': "a catalog is public: nobody's faults meet it",
  '429, or an AWS throttling code, at most twice in a row': graphql(respond(429, '', 2)),
  '429, or an AWS throttling code, three times in a row': graphql(respond(429, '', 3)),
  '5xx': graphql(respond(500)),
  'no answer before the deadline': graphql({ answer: { kind: 'hang' } }),
  'connection reset': graphql({ answer: { kind: 'reset' } }),
  'no connection': 'the model is always there',
  'body is not what was due (HTML, cut JSON, cut XML)': graphql(respond(200, '<html>')),
  'response breaks the schema': 'the model has no schema',
  'S3: 404 without a code': meet('s3', 'listPackages', respond(404)),
  'S3: AccessDenied': s3(403, 'AccessDenied'),
  'S3: InvalidAccessKeyId, SignatureDoesNotMatch, ExpiredToken, InvalidToken': s3(403, 'InvalidAccessKeyId'),
  'S3: NoSuchBucket': s3(404, 'NoSuchBucket'),
  'OperationError of a name that no row has': 'the model gives no names but those of the rows',
  'InvalidInput of a name that no row has': 'the model gives no names but those of the rows',
};
