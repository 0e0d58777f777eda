/**
 * What one case may touch. Every name in it is the world's own; `symbols` maps each back to what it stands for, so that two worlds compare.
 * Everything a world does is a numbered event of the case, as operations are, and what it answers is compared in the same way.
 */
import type { BackendName, ClientSettings, QuiltOps } from '../../backends/quilt-ops.ts';
import type { Json } from '../../backends/shapes.ts';
import type { FaultSpec, TenantSpec, TokenSpec } from '../../fixtures/control.ts';

/** Features of a target that a scenario may need; where one is lacking the case is unsupported with that reason. */
export const FEATURES = [
  'control',
  'own-registry',
  'own-bucket',
  'second-bucket',
  'second-tenant',
  'unknown-bucket',
  'write',
  'user-token',
  'admin-token',
] as const;
export type Feature = (typeof FEATURES)[number];

/** The world as a real target gives it, and as the oracle models it. */
export interface World {
  /** Name of the n-th bucket, from 0. */
  bucket(index?: number): string;
  /** A package name of this world: `team/LABEL` where the world is the case's own. That of an empty label begins every other. */
  packageName(label?: string): string;
  /** A name for a user, role, policy, table… that no other case uses. */
  freshName(label: string): string;
  /** A message that only a revision of this world has: for one whose entries are not named by `keyOf`, so that no other package has its top hash. */
  message(text: string): string;
  /** Puts objects below the world's own prefix and answers their `s3://bucket/key?versionId=…`, in the order of the keys. */
  objects(contents: Readonly<Record<string, string | Uint8Array>>, options?: { readonly bucket?: number }): Promise<readonly string[]>;
  /** Key in the bucket under which `objects` puts `key`, and so the logical key of its entry under its whole key. */
  keyOf(key: string): string;
  /** Fetches a URL past every backend: compared by status, bytes. */
  download(url: string): Promise<{ readonly status: number; readonly sha256: string; readonly size: number }>;
  /** Reads an object past every backend: whether it is there, and its bytes' hash. */
  stat(uri: string): Promise<{ readonly exists: boolean; readonly sha256: string | null; readonly size: number | null }>;
  /** Number of current objects whose key begins with `prefix` (a package's name, say), past every backend; other than names of this world, needs own-bucket. */
  count(prefix: string, options?: { readonly bucket?: number }): Promise<number>;
  /** Puts a plain object anywhere in the bucket (a workflow configuration), past every backend; needs own-bucket. */
  putObject(key: string, content: string | Uint8Array, options?: { readonly bucket?: number }): Promise<string>;
  /** Another client on the same tenant; settings win over the world's own. `as` picks the user whose token it gets, `without` leaves settings out. */
  open(
    settings?: ClientSettings & { readonly as?: 'admin' | 'user' | 'nobody'; readonly without?: readonly (keyof ClientSettings)[] },
  ): Promise<QuiltOps>;
  /** S3 with these keys, past every backend: the code S3 answers (`ok`, `AccessDenied`, `ExpiredToken`…) to reading or writing a key; needs control. */
  tryKeys(
    keys: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string | null },
    action: 'get' | 'put',
    where: { readonly key: string; readonly bucket?: number },
  ): Promise<string>;
  /** A token of this tenant; needs control. */
  token(spec: TokenSpec): Promise<string>;
  /** The default settings of a client here: URLs, keys, the user's token. Secrets never reach a report. */
  readonly settings: ClientSettings;
  /** Goes on in another second, so that two pushes of one package do not share a pointer: moves the tenant's clock where it can, waits where it cannot. */
  nextSecond(): Promise<void>;
  /** Moves the tenant's clock forward; needs control. */
  advance(seconds: number): Promise<void>;
  /** Changes what this tenant's clients are answered; needs control. */
  fault(spec: FaultSpec): Promise<void>;
  clearFaults(): Promise<void>;
  /** Mutating requests that reached the tenant again after they had failed or got no answer: what a client must not retry. The oracle says 0; needs control. */
  repeats(): Promise<number>;
  /** Origins, as symbols, that this world's clients spoke to although their backend need not. The oracle says none. */
  strays(allowed: Readonly<Record<BackendName, readonly string[]>>): Promise<readonly string[]>;
  /** A second tenant with a world of its own; needs second-tenant. */
  neighbour(spec?: TenantSpec): Promise<{ readonly world: World; readonly ops: QuiltOps }>;
  /** A number in [0, 1) from the run's seed and the case; the same on every backend and the oracle. */
  random(): number;
  /** Records a fact of the scenario's own; compared like any value. */
  note(name: string, value: Json): void;
}
