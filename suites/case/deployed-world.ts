/**
 * The world of a case on a deployment: the buckets and tokens of its target file, and below them names of the case's own. What it creates stands in the
 * journal first and goes with the world. What a world of one's own alone can give (a clock, faults, tokens, another tenant) is refused.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { BackendName, ClientSettings, QuiltOps } from '../../backends/quilt-ops.ts';
import type { Door } from '../../backends/wire/door.ts';
import { createS3 } from '../../backends/wire/s3.ts';
import type { PlatformTarget } from '../../fixtures/target.ts';
import { createBystander } from './bystander.ts';
import type { EmbeddedWorldOptions } from './embedded-world.ts';
import type { SharedNames } from './names.ts';
import { keepToOwn } from './own-writes.ts';
import { BrokenCase, createRecorder } from './recorder.ts';
import { removeOwn } from './remove-own.ts';
import type { Side } from './side.ts';
import { straysFrom } from './strays.ts';
import type { World } from './world.ts';

/** Where it stands that something is about to be created below a prefix of a bucket, and that it is gone. */
export interface Claims {
  willCreate(bucket: string, own: string): void;
  removed(bucket: string, own: string): void;
}

/** What a deployed world is made from. */
export interface DeployedWorldOptions
  extends Pick<EmbeddedWorldOptions, 'openDoor' | 'openBystanderDoor' | 'backend' | 'main' | 'as' | 'random' | 'urls'> {
  readonly target: PlatformTarget;
  readonly names: SharedNames;
  /** How many of the target's buckets it uses. */
  readonly buckets: number;
  readonly claims: Claims;
}

/** A timer may come a millisecond early. */
const SECOND_MS = 1_005;

