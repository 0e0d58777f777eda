/** The model in memory of the whole platform: it computes what every operation must do, from `outcomes.ts` and from no backend's code. */
import type { FaultSpec, TenantSpec, TokenSpec } from '../../fixtures/control.ts';
import type { OperationName } from '../operations.ts';
import type { ClientSettings, Operations } from '../quilt-ops.ts';
import { buckets } from './buckets.ts';
import { Call, type Handlers, levelOf, type Model, type Places } from './call.ts';
import { findVersion, parseUrl, printUrl, putBytes } from './objects.ts';
import { packagesLook } from './packages-look.ts';
import { packagesRead } from './packages-read.ts';
import { packagesWrite } from './packages-write.ts';
import { policies } from './policies.ts';
import { createTenant } from './population.ts';
import { roles } from './roles.ts';
import { session } from './session.ts';
import { type Renewal, sourcesOf, trimmed } from './sources.ts';
import { sso } from './sso.ts';
import type { Tenant, Token, User } from './state.ts';
import { tabulator } from './tabulator.ts';
import { users } from './users.ts';

export type { Places } from './call.ts';

const handlers: Handlers<OperationName> = {
  ...session,
  ...packagesRead,
  ...packagesLook,
  ...packagesWrite,
  ...users,
  ...roles,
  ...policies,
  ...sso,
  ...buckets,
  ...tabulator,
};

/** Who a client is opened for. */
export type As = 'admin' | 'user' | 'nobody';

export interface OracleOptions {
  readonly places: Places;
  /** Number of the event that is under way; an operation made in it happened `@CALL`. */
  callNumber(): number;
  /** Makes the error that a refused operation throws. */
  refusal: Model['refusal'];
}

/** A tenant of the model, with what a world does in it past every backend. */
export interface OracleTenant {
  readonly buckets: readonly string[];
  readonly catalogUrl: string;
  settingsOf(as: As): ClientSettings;
  /** Puts an object and answers its URL with its version. */
  putObject(bucket: string, key: string, content: string | Uint8Array): string;
  stat(url: string): { readonly exists: boolean; readonly sha256: string | null; readonly size: number | null };
  count(bucket: string, prefix: string): number;
  /** What S3 would answer to these keys. */
  tryKeys(
    keys: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | null },
    action: 'get' | 'put',
    bucket: string,
    key: string,
  ): string;
  token(spec: TokenSpec): string;
  advance(seconds: number): void;
  fault(spec: FaultSpec): void;
  clearFaults(): void;
}

export interface Oracle {
  newTenant(spec: TenantSpec, label: string): OracleTenant;
  /** Opens a client: what its settings say is all that it knows. */
  open(settings: ClientSettings): Operations;
  /** What fetching a content URL gives; a refusal has status 403 and no bytes. */
  download(url: string): { readonly status: number; readonly sha256: string; readonly size: number };
}

/** Makes an empty model. */
export function createOracle({ places, callNumber, refusal }: OracleOptions): Oracle {
  const tokens = new Map<string, Token>();
  const refreshTokens = new Map<string, { readonly tenant: Tenant; readonly user: string }>();
  const tenants: Tenant[] = [];
  let made = 0;
  const fresh = (kind: string): string => `#${kind}-${++made}`;
  const model: Model = {
    places,
    tenants,
    callNumber,
    fresh,
    tokenOf: (token) => tokens.get(token),
    refreshOf: (token) => refreshTokens.get(token),
    refusal,
  };

  const mint = (tenant: Tenant, { user, expiresIn, claims = {}, signedBy = 'registry' }: TokenSpec): string => {
    const token = `oracle-token-${++made}`;
    const all = { catalog_url: tenant.catalogUrl, registry_url: places.registryUrl, ...claims };
    const expires = tenant.clock + (expiresIn ?? tenant.spec.tokenSeconds);
    const subject = typeof claims['sub'] === 'string' ? claims['sub'] : user;
    tokens.set(token, { tenant, user: subject, expires, genuine: signedBy === 'registry', claims: all });
    return token;
  };

  return {
    newTenant(spec, label) {
      const tenant = createTenant(
        spec,
        label,
        tenants.length === 0 ? places.catalogUrl : `${trimmed(places.catalogUrl)}/t/${label}`,
        fresh,
      );
      tenants.push(tenant);
      return handle(
        model,
        tenant,
        (tokenSpec) => mint(tenant, tokenSpec),
        (user) => {
          const token = `oracle-refresh-${++made}`;
          refreshTokens.set(token, { tenant, user });
          return token;
        },
      );
    },
    open: (settings) => operationsOf(model, settings),
    download(url) {
      for (const tenant of tenants) {
        const content = tenant.contentUrls.get(url);
        if (content !== undefined && content.expires > tenant.clock) return { status: 200, sha256: content.sha256, size: content.size };
      }
      return { status: 403, sha256: '', size: 0 };
    },
  };
}

