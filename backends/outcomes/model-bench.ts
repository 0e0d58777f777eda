/** A populated model for checking rows of `outcomes.ts` against the oracle. */
import type { ErrorDetail } from '../errors.ts';
import { QuiltError } from '../errors.ts';
import type { OperationName } from '../operations.ts';
import { createOracle, type Oracle, type OracleTenant } from '../oracle/oracle.ts';
import type { ClientSettings } from '../quilt-ops.ts';

const places = {
  catalogUrl: 'http://catalog.test',
  registryUrl: 'http://registry.test',
  graphqlUrl: 'http://registry.test/graphql',
  s3Endpoint: 'http://s3.test',
  region: 'us-east-1',
  apiGatewayEndpoint: 'http://registry.test',
  analyticsBucket: 'analytics',
};

/** Parameters of any operation: the rows decide what they are. */
export type Params = Readonly<Record<string, unknown>>;

/** What a call came to. */
export type Seen = { readonly value: unknown } | { readonly error: { readonly class: string; readonly detail: ErrorDetail } };

/** A model with a package of two revisions, a user, a role, a policy and a table, and names of all of them. */
export class Bench {
  readonly oracle: Oracle;
  readonly tenant: OracleTenant;
  readonly neighbour: OracleTenant;
  readonly bucket: string;
  readonly second: string;
  readonly name = 'team/data';
  #call = 0;

  constructor() {
    this.oracle = createOracle({
      places,
      callNumber: () => this.#call,
      refusal: (name, operation, message, detail) => new QuiltError(name, operation, message, detail),
    });
    this.tenant = this.oracle.newTenant({ buckets: 2 }, 'bench');
    this.neighbour = this.oracle.newTenant({}, 'neighbour');
    const [bucket = '', second = ''] = this.tenant.buckets;
    this.bucket = bucket;
    this.second = second;
  }

  /** Puts an object and answers its URL. */
  put(key: string, content: string): string {
    return this.tenant.putObject(this.bucket, key, content);
  }

  /** Runs an operation as somebody and answers its value; throws what it throws. */
  async run<T = unknown>(
    operation: OperationName,
    params: Params = {},
    settings: ClientSettings = this.tenant.settingsOf('admin'),
  ): Promise<T> {
    this.#call++;
    const perform = this.oracle.open(settings)[operation] as (params: Params) => Promise<unknown>;
    return (await perform(params)) as T;
  }

  /** The same, an error of the interface being seen too. */
  async see(operation: OperationName, params: Params, settings: ClientSettings): Promise<Seen> {
    try {
      return { value: await this.run(operation, params, settings) };
    } catch (error) {
      if (!(error instanceof QuiltError)) throw error;
      return { error: { class: error.name, detail: error.detail } };
    }
  }

  /** Pushes a revision and answers its top hash. */
  async push(params: Params): Promise<string> {
    return (await this.run<{ topHash: string }>('createRevision', { name: this.name, ...params })).topHash;
  }
}

/** Settings without some of them. */
export function without(settings: ClientSettings, ...names: (keyof ClientSettings)[]): ClientSettings {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !names.includes(name as keyof ClientSettings)));
}
