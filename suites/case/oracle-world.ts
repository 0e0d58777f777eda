/** The oracle's side of a case: the same story on the model in memory, recorded by the same recorder, so that its events are numbered alike. */
import { QuiltError } from '../../backends/errors.ts';
import { createOracle, type OracleTenant, type Places } from '../../backends/oracle/oracle.ts';
import type { ClientSettings, ParameterValue, QuiltOps } from '../../backends/quilt-ops.ts';
import type { TenantSpec } from '../../fixtures/control.ts';
import type { PlatformTarget } from '../../fixtures/target.ts';
import { type Names, plainNames } from './names.ts';
import { createRecorder } from './recorder.ts';
import { catalogSymbol, neighbourLabel, type Side } from './side.ts';
import { withoutSupport } from './without-support.ts';
import type { World } from './world.ts';

/** What an oracle's world is made from. */
export interface OracleWorldOptions {
  readonly tenant: TenantSpec;
  readonly as: 'admin' | 'user' | 'nobody';
  random(): number;
  /** What the backend that the story is about declares that it lacks: the model refuses it too. */
  readonly lacks?: ReadonlySet<ParameterValue>;
  /** What the real side calls things; labels themselves when absent. */
  readonly names?: Names;
  /** Where the real sides of the case are: the model says the same URLs and region. */
  readonly target: Pick<PlatformTarget, 'catalogUrl' | 'registryUrl' | 'graphqlUrl' | 's3Endpoint' | 'region' | 'buckets'>;
}

/** Makes a model and the side that plays on it. */
export function createOracleSide({ tenant: spec, as, random, target, names = plainNames, lacks = new Set() }: OracleWorldOptions): Side {
  const places = placesOf(target);
  const symbols = new Map([
    [places.graphqlUrl, '{graphql}'],
    [places.registryUrl, '{registry}'],
    [places.catalogUrl, '{catalog}'],
    [places.s3Endpoint, '{s3}'],
    ...names.symbols,
  ]);
  const oracle = createOracle({
    places,
    callNumber: () => recorder.next - 1,
    refusal: (name, operation, message, detail) => new QuiltError(name, operation, message, detail),
  });
  const recorder = createRecorder({
    now: () => Date.now(),
    async fetchPresigned(url) {
      const { status, sha256, size } = oracle.download(url);
      return status === 200 ? `content:${sha256}:${size}` : `refused:${status}`;
    },
  });

  let made = 0;
  let neighbours = 0;
  const newTenant = (tenantSpec: TenantSpec, label: string): OracleTenant => {
    const tenant = oracle.newTenant(tenantSpec, String(made++));
    symbols.set(tenant.catalogUrl, catalogSymbol(label));
    for (const [index, name] of tenant.buckets.entries()) symbols.set(name, index === 0 ? `{${label}}` : `{${label}.${index}}`);
    return tenant;
  };
  const openClient = (settings: ClientSettings): QuiltOps =>
    recorder.record(withoutSupport(oracle.open(settings), lacks), (_, work) => work());

  const worldOf = (tenant: OracleTenant): World => {
    const bucket = (index = 0) => {
      const name = tenant.buckets[index];
      if (name === undefined)
        throw new Error(
          `bucket ${index}: expected one of the ${tenant.buckets.length} of the tenant; say tenant: { buckets } in the scenario`,
        );
      return name;
    };
    // Every event answers at once, but as the story's own promises do.
    const event = <T>(name: string, work: () => T, compare?: (value: T) => null | number): Promise<T> =>
      recorder.event(name, async () => work(), compare);
    const nothing = () => null;
    return {
      settings: tenant.settingsOf(as),
      bucket,
      packageName: (label = 'data') => names.packageName(label),
      freshName: names.freshName,
      message: names.message,
      keyOf: names.keyOf,
      random,
      note: (name, value) => void recorder.event(`note ${name}`, async () => value),
      objects: (contents, { bucket: index = 0 } = {}) =>
        event('objects', () =>
          Object.entries(contents).map(([key, content]) => tenant.putObject(bucket(index), names.keyOf(key), content)),
        ),
      putObject: (key, content, { bucket: index = 0 } = {}) =>
        event('putObject', () => tenant.putObject(bucket(index), key, content), nothing),
      download: (url) => event('download', () => oracle.download(url)),
      stat: (uri) => event('stat', () => tenant.stat(uri)),
      count: (prefix, { bucket: index = 0 } = {}) => event('count', () => tenant.count(bucket(index), prefix)),
      tryKeys: (keys, action, { key, bucket: index = 0 }) => event('tryKeys', () => tenant.tryKeys(keys, action, bucket(index), key)),
      token: (tokenSpec) => event('token', () => tenant.token(tokenSpec), nothing),
      advance: (seconds) => event('advance', () => tenant.advance(seconds)),
      fault: (fault) => event('fault', () => tenant.fault(fault)),
      clearFaults: () => event('clearFaults', () => tenant.clearFaults()),
      nextSecond: () => event('nextSecond', () => tenant.advance(1)),
      repeats: () => event('repeats', () => 0),
      strays: () => event('strays', () => []),
      open: ({ as: other = as, without = [], ...over } = {}) =>
        event(
          'open',
          () => {
            const given: ClientSettings = { ...tenant.settingsOf(other), ...over };
            return openClient(Object.fromEntries(Object.entries(given).filter(([key]) => !without.includes(key as keyof ClientSettings))));
          },
          nothing,
        ),
      neighbour: (other = {}) =>
        event(
          'neighbour',
          () => {
            const neighbour = newTenant(other, neighbourLabel(++neighbours));
            return { world: worldOf(neighbour), ops: openClient(neighbour.settingsOf(as)) };
          },
          nothing,
        ),
    };
  };

  const first = newTenant(spec, 'bucket');
  return {
    world: worldOf(first),
    recorder,
    made: null,
    symbols,
    client: async () => openClient(first.settingsOf(as)),
    exchanges: () => [],
    async [Symbol.asyncDispose]() {},
  };
}

/** URLs as the target has them; what a target does not name is where it would be found. */
function placesOf({ catalogUrl, registryUrl, graphqlUrl, s3Endpoint, region, buckets }: OracleWorldOptions['target']): Places {
  return {
    catalogUrl,
    registryUrl,
    graphqlUrl: graphqlUrl ?? `${registryUrl}/graphql`,
    s3Endpoint: s3Endpoint ?? `https://s3.${region}.amazonaws.com`,
    region,
    // The embedded catalog has no gateway and no bucket for analytics: it names its registry and its first bucket.
    apiGatewayEndpoint: registryUrl,
    analyticsBucket: buckets[0] ?? '',
  };
}