/** Every operation of the interface on the model. A client that turns to another catalog keeps that in its own settings. */
function operationsOf(model: Model, opened: ClientSettings): Operations {
  let settings = opened;
  const renewal: Renewal = { expires: null };
  const perform = (operation: OperationName, params: unknown): unknown => {
    const call = new Call(model, operation, sourcesOf(settings, model.tokenOf, renewal));
    // The table is total and typed where it is written; here every operation is treated alike.
    const value = (handlers[operation] as (call: Call, params: unknown) => unknown)(call, params ?? {});
    if (call.afterwards !== null) throw call.afterwards;
    if (operation === 'configureCatalog') {
      const { graphqlUrl: _, ...rest } = settings;
      settings = { ...rest, ...(params as { readonly catalogUrl: string }), registryUrl: model.places.registryUrl };
    }
    return value;
  };
  const entries = Object.keys(handlers).map((operation) => [
    operation,
    async (params: unknown) => perform(operation as OperationName, params),
  ]);
  return Object.fromEntries(entries) as Operations;
}

/** What temporary keys of the user open at the moment: nothing once the user is gone or switched off. */
function keptLevel(tenant: Tenant, user: User, bucket: string) {
  return tenant.users.get(user.name) === user && user.isActive ? levelOf(tenant, user, bucket) : null;
}

function handle(model: Model, tenant: Tenant, mint: (spec: TokenSpec) => string, mintRefresh: (user: string) => string): OracleTenant {
  const bucketOf = (name: string) => {
    const bucket = tenant.s3.get(name);
    if (bucket === undefined) throw new Error(`bucket: expected one of the tenant's, got ${name}`);
    return bucket;
  };
  const { places } = model;
  return {
    buckets: tenant.bucketNames,
    catalogUrl: tenant.catalogUrl,
    settingsOf(as) {
      const { registryUrl, graphqlUrl, region, s3Endpoint } = places;
      const all = { catalogUrl: tenant.catalogUrl, registryUrl, graphqlUrl, region, s3Endpoint, registry: `s3://${tenant.bucketNames[0]}` };
      return as === 'nobody' ? all : { ...all, ...tenant.keys, token: mint({ user: as }), refreshToken: mintRefresh(as) };
    },
    putObject(bucket, key, content) {
      const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
      return printUrl({ bucket, key, version: putBytes(bucketOf(bucket), key, bytes, model.fresh('version')).id });
    },
    stat(url) {
      const object = parseUrl(url);
      const version = object === null ? undefined : findVersion(tenant, object);
      return { exists: version !== undefined, sha256: version?.sha256 ?? null, size: version?.size ?? null };
    },
    count: (bucket, prefix) => [...bucketOf(bucket).objects.keys()].filter((key) => key.startsWith(prefix)).length,
    tryKeys({ accessKeyId, secretAccessKey, sessionToken }, action, bucket, key) {
      const temporary = model.tenants
        .map((other) => ({ owner: other, keys: other.temporaryKeys.get(accessKeyId) }))
        .find(({ keys }) => keys !== undefined);
      const owner = temporary?.owner ?? model.tenants.find((other) => other.keys.accessKeyId === accessKeyId);
      if (owner === undefined) return 'InvalidAccessKeyId';
      if (sessionToken !== (temporary?.keys?.sessionToken ?? null)) return 'InvalidToken';
      if (temporary?.keys !== undefined && temporary.keys.expires <= owner.clock) return 'ExpiredToken';
      if (secretAccessKey !== (temporary?.keys?.secretAccessKey ?? owner.keys.secretAccessKey)) return 'SignatureDoesNotMatch';
      const level =
        temporary?.keys === undefined ? (owner.s3.has(bucket) ? 'READ_WRITE' : null) : keptLevel(owner, temporary.keys.user, bucket);
      if (level === null || (action === 'put' && level === 'READ')) return 'AccessDenied';
      const stored = bucketOf(bucket);
      if (action === 'get') return stored.objects.has(key) ? 'ok' : 'NoSuchKey';
      putBytes(stored, key, Buffer.from('tried'), model.fresh('version'));
      return 'ok';
    },
    token: mint,
    advance(seconds) {
      tenant.clock += seconds;
    },
    fault(spec) {
      tenant.faults.push({ spec, seen: 0, fired: 0 });
    },
    clearFaults() {
      tenant.faults = [];
    },
  };
}
