/** One call of an operation: who asks, of what, and how it is refused. Checks come in the order that `outcomes.ts` states. */
import type { ErrorClass, ErrorDetail } from '../errors.ts';
import type { OperationName, ParamsOf, ResultOf } from '../operations.ts';
import { type FaultOutcome, meetFault } from './faults.ts';
import { RENEWAL, requestsOf } from './requests.ts';
import { awsKeysOf, bearerOf, blankless, catalogUrlOf, graphqlUrlOf, registryUrlOf, type Sources, trimmed } from './sources.ts';
import type { Level, Role, StoredBucket, TemporaryKeys, Tenant, Token, User } from './state.ts';

/** What an operation of the model is: answers at once, or throws what the interface throws. */
export type Handler<K extends OperationName> = (call: Call, params: ParamsOf<K>) => ResultOf<K>;
export type Handlers<K extends OperationName> = { readonly [N in K]: Handler<N> };

/** What all calls of a model share. */
export interface Model {
  readonly places: Places;
  readonly tenants: readonly Tenant[];
  /** Number of the event that is under way. */
  callNumber(): number;
  fresh(kind: string): string;
  tokenOf(token: string): Token | undefined;
  /** User that a refresh token is of. */
  refreshOf(token: string): { readonly tenant: Tenant; readonly user: string } | undefined;
  /** Makes the error of the interface; the model itself knows only its type. */
  refusal(name: ErrorClass, operation: string, message: string, detail: ErrorDetail): Error;
}

/** Where the modelled stack stands. */
export interface Places {
  readonly catalogUrl: string;
  readonly registryUrl: string;
  readonly graphqlUrl: string;
  readonly s3Endpoint: string;
  readonly region: string;
  readonly apiGatewayEndpoint: string;
  readonly analyticsBucket: string;
}

export class Call {
  readonly model: Model;
  readonly operation: OperationName;
  readonly sources: Sources;
  /** Instant of this call. */
  readonly at: string;
  /** What a fault makes of the call after it was carried out. */
  afterwards: Error | null = null;
  /** What raw GraphQL is answered in place of the truth. */
  told: FaultOutcome['told'] | null = null;
  #met = false;

  constructor(model: Model, operation: OperationName, sources: Sources) {
    this.model = model;
    this.operation = operation;
    this.sources = sources;
    this.at = `@${model.callNumber()}`;
  }

  refuse(name: ErrorClass, detail: ErrorDetail): Error {
    const facts = Object.entries(detail).map(([fact, value]) => `${fact} ${value}`);
    return this.model.refusal(
      name,
      this.operation,
      `${this.operation}: expected it to be well, got ${name}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}`,
      detail,
    );
  }

  /** Refuses a parameter. */
  wrong(field: string, code?: string): Error {
    return this.refuse('ValidationError', { field, ...(code !== undefined && { code }) });
  }

  missing(detail: ErrorDetail): Error {
    return this.refuse('NotFoundError', detail);
  }

  taken(detail: ErrorDetail): Error {
    return this.refuse('ConflictError', detail);
  }

  /** Refuses a blank parameter. */
  filled(field: string, value: string): void {
    if (value.trim() === '') throw this.wrong(field);
  }

  /** Meets the fault of the first door that the operation goes through, once a call. */
  contact(tenant: Tenant | undefined): void {
    if (this.#met || tenant === undefined) return;
    this.#met = true;
    this.#suffer(meetFault(tenant, this.operation));
  }

  #suffer(outcome: FaultOutcome | null): void {
    if (outcome === null) return;
    if (outcome.told !== undefined) {
      this.told = outcome.told;
      return;
    }
    const detail = outcome.aboutBucket ? { ...outcome.detail, bucket: this.bucketNamed() } : outcome.detail;
    const error = this.refuse(outcome.class, detail);
    if (!outcome.performed) throw error;
    this.afterwards = error;
  }

  /** Who asks, by the token that is sent; refuses what the registry would answer with 401. */
  user(): { readonly user: User; readonly tenant: Tenant } {
    const bearer = bearerOf(this.sources);
    const token = bearer === null ? undefined : this.model.tokenOf(bearer);
    const refresh = this.sources.settings.refreshToken === undefined ? undefined : this.model.refreshOf(this.sources.settings.refreshToken);
    this.#findRegistry(bearer !== null);
    const expired = token !== undefined && token.expires <= token.tenant.clock;
    const holder = (bearer === null || expired) && refresh !== undefined ? refresh : token;
    if (holder !== undefined && holder === refresh && this.#mustRenew(holder.tenant)) {
      this.#suffer(meetFault(holder.tenant, this.operation, RENEWAL));
    }
    this.contact(holder?.tenant ?? token?.tenant);
    if (holder !== undefined && this.#endpointIsMissing()) throw this.refuse('BackendError', { code: '404' });
    if (holder === undefined || (holder === token && (expired || !token.genuine))) throw this.refuse('AuthenticationError', {});
    const user = holder.tenant.users.get(holder.user);
    if (user === undefined || !user.isActive) throw this.refuse('AuthenticationError', {});
    if (holder === refresh) this.#renew(holder.tenant, user);
    return { user, tenant: holder.tenant };
  }

  /** Fetches a token for the refresh token, unless the client still has one: that is when a user signs in. */
  #renew(tenant: Tenant, user: User): void {
    if (!this.#mustRenew(tenant)) return;
    this.sources.renewal.expires = tenant.clock + tenant.spec.tokenSeconds;
    user.lastLogin = this.at;
  }

  #mustRenew({ clock }: Tenant): boolean {
    const { expires } = this.sources.renewal;
    return expires === null || expires <= clock;
  }

