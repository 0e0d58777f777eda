/** A scenario: a story told once, run on every backend and on the oracle. Importing a file of one does nothing else. */
import type { OperationName } from '../../backends/operations.ts';
import type { BackendName, ParameterValue, QuiltOps } from '../../backends/quilt-ops.ts';
import type { TenantSpec } from '../../fixtures/control.ts';
import type { Level } from '../../reports/result.ts';
import type { Feature, World } from './world.ts';

/** What the story is told with. `at` is the point on the scenario's own axes. */
export interface Stage {
  readonly ops: QuiltOps;
  readonly world: World;
  readonly at: Readonly<Record<string, string>>;
  /** Runs an operation that may be refused: the error is an observation like a value, and the story goes on. Null when it was refused. */
  attempt<T>(work: Promise<T>): Promise<T | null>;
}

/** Two clients of one tenant: what one writes, the other reads. */
export interface PairStage extends Omit<Stage, 'ops'> {
  readonly writer: QuiltOps;
  readonly reader: QuiltOps;
}

interface Story {
  /** One sentence: what holds. */
  readonly title: string;
  readonly level: Level;
  readonly incidents?: readonly string[];
  readonly tags?: readonly string[];
  /** Operations and parameter values it uses; a backend that lacks one is unsupported, with its reason. */
  readonly needs: readonly (OperationName | ParameterValue)[];
  /** What the target must offer. */
  readonly requires?: readonly Feature[];
  readonly tenant?: TenantSpec;
  /** Axes of its own; one case for each point. Values in `[a-z0-9.~=-]`. */
  readonly axes?: Readonly<Record<string, readonly string[]>>;
  /** True when it writes nothing, so that it runs on a target that allows no writes. */
  readonly readsOnly?: true;
  /** Contract rules that its exchanges must break (C-11): each must be found, and no other. None when absent. */
  readonly breaks?: readonly string[];
  /** Backends it is about, when not all: each with its reason for the others. */
  readonly only?: { readonly backends: readonly BackendName[]; readonly because: string };
  /** The user whose token the clients carry; default `admin` where a needed operation is `admin.*` or `tabulator.*`, else `user`. */
  readonly as?: 'admin' | 'user' | 'nobody';
  /** Milliseconds, default 20,000; say why when longer. */
  readonly deadlineMs?: number;
  /** Milliseconds that its clients wait for one answer at the points of `withholdsAt`; elsewhere 10,000. */
  readonly exchangeDeadlineMs?: number;
  /** Points at which an answer is withheld from its clients: axis → values. */
  readonly withholdsAt?: Readonly<Record<string, readonly string[]>>;
  /** Other points at which they sit out a wait (the pause after a 429). A worker begins these, and those of `withholdsAt`, ahead and side by side. */
  readonly waitsAt?: Readonly<Record<string, readonly string[]>>;
}

/** Whose token the clients of a story carry. */
export function speakerOf({ as, needs }: Pick<Story, 'as' | 'needs'>): NonNullable<Story['as']> {
  return as ?? (needs.some((need) => /^(admin|tabulator)\./.test(need)) ? 'admin' : 'user');
}

export interface Scenario extends Story {
  readonly kind: 'scenario';
  run(stage: Stage): Promise<void>;
}

export interface PairScenario extends Story {
  readonly kind: 'interop';
  /** What only the writer has to support. */
  readonly writerNeeds?: readonly (OperationName | ParameterValue)[];
  run(stage: PairStage): Promise<void>;
}

/** Declares a scenario that runs on each backend, and agrees for each pair of them. */
export function scenario(story: Omit<Scenario, 'kind'>): Scenario {
  return { kind: 'scenario', ...story };
}

/** Declares a scenario that runs on every ordered pair of writer and reader in one tenant. */
export function interop(story: Omit<PairScenario, 'kind'>): PairScenario {
  return { kind: 'interop', ...story };
}
