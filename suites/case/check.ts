/** A check: one question to one resource, asked once for each point; no backend, no oracle. */
import type { BackendName } from '../../backends/quilt-ops.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { PlatformTarget } from '../../fixtures/target.ts';
import type { Level } from '../../reports/result.ts';
import type { Contract } from '../../schemas/contract.ts';
import type { Feature } from './world.ts';

/** One thing that was asserted: it holds when `expected` equals `got` exactly. */
export interface Statement {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
  /** Since when it is as it is, where that is known: an ISO date. */
  readonly since?: string;
  /** The first event or reason that the service itself gives. */
  readonly reason?: string;
  /** What mends it, where that is known. */
  readonly mend?: string;
}

/** What a check asks with. */
export interface CheckStage {
  readonly target: PlatformTarget;
  readonly door: Door;
  /** The live schema; null where the target has none. */
  readonly contract: Contract | null;
  readonly at: Readonly<Record<string, string>>;
  /** The switch by which a server of both backends picks one, as the subject has it; throws QuiltError. */
  readonly pickBackend: (env: Readonly<Record<string, string>>) => BackendName;
}

export interface Check {
  readonly kind: 'check';
  readonly title: string;
  readonly level: Level;
  readonly incidents?: readonly string[];
  readonly tags?: readonly string[];
  /** The points it is asked for, known before a run starts: axis → value, in `[a-z0-9.~=-]`. */
  readonly points: () => readonly Readonly<Record<string, string>>[];
  /** What the target must offer; `write` for a check that writes. */
  readonly requires?: readonly Feature[];
  readonly deadlineMs?: number;
  /** Every statement is evaluated and reported; none at all is broken. */
  ask(stage: CheckStage): Promise<readonly Statement[]>;
}

/** Declares a check. */
export function check(record: Omit<Check, 'kind'>): Check {
  return { kind: 'check', ...record };
}