  /** The same, and an administrator. */
  admin(): { readonly user: User; readonly tenant: Tenant } {
    const asker = this.user();
    if (!asker.user.isAdmin) throw this.refuse('PermissionError', {});
    return asker;
  }

  /** Bucket of a registry, however it is spelt (P-23). */
  bucketNamed(registry?: string): string {
    const spelt = registry ?? blankless(this.sources.settings.registry);
    const bucket = spelt === null ? undefined : /^(?:s3:\/\/)?([^\s/:?#]+)\/?$/.exec(spelt)?.[1];
    if (bucket === undefined) throw this.wrong('registry');
    return bucket;
  }

  /** A bucket of the stack that the asker may read. */
  readable(name: string): { readonly bucket: StoredBucket; readonly tenant: Tenant; readonly level: Level } {
    const { user, tenant } = this.user();
    const keys = this.#keys(tenant);
    const level = levelOf(tenant, keys?.user ?? user, name);
    const bucket = tenant.s3.get(name);
    if (level === null || bucket === undefined) throw this.missing({ bucket: name });
    return { bucket, tenant, level };
  }

  /** The same, and write to. */
  writable(name: string): { readonly bucket: StoredBucket; readonly tenant: Tenant } {
    const { bucket, tenant, level } = this.readable(name);
    if (level !== 'READ_WRITE') throw this.refuse('PermissionError', { bucket: name });
    return { bucket, tenant };
  }

  /** Temporary keys that the client was given, if they are such. Keys that come by halves are refused, and those that S3 would not take. */
  #keys(tenant: Tenant): TemporaryKeys | undefined {
    const { accessKeyId, secretAccessKey } = awsKeysOf(this.sources.settings);
    if (accessKeyId === null && secretAccessKey === null) return undefined;
    if (accessKeyId === null || secretAccessKey === null) throw this.wrong(accessKeyId === null ? 'accessKeyId' : 'secretAccessKey');
    const keys = tenant.temporaryKeys.get(accessKeyId);
    if (keys !== undefined && keys.expires <= tenant.clock) throw this.refuse('AuthenticationError', {});
    if (accessKeyId === tenant.keys.accessKeyId && secretAccessKey !== tenant.keys.secretAccessKey)
      throw this.refuse('AuthenticationError', { code: 'SignatureDoesNotMatch' });
    return keys;
  }

  /** True when the operation asks GraphQL, and was told of a place where the registry has none. */
  #endpointIsMissing(): boolean {
    const named = graphqlUrlOf(this.sources);
    const { graphqlUrl, registryUrl } = this.model.places;
    const served = [graphqlUrl, `${trimmed(registryUrl)}/graphql`, `${trimmed(registryUrl)}/api/graphql`];
    return named !== null && requestsOf(this.operation).graphql !== undefined && !served.includes(named);
  }

  /** Refuses a client that does not know where the registry is, or was told of another. */
  #findRegistry(hasToken: boolean): void {
    const { places } = this.model;
    const named = graphqlUrlOf(this.sources) ?? registryUrlOf(this.sources) ?? catalogUrlOf(this.sources);
    if (named === null && !hasToken) throw this.wrong('registryUrl');
    if (named === null) throw this.refuse('AuthenticationError', { field: 'registry_url' });
    const known = [places.graphqlUrl, places.registryUrl, places.catalogUrl].map(originOf);
    if (!known.includes(originOf(named))) throw this.refuse('BackendError', { code: 'refused' });
  }
}

/** What the user may do to a bucket of the stack by the role that is active; null when nothing. */
export function levelOf(tenant: Tenant, user: User, bucket: string): Level | null {
  if (!tenant.stack.has(bucket)) return null;
  if (user.isAdmin) return 'READ_WRITE';
  return user.role === null ? null : (permissionsOf(tenant, user.role).find((held) => held.bucket === bucket)?.level ?? null);
}

/** What a role comes to, one entry a bucket of the stack, the highest level of its policies. */
export function permissionsOf(tenant: Tenant, role: Role): { readonly bucket: string; readonly level: Level }[] {
  return [...tenant.stack.keys()].flatMap((bucket) => {
    if (role.builtIn !== null) return [{ bucket, level: role.builtIn }];
    const levels = role.policies.flatMap(({ permissions }) =>
      permissions.filter((held) => held.bucket === bucket).map(({ level }) => level),
    );
    if (levels.length === 0) return [];
    return [{ bucket, level: levels.includes('READ_WRITE') ? ('READ_WRITE' as const) : ('READ' as const) }];
  });
}

/** Scheme, host and port of a URL; the URL itself when it has none. */
export function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/]+/i.exec(trimmed(url))?.[0] ?? url;
}
