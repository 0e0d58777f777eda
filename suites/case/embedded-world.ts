/** The world of a case on a target with a control endpoint: a fresh tenant, with buckets, identities, clock and faults of its own. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Backend } from '../../backends/backend.ts';
import type { BackendName, ClientSettings, QuiltOps, Session } from '../../backends/quilt-ops.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Tenant, TenantSpec } from '../../fixtures/control.ts';
import type { ControlClient } from '../../fixtures/control-client.ts';
import { type Bystander, createBystander } from './bystander.ts';
import { plainNames } from './names.ts';
import { createRecorder } from './recorder.ts';
import { catalogSymbol, neighbourLabel, type Side } from './side.ts';
import { straysFrom } from './strays.ts';
import type { World } from './world.ts';

/** What an embedded world is made from. */
export interface EmbeddedWorldOptions {
  readonly control: ControlClient;
  /** A new door for a client of a backend; its exchanges are the case's. */
  openDoor(): Door;
  /** A new door for the bystander. */
  openBystanderDoor(): Door;
  backend(name: BackendName): Backend;
  /** Backend of `client(null)` and of `world.open`. */
  readonly main: BackendName;
  readonly tenant: TenantSpec;
  readonly as: 'admin' | 'user' | 'nobody';
  random(): number;
  /** False when a client of the story reads the machine's clock, so that a new second must be waited for. */
  readonly ownClock: boolean;
  /** The target's URLs → their symbols. */
  readonly urls: ReadonlyMap<string, string>;
}

interface Made {
  readonly tenant: Tenant;
  readonly bystander: Bystander;
}

