/**
 * The backend `quilt3-python`: the published quilt3, unchanged, by its public API, in a Python child that serves every session of this process.
 * Set CROSSCHECK_PYTHON_QUILT3 to a Python that has the wanted quilt3 already, and uv is not asked to install it.
 */
import { z } from 'zod';
import type { Backend } from '../backend.ts';
import { QuiltError } from '../errors.ts';
import { type OperationName, operationNames, type ResultOf } from '../operations.ts';
import type { Operations, Support, SupportTable } from '../quilt-ops.ts';
import { BridgePool, type PoolOptions } from './bridge-pool.ts';
import { PythonCall, type PythonTopic } from './python-call.ts';
import { packages } from './python-packages.ts';
import { policies } from './python-policies.ts';
import { roles } from './python-roles.ts';
import { PythonSession } from './python-session.ts';
import { stack } from './python-stack.ts';
import { tabulator } from './python-tabulator.ts';
import { users } from './python-users.ts';

/** What quilt3 has no public call for. */
const lacking = {
  authStatus: 'quilt3 keeps a login and asks nobody whose it is',
  catalogConfig: 'quilt3 keeps no analyticsBucket of a catalog',
  configureCatalog: 'quilt3 keeps no analyticsBucket of a catalog',
  listBuckets: 'quilt3 lists no buckets but to an administrator',
  bucketInfo: 'quilt3 reads the settings of a bucket as an administrator only',
  graphql: 'quilt3 sends no document but its own',
  'admin.buckets.list': 'quilt3 reads neither linkedData nor browsable of a bucket',
  'admin.buckets.get': 'quilt3 reads neither linkedData nor browsable of a bucket',
  'admin.buckets.add': 'quilt3 reads neither linkedData nor browsable of a bucket',
  'admin.buckets.update': 'quilt3 reads neither linkedData nor browsable of a bucket',
} as const satisfies { readonly [K in OperationName]?: string };

type Lacking = keyof typeof lacking;

const credentials = z.object({
  AccessKeyId: z.string(),
  SecretAccessKey: z.string(),
  SessionToken: z.string().min(1),
  Expiration: z.string(),
});

const implementations: PythonTopic<Exclude<OperationName, Lacking>> = {
  ...packages,
  ...users,
  ...roles,
  ...policies,
  ...stack,
  ...tabulator,
  async registryUrl(call) {
    const registryUrl = await call.ask({}, z.string().nullable());
    if (registryUrl === null)
      throw call.refuse('ValidationError', 'registryUrl: expected one in the configuration of quilt3, got none', { field: 'registryUrl' });
    return { registryUrl };
  },
  async awsCredentials(call): Promise<ResultOf<'awsCredentials'>> {
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = await call.ask({}, credentials);
    for (const secret of [SecretAccessKey, SessionToken]) call.session.door.learnSecret(secret);
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken, expires: Expiration };
  },
};

const supports: SupportTable = {
  ...(Object.fromEntries(
    operationNames.map((name): [OperationName, Support] => [name, isLacking(name) ? { no: lacking[name] } : true]),
  ) as Record<OperationName, Support>),
  'createRevision.copy:true': true,
  'createRevision.files': true,
  'updateRevision.copy:true': true,
  'updateRevision.files': true,
  'answer:withheld': { no: 'quilt3 waits 60 s for an answer, as botocore does, and has no setting for it' },
  'registry:prefix': { no: 'quilt3 pushes to a whole bucket' },
};

function isLacking(name: OperationName): name is Lacking {
  return Object.hasOwn(lacking, name);
}

/** True for what changes something: refused where the target says that nothing is written, since no door stands before the child. */
function isWrite(operation: OperationName): boolean {
  return /^(create|update|delete)/.test(operation) || (/^(admin|tabulator)\./.test(operation) && !/\.(list|get\w*)$/.test(operation));
}

/** A backend of one version of quilt3. Its child starts with the first request and ends with the process, or when this is closed. */
export function createPythonBackend(version: string, options: Omit<PoolOptions, 'version'> = {}): Backend {
  const pool = new BridgePool({ version, ...options });
  return {
    name: 'quilt3-python',
    subject: `quilt3@${version}`,
    supports,
    async open(settings, door) {
      const session = new PythonSession(settings, door);
      const operations = Object.fromEntries(operationNames.map((name) => [name, runner(name, session, pool)])) as unknown as Operations;
      return {
        operations,
        async [Symbol.asyncDispose]() {
          session[Symbol.dispose]();
          await pool.tell({ session: null, operation: 'forget', params: { key: session.key } });
        },
      };
    },
    close: () => pool[Symbol.asyncDispose](),
  };
}

function runner(operation: OperationName, session: PythonSession, pool: BridgePool) {
  return async (params: unknown): Promise<unknown> => {
    if (isLacking(operation)) {
      throw new QuiltError(
        'BackendError',
        operation,
        `${operation}: expected an operation that quilt3 has, got one that it lacks: ${lacking[operation]}`,
        { code: 'unsupported' },
      );
    }
    if (session.door.policy.writes === 'never' && isWrite(operation)) {
      throw new QuiltError(
        'BackendError',
        operation,
        `${operation}: expected an operation that reads, since the target says writes: never`,
        { code: 'refused' },
      );
    }
    if (!Object.hasOwn(packages, operation)) session.requireRegistry(operation);
    const run = implementations[operation] as (call: PythonCall, params: unknown) => Promise<unknown>;
    return run(new PythonCall(operation, session, pool), params);
  };
}

/** The version that referees the S3-side rows. */
export const quilt3Python: Backend = createPythonBackend('8.0.0');
