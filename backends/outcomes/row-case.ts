/** How a row of `outcomes.ts` is brought about in the model. */
import type { ClientSettings } from '../quilt-ops.ts';
import type { Bench, Params } from './model-bench.ts';
import { without } from './model-bench.ts';

/** A call that meets the row's precondition, and what its value must be beyond success. */
export interface RowCase {
  readonly params: Params;
  /** The administrator's when absent. */
  readonly settings?: ClientSettings;
  /** True when the value is what the row says. */
  readonly holds?: (value: never, bench: Bench) => boolean | Promise<boolean>;
}

/** Brings the precondition about; a text says why the model cannot. */
export type Setup = string | ((bench: Bench) => Promise<RowCase> | RowCase);
export type Setups = Readonly<Record<string, Setup>>;

/** Parameters with which the operation is well, after whatever they need was made. */
export type Base = (bench: Bench) => Promise<Params> | Params;

/** Rows of who asks: an operation with these parameters, asked by others. */
export function signedInCases(base: Base): Setups {
  const asked =
    (settings: (bench: Bench) => ClientSettings): Setup =>
    async (bench) => ({ params: await base(bench), settings: settings(bench) });
  const bad = (token: (bench: Bench) => string) =>
    asked((bench) => ({ ...without(bench.tenant.settingsOf('admin'), 'refreshToken'), token: token(bench) }));
  return {
    'no registry is named anywhere, and the token lacks the claim': asked((bench) => ({
      ...without(bench.tenant.settingsOf('admin'), 'registryUrl', 'catalogUrl', 'graphqlUrl'),
      token: bench.tenant.token({ user: 'admin', claims: { registry_url: null, catalog_url: null } }),
    })),
    'no registry is named anywhere, and there is no token': asked((bench) =>
      without(bench.tenant.settingsOf('nobody'), 'registryUrl', 'catalogUrl', 'graphqlUrl'),
    ),
    'no token': asked((bench) => bench.tenant.settingsOf('nobody')),
    "token has ended by the client's clock, or there is none, and a refresh token is at hand": asked((bench) => ({
      ...bench.tenant.settingsOf('admin'),
      token: bench.tenant.token({ user: 'admin', expiresIn: -1 }),
    })),
    'token expired, malformed, unsigned or signed with another secret': bad((bench) =>
      bench.tenant.token({ user: 'admin', signedBy: 'other' }),
    ),
  };
}

/** The same, and by an ordinary user. */
export function adminCases(base: Base): Setups {
  return {
    ...signedInCases(base),
    'caller is no administrator': async (bench) => ({ params: await base(bench), settings: bench.tenant.settingsOf('user') }),
  };
}

/** Rows of the registry that is asked. */
export function registryCases(base: Base): Setups {
  const at =
    (registry: (bench: Bench) => string): Setup =>
    async (bench) => ({ params: { ...(await base(bench)), registry: registry(bench) } });
  return {
    'registry has a prefix (s3://bucket/prefix)': at((bench) => `s3://${bench.bucket}/prefix`),
    'registry is no bucket (empty, s3://, another scheme)': at(() => 's3://'),
    'no registry given and the session has none': async (bench) => ({
      params: await base(bench),
      settings: without(bench.tenant.settingsOf('admin'), 'registry'),
    }),
    'half a pair of AWS keys is given': async (bench) => ({
      params: await base(bench),
      settings: without(bench.tenant.settingsOf('admin'), 'secretAccessKey'),
    }),
    'AWS keys are given of which the secret is wrong': async (bench) => ({
      params: await base(bench),
      settings: { ...bench.tenant.settingsOf('admin'), secretAccessKey: 'another' },
    }),
    'bucket does not exist': at(() => 's3://no-such-bucket'),
    'bucket that the caller may not read': at((bench) => bench.neighbour.buckets[0] ?? ''),
  };
}

/** Rows of the package's name. */
export function nameCases(base: Base): Setups {
  return {
    'name is not two words of letters, digits, _ or - around one slash': async (bench) => ({
      params: { ...(await base(bench)), name: 'a/b/c' },
    }),
  };
}

/** Rows of the revision that is opened. */
export function revisionCases(base: Base): Setups {
  const at =
    (change: (bench: Bench) => Promise<Params> | Params): Setup =>
    async (bench) => ({ params: { ...(await base(bench)), ...(await change(bench)) } });
  return {
    'package does not exist': at(() => ({ name: 'team/none' })),
    'no revision has the hash or tag': at(() => ({ hash: 'f'.repeat(64) })),
    'hash of a revision that was deleted, or of another package of the bucket': at(async (bench) => ({
      hash: await bench.push({ name: 'team/other', metadata: { other: true } }),
    })),
    'first 6 to 63 digits of a hash': at(async (bench) => ({ hash: (await bench.push({ metadata: { short: true } })).slice(0, 8) })),
  };
}