/** Makes a tenant and the side that plays in it. */
export async function createEmbeddedSide(options: EmbeddedWorldOptions): Promise<Side> {
  const doors: Door[] = [];
  const closing: AsyncDisposable[] = [];
  const tenants: string[] = [];
  const symbols = new Map(options.urls);
  let offsetMs = 0;
  let neighbours = 0;

  const bystanderDoor = options.openBystanderDoor();
  closing.push(bystanderDoor);
  const makeTenant = async (spec: TenantSpec, label: string): Promise<Made> => {
    const tenant = await options.control.newTenant(spec);
    tenants.push(tenant.id);
    for (const [i, name] of tenant.buckets.entries()) symbols.set(name, i === 0 ? `{${label}}` : `{${label}.${i}}`);
    symbols.set(tenant.id, `{tenant of ${label}}`);
    symbols.set(tenant.catalogUrl, catalogSymbol(label));
    for (const secret of [tenant.secretAccessKey, ...Object.values(tenant.tokens)]) bystanderDoor.learnSecret(secret);
    const keys = { accessKeyId: tenant.accessKeyId, secretAccessKey: tenant.secretAccessKey, sessionToken: null };
    return { tenant, bystander: createBystander(bystanderDoor, { endpoint: tenant.s3Endpoint, region: tenant.region, keys }) };
  };

  const startedAt = Date.now();
  const first = await makeTenant(options.tenant, 'bucket');
  const made = { startedAt, endedAt: Date.now() };
  const recorder = createRecorder({ now: () => Date.now() + offsetMs, fetchPresigned: (url) => first.bystander.fetchPresigned(url) });

  const openClient = async (name: BackendName, tenant: Tenant, settings: ClientSettings): Promise<QuiltOps> => {
    const door = options.openDoor();
    doors.push(door);
    for (const secret of [tenant.secretAccessKey, ...Object.values(tenant.tokens), settings.token, settings.secretAccessKey]) {
      if (secret !== undefined) door.learnSecret(secret);
    }
    const session: Session = await options.backend(name).open({ now: () => Date.now() + offsetMs, ...settings }, door);
    closing.push(session, door);
    return recorder.record(session.operations, (operation, work) => door.during(operation, work));
  };

  const worldOf = ({ tenant, bystander }: Made): World => {
    const bucket = (index = 0) => {
      const name = tenant.buckets[index];
      if (name === undefined)
        throw new Error(
          `bucket ${index}: expected one of the ${tenant.buckets.length} of the tenant; say tenant: { buckets } in the scenario`,
        );
      return name;
    };
    const settings = settingsOf(tenant, options.as);
    const world: World = {
      settings,
      bucket,
      packageName: (label = 'data') => plainNames.packageName(label),
      freshName: plainNames.freshName,
      message: plainNames.message,
      keyOf: plainNames.keyOf,
      random: options.random,
      note: (name, value) => void recorder.event(`note ${name}`, async () => value),
      objects: (contents, { bucket: index = 0 } = {}) =>
        recorder.event('objects', async () => {
          const uris: string[] = [];
          for (const [key, content] of Object.entries(contents)) uris.push(await bystander.put(bucket(index), key, content));
          return uris;
        }),
      putObject: (key, content, { bucket: index = 0 } = {}) =>
        recorder.event(
          'putObject',
          () => bystander.put(bucket(index), key, content),
          () => null,
        ),
      download: (url) => recorder.event('download', () => bystander.download(url)),
      stat: (uri) => recorder.event('stat', () => bystander.stat(uri)),
      count: (prefix, { bucket: index = 0 } = {}) => recorder.event('count', () => bystander.count(bucket(index), prefix)),
      tryKeys: (keys, action, { key, bucket: index = 0 }) =>
        recorder.event('tryKeys', () => bystander.tryKeys(keys, action, bucket(index), key)),
      token: (spec) =>
        recorder.event(
          'token',
          () => options.control.token(tenant.id, spec),
          () => null,
        ),
      advance: (seconds) =>
        recorder.event('advance', async () => {
          await options.control.advance(tenant.id, seconds);
          offsetMs += seconds * 1000;
        }),
      fault: (spec) => recorder.event('fault', () => options.control.fault(tenant.id, spec)),
      clearFaults: () => recorder.event('clearFaults', () => options.control.clearFaults(tenant.id)),
      nextSecond: () =>
        recorder.event('nextSecond', async () => {
          if (options.ownClock) {
            await options.control.advance(tenant.id, 1);
            offsetMs += 1000;
          } else await wait(1000 - (Date.now() % 1000));
        }),
      repeats: () => recorder.event('repeats', async () => repeatsIn((await options.control.truth(tenant.id)).requests)),
      strays: (allowed) => recorder.event('strays', async () => straysFrom(doors, allowed[options.main], symbols)),
      open: ({ as = options.as, without = [], ...over } = {}) =>
        recorder.event(
          'open',
          () => {
            const given: ClientSettings = { ...settingsOf(tenant, as), ...over };
            return openClient(
              options.main,
              tenant,
              Object.fromEntries(Object.entries(given).filter(([key]) => !without.includes(key as keyof ClientSettings))),
            );
          },
          () => null,
        ),
      neighbour: (spec = {}) =>
        recorder.event(
          'neighbour',
          async () => {
            const made = await makeTenant(spec, neighbourLabel(++neighbours));
            return { world: worldOf(made), ops: await openClient(options.main, made.tenant, settingsOf(made.tenant, options.as)) };
          },
          () => null,
        ),
    };
    return world;
  };

  return {
    world: worldOf(first),
    recorder,
    made,
    symbols,
    client: (backend) => openClient(backend ?? options.main, first.tenant, settingsOf(first.tenant, options.as)),
    exchanges: () => doors.flatMap((door) => door.exchanges),
    async [Symbol.asyncDispose]() {
      for (const one of closing.reverse()) await one[Symbol.asyncDispose]();
      for (const id of tenants) options.control.dropTenant(id);
    },
  };
}

/** What a user of the tenant would be told. The user's keys are the tenant's long-lived ones; nobody has neither token nor keys. */
function settingsOf(tenant: Tenant, as: 'admin' | 'user' | 'nobody'): ClientSettings {
  return {
    catalogUrl: tenant.catalogUrl,
    registryUrl: tenant.registryUrl,
    graphqlUrl: tenant.graphqlUrl,
    registry: `s3://${tenant.buckets[0]}`,
    region: tenant.region,
    s3Endpoint: tenant.s3Endpoint,
    ...(as === 'nobody'
      ? {}
      : {
          token: tenant.tokens[as],
          refreshToken: tenant.users[as].refreshToken,
          accessKeyId: tenant.accessKeyId,
          secretAccessKey: tenant.secretAccessKey,
        }),
  };
}

type SeenRequest = { readonly operation: string; readonly status: number; readonly key?: string; readonly mutates?: boolean };

/** Mutating requests that came again, alike, after one that failed or was never answered. */
function repeatsIn(requests: readonly SeenRequest[]): number {
  const failed = new Set<string>();
  let repeats = 0;
  for (const { key, mutates, status } of requests) {
    if (key === undefined || mutates !== true) continue;
    if (failed.has(key)) repeats++;
    // A throttled request was not performed, so sending it again is right.
    if (status === 0 || (status >= 400 && status !== 429)) failed.add(key);
  }
  return repeats;
}