/** Makes the side that plays on a deployment. Nothing is created before the story creates something. */
export function createDeployedSide(options: DeployedWorldOptions): Side {
  const { target, names, claims } = options;
  const buckets = target.buckets.slice(0, options.buckets);
  const doors: Door[] = [];
  const closing: AsyncDisposable[] = [];
  const claimed = new Set<string>();
  const symbols = new Map([...options.urls, ...names.symbols]);
  for (const [i, name] of buckets.entries()) symbols.set(name, i === 0 ? '{bucket}' : `{bucket.${i}}`);

  const secrets = [target.secretAccessKey, target.tokens.admin, target.tokens.user].filter((secret) => secret !== null);
  const openDoor = (open: () => Door): Door => {
    const door = open();
    for (const secret of secrets) door.learnSecret(secret);
    closing.push(door);
    return door;
  };
  const keys = { accessKeyId: target.accessKeyId ?? '', secretAccessKey: target.secretAccessKey ?? '' };
  const place = { endpoint: target.s3Endpoint, region: target.region };
  const bystanderDoor = openDoor(options.openBystanderDoor);
  const bystander = createBystander(bystanderDoor, { ...place, keys: { ...keys, sessionToken: null } });
  const recorder = createRecorder({ now: () => Date.now(), fetchPresigned: (url) => bystander.fetchPresigned(url) });

  /** Once for each world, for all its buckets: which of them an operation writes to is a parameter among others. */
  const claim = () => {
    for (const bucket of buckets) {
      if (claimed.has(bucket)) continue;
      claims.willCreate(bucket, names.own);
      claimed.add(bucket);
    }
  };
  const openClient = async (name: BackendName, settings: ClientSettings): Promise<QuiltOps> => {
    const door = openDoor(options.openDoor);
    doors.push(door);
    const session = await options.backend(name).open({ now: () => Date.now(), ...settings }, door);
    closing.push(session);
    return recorder.record(keepToOwn(session.operations, names, claim), (operation, work) => door.during(operation, work));
  };
  const bucket = (index = 0) => {
    const name = buckets[index];
    if (name === undefined) throw new Error(`bucket ${index}: expected one of ${buckets.length}; say tenant: { buckets } in the scenario`);
    return name;
  };
  const put = (index: number, key: string, content: string | Uint8Array) => {
    claim();
    return bystander.put(bucket(index), names.keyOf(key), content);
  };
  const refuse = (name: string, feature: string) => (): Promise<never> =>
    recorder.event(name, async () => {
      throw new BrokenCase(`world.${name}: a deployment cannot give it; say requires: ['${feature}'] in the scenario`);
    });

  const settings = settingsOf(target, options.as);
  const world: World = {
    settings,
    bucket,
    packageName: (label = 'data') => names.packageName(label),
    freshName: names.freshName,
    message: names.message,
    keyOf: names.keyOf,
    random: options.random,
    note: (name, value) => void recorder.event(`note ${name}`, async () => value),
    objects: (contents, { bucket: index = 0 } = {}) =>
      recorder.event('objects', async () => {
        const uris: string[] = [];
        for (const [key, content] of Object.entries(contents)) uris.push(await put(index, key, content));
        return uris;
      }),
    putObject: refuse('putObject', 'own-bucket'),
    download: (url) => recorder.event('download', () => bystander.download(url)),
    stat: (uri) => recorder.event('stat', () => bystander.stat(uri)),
    count: (prefix, { bucket: index = 0 } = {}) =>
      prefix.startsWith(names.own)
        ? recorder.event('count', () => bystander.count(bucket(index), prefix))
        : refuse(`count of ${prefix}`, 'own-bucket')(),
    tryKeys: refuse('tryKeys', 'control'),
    token: refuse('token', 'control'),
    advance: refuse('advance', 'control'),
    fault: refuse('fault', 'control'),
    clearFaults: refuse('clearFaults', 'control'),
    // A whole second, since the deployment's seconds begin when its own clock says so.
    nextSecond: () => recorder.event('nextSecond', () => wait(SECOND_MS)),
    repeats: refuse('repeats', 'control'),
    strays: (allowed) => recorder.event('strays', async () => straysFrom(doors, allowed[options.main], symbols)),
    open: ({ as = options.as, without = [], ...over } = {}) =>
      recorder.event(
        'open',
        () => {
          const given = Object.entries<unknown>({ ...settingsOf(target, as), ...over });
          return openClient(options.main, Object.fromEntries(given.filter(([key]) => !(without as readonly string[]).includes(key))));
        },
        () => null,
      ),
    neighbour: refuse('neighbour', 'second-tenant'),
  };

  return {
    world,
    recorder,
    made: null,
    symbols,
    client: (backend) => openClient(backend ?? options.main, settings),
    exchanges: () => doors.flatMap((door) => door.exchanges),
    async [Symbol.asyncDispose]() {
      const s3 = createS3(bystanderDoor, {
        ...(place.endpoint !== null && { endpoint: place.endpoint }),
        region: place.region,
        credentials: async () => keys,
      });
      for (const one of claimed) {
        try {
          await removeOwn(s3, one, [names.own], { hashes: hashesIn(recorder.observations) });
          claims.removed(one, names.own);
        } catch {
          // It stands in the journal still: the end of the run tries again, and says what it could not remove.
        }
      }
      s3.destroy();
      for (const one of closing.reverse()) await one[Symbol.asyncDispose]();
    },
  };
}

/** What a user of the deployment would be told; without keys of S3 in the target file a client asks the registry for temporary ones. */
function settingsOf(target: PlatformTarget, as: 'admin' | 'user' | 'nobody'): ClientSettings {
  const { catalogUrl, registryUrl, graphqlUrl, s3Endpoint, region, accessKeyId, secretAccessKey } = target;
  const token = as === 'nobody' ? null : target.tokens[as];
  return {
    catalogUrl,
    registryUrl,
    region,
    registry: `s3://${target.buckets[0]}`,
    ...(graphqlUrl !== null && { graphqlUrl }),
    ...(s3Endpoint !== null && { s3Endpoint }),
    ...(token !== null && { token }),
    ...(as !== 'nobody' && accessKeyId !== null && secretAccessKey !== null && { accessKeyId, secretAccessKey }),
  };
}

/** Top hashes that operations answered: of a bucket without versions no pointer tells of a revision that was deleted. */
function hashesIn(observations: Side['recorder']['observations']): readonly string[] {
  return observations.flatMap(({ outcome }) =>
    'value' in outcome
      ? [...JSON.stringify(outcome.value ?? null).matchAll(/"topHash":"([0-9a-f]{64})"/g)].map(([, hash = '']) => hash)
      : [],
  );
}
