/** What one side of a case did: the record that runs are compared by. */
import type { ErrorDetail } from '../../backends/errors.ts';

/** An error as it was observed; `class` is no class of QuiltOps when something crashed. */
export interface ObservedError {
  readonly class: string;
  readonly operation: string;
  readonly detail: ErrorDetail;
  readonly message: string;
}

/** A value as JSON, presigned URLs replaced by what fetching them gave; or an error. */
export type ObservedOutcome = { readonly value: unknown } | { readonly error: ObservedError };

/** One call of an operation, or one event of the world (`world.download`). */
export interface Observation {
  /** From 1, in the order in which calls were started. */
  readonly call: number;
  readonly operation: string;
  /** Epoch milliseconds by the world's clock, what was added to it included. */
  readonly startedAt: number;
  readonly endedAt: number;
  readonly outcome: ObservedOutcome;
}

/** All that one side, a backend or the oracle, did in one case. */
export interface Run {
  /** `quilt3`, `quilt3>platform`, `oracle`. */
  readonly side: string;
  readonly observations: readonly Observation[];
  /** When its world was made, epoch milliseconds; null where that is not known or does not count (the oracle, a deployment). */
  readonly made: { readonly startedAt: number; readonly endedAt: number } | null;
  /** Name in this side's world → what it stands for; applied before anything is compared. */
  readonly symbols: ReadonlyMap<string, string>;
  /** Why nothing can be concluded from the run, or null. */
  readonly broken: string | null;
}
