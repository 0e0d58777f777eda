/** What a run writes down: the plan, what each case did, and the verdict. These types are the store's format; `version` changes when they do. */

export const VERDICTS = ['passed', 'failed', 'expected-failed', 'unsupported', 'broken', 'not-run'] as const;
export type Verdict = (typeof VERDICTS)[number];

export type Level = 'must' | 'should' | 'may';

/** One case of the plan. */
export interface PlannedCase {
  /** Full name: `area/name/axis:value…`; the case's identity everywhere. */
  readonly id: string;
  readonly suite: string;
  /** `area/name`. */
  readonly scenario: string;
  readonly title: string;
  /** Source file from the repository's root. */
  readonly file: string;
  /** Backend driven; `a~b` for an agreement of two; null where the case drives none. */
  readonly backend: string | null;
  readonly level: Level;
  readonly tags: readonly string[];
  readonly incidents: readonly string[];
  readonly operations: readonly string[];
  readonly parameters: Readonly<Record<string, string>>;
  /** Milliseconds until it is broken. */
  readonly deadlineMs: number;
  /** Set when the case cannot be asked on this target or backend: it is unsupported, for this reason. */
  readonly unsupported: string | null;
  /** Its sides sit out a wait (an answer withheld, the pause after a 429), so that they are told ahead. */
  readonly waits?: true;
  /** What is started for it beside the target. */
  readonly parts?: readonly string[];
}

/** One difference between what came out and what must. `path` is from the operation's value: `children.a.csv.size`. */
export interface Difference {
  /** Number of the call within the case, from 1; null for a difference in the number of calls. */
  readonly call: number | null;
  readonly operation: string;
  readonly field: string;
  readonly expected: string;
  readonly observed: string;
  /** Who stands alone: `quilt3-alone`, `oracle-alone`, `all-differ`…; null where only two were asked. */
  readonly alone: string | null;
}

/** A document, its variables or a response that does not fit the live schema, with where it was seen. */
export interface ContractFinding {
  readonly rule: string;
  readonly subject: 'document' | 'variables' | 'response';
  readonly message: string;
  readonly path: string | null;
  readonly exchange: number;
  readonly operation: string;
}

/** A step that the report shows: an operation or something the world did. */
export interface Step {
  readonly name: string;
  readonly startedAt: number;
  readonly durationMs: number;
  /** What came back, short, redacted. */
  readonly outcome: string;
}

/** What a worker says of a case that finished. */
export interface CaseResult {
  readonly id: string;
  readonly verdict: Exclude<Verdict, 'not-run' | 'expected-failed'> | 'expected-failed' | 'not-run';
  readonly startedAt: number;
  readonly durationMs: number;
  /** One or more lines: what: expected X, got Y. Present on every verdict but passed. */
  readonly message?: string;
  readonly differences: readonly Difference[];
  readonly findings: readonly ContractFinding[];
  readonly steps: readonly Step[];
  /** Redacted exchanges, kept for a case that did not pass. Loosely typed here, since reports know no backend. */
  readonly exchanges: readonly unknown[];
  /** Requests made, as `protocol operation host`, counted; kept for every case. */
  readonly calls: Readonly<Record<string, number>>;
  /** Requests that were sent again since they were throttled; absent for none. */
  readonly retries?: number;
  /** GraphQL documents that were sent, counted: `NAME KEY`, and for one without a name its beginning after that. Absent in older stores. */
  readonly documents?: Readonly<Record<string, number>>;
  /** Operation → outcome class (`value` or an error class), counted; for the coverage table. */
  readonly observed: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Root fields of the schema that were asked, as `Query.package value|typed-failure|refused`, counted. */
  readonly rootFields: Readonly<Record<string, number>>;
  /** The command that reproduces it. */
  readonly reproduce: string;
}

/** A line of a worker's NDJSON file; written synchronously. */
export type StoreLine =
  | { readonly kind: 'started'; readonly id: string; readonly at: number; readonly worker: string; readonly attempt: number }
  | {
      readonly kind: 'finished';
      readonly id: string;
      readonly at: number;
      readonly worker: string;
      readonly attempt: number;
      readonly result: CaseResult;
    };

/** The first document of a store: `run.json`. */
export interface RunRecord {
  readonly version: 1;
  readonly runId: string;
  /** Name of the target. */
  readonly target: string;
  /** Path of its file; absent for the embedded one. */
  readonly targetFile?: string;
  /** Backend name → subject and version: `quilt3` → `ours`, `quilt3-python` → `quilt3@8.0.0`. */
  readonly subjects: Readonly<Record<string, string>>;
  readonly seed: number;
  readonly shard: { readonly index: number; readonly count: number } | null;
  /** Digest of the whole plan before it was sharded (`planDigest`), so that a merge can tell that no shard is missing. */
  readonly wholePlan?: string;
  /** What narrowed the plan beyond its backends, as one text that equals another run's exactly when both were narrowed alike; absent for none. */
  readonly narrowed?: string;
  readonly startedAt: string;
  /** Null while it runs, and for ever after a killed run. */
  readonly finishedAt: string | null;
  /** Set by a run that could not start or was interrupted: what happened. */
  readonly trouble: string | null;
  readonly plan: readonly PlannedCase[];
}

/** A difference that is expected, why, whose and until when: one entry of `suites/parity/known-differences/<subject>.yaml`. */
export interface KnownDifference {
  /** `known-differences/<subject>/<n>`, n from 1 in its file; also the id of the failed case that an entry turns into. */
  readonly id: string;
  /** Name of the subject: the file's name without its extension. */
  readonly subject: string;
  /** Semver range of the subject's versions; `*` for any, and for a subject that has none. */
  readonly versions: string;
  /** Glob on case ids; `*` stops at a slash, `**` does not. */
  readonly case: string;
  readonly operation: string;
  readonly field: string;
  readonly expected: string;
  readonly observed: string;
  /** Who has to change. */
  readonly wrong: 'subject' | 'platform' | 'contract';
  readonly reason: string;
  readonly owner: string;
  readonly issue: string;
  /** Last day on which it is accepted, `YYYY-MM-DD`. */
  readonly expires: string;
  /** `file:line:column` of the entry. */
  readonly where: string;
}

/** A case with its verdict: the plan joined with the store. */
export interface JudgedCase extends PlannedCase {
  readonly verdict: Verdict;
  readonly result: CaseResult | null;
  readonly message: string | null;
  /** The known differences that cover it; empty unless it is expected-failed. */
  readonly known: readonly KnownDifference[];
}
