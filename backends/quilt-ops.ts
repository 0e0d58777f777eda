/** QuiltOps: the one interface behind which every backend stands, and what a backend says of itself. */
import type { OperationName, ParamsOf, ResultOf } from './operations.ts';

/** A backend's implementation: one function an operation, by its full name. */
export type Operations = { readonly [K in OperationName]: (params: ParamsOf<K>) => Promise<ResultOf<K>> };

type Method<K extends OperationName> =
  Record<never, never> extends ParamsOf<K> ? (params?: ParamsOf<K>) => Promise<ResultOf<K>> : (params: ParamsOf<K>) => Promise<ResultOf<K>>;

type TopLevel = Exclude<OperationName, `${string}.${string}`>;
type Group<P extends string> = { readonly [K in OperationName as K extends `${P}.${infer M}` ? M : never]: Method<K> };

/** The operations as a scenario calls them: `ops.browse(…)`, `ops.admin.users.list()`. */
export type QuiltOps = { readonly [K in TopLevel]: Method<K> } & {
  readonly admin: {
    readonly users: Group<'admin.users'>;
    readonly roles: Group<'admin.roles'>;
    readonly policies: Group<'admin.policies'>;
    readonly sso: Group<'admin.sso'>;
    readonly buckets: Group<'admin.buckets'>;
  };
  readonly tabulator: Group<'tabulator'>;
};

export const BACKENDS = ['quilt3', 'platform', 'quilt3-python'] as const;
export type BackendName = (typeof BACKENDS)[number];

/** Values of parameters that a backend may lack. */
export const PARAMETER_VALUES = [
  'createRevision.copy:true',
  'createRevision.files',
  'updateRevision.copy:true',
  'updateRevision.files',
  'registry:prefix',
  /** Gives up an answer that does not come, within the deadline of an exchange. */
  'answer:withheld',
] as const;
export type ParameterValue = (typeof PARAMETER_VALUES)[number];

export type Support = true | { readonly no: string };

/** What a backend can do: total, so that a new operation does not compile until every backend has answered. */
export type SupportTable = { readonly [K in OperationName | ParameterValue]: Support };

/** What a client of the platform is told by whoever starts it. All of it is optional, as in life; see `selection.ts` for what wins. */
export interface ClientSettings {
  readonly catalogUrl?: string;
  readonly registryUrl?: string;
  readonly graphqlUrl?: string;
  /** Bearer token for the registry. */
  readonly token?: string;
  readonly refreshToken?: string;
  /** Default package registry (a bucket, in any spelling). */
  readonly registry?: string;
  readonly region?: string;
  readonly s3Endpoint?: string;
  readonly accessKeyId?: string;
  readonly secretAccessKey?: string;
  readonly sessionToken?: string;
  /** The clock that the client takes for the time, epoch milliseconds; the system's when absent. A published client has no such setting. */
  readonly now?: () => number;
  /** Environment of the client; never the harness's own. */
  readonly env?: Readonly<Record<string, string>>;
}

/** One opened backend: a client in the hands of one user. */
export interface Session extends AsyncDisposable {
  readonly operations: Operations;
}

/** Calls each operation by its place in QuiltOps; `around` sees every call. */
export function toQuiltOps(around: (operation: OperationName, params: unknown) => Promise<unknown>): QuiltOps {
  const at = (path: string): unknown =>
    new Proxy(() => undefined, {
      get: (_, member) => (typeof member === 'string' && member !== 'then' ? at(path === '' ? member : `${path}.${member}`) : undefined),
      apply: (_target, _this, [params]) => around(path as OperationName, params ?? {}),
    });
  return at('') as QuiltOps;
}
