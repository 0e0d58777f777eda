/** The document of `run --json`, as the design's "The command line" fixes it. */
import type { ContractFinding, JudgedCase, Level, RunRecord, Verdict } from './result.ts';
import { tally } from './verdicts.ts';

/** One case of the document. `message` says why it did not pass; `finding` is the first document, variables or response that broke the schema. */
export interface JsonCase {
  readonly id: string;
  readonly suite: string;
  readonly scenario: string;
  readonly backend: string | null;
  readonly level: Level;
  readonly operations: readonly string[];
  readonly incidents: readonly string[];
  readonly verdict: Verdict;
  /** 0 for a case that did not finish. */
  readonly durationMs: number;
  readonly message?: string;
  readonly finding?: ContractFinding;
}

/** The whole document. `planned` is the sum of the six verdicts; `report` is the way to the HTML page, null when there is none. */
export interface JsonReport {
  readonly version: 1;
  readonly runId: string;
  readonly target: string;
  readonly subjects: Readonly<Record<string, string>>;
  readonly planned: number;
  readonly passed: number;
  readonly failed: number;
  readonly expectedFailed: number;
  readonly unsupported: number;
  readonly broken: number;
  readonly notRun: number;
  readonly cases: readonly JsonCase[];
  readonly report: string | null;
  /** The AWS operations that the run called, as the smallest IAM policy that allows them; absent where it called none. */
  readonly awsPolicy?: object;
}

/** The document of a judged run. */
export function toJson(
  record: RunRecord,
  judged: readonly JudgedCase[],
  report: string | null,
  awsPolicy: object | null = null,
): JsonReport {
  const { planned, passed, failed, 'expected-failed': expectedFailed, unsupported, broken, 'not-run': notRun } = tally(judged);
  const { runId, target, subjects } = record;
  const counts = { planned, passed, failed, expectedFailed, unsupported, broken, notRun };
  return {
    version: 1,
    runId,
    target,
    subjects,
    ...counts,
    cases: judged.map(toJsonCase),
    report,
    ...(awsPolicy !== null && { awsPolicy }),
  };
}

function toJsonCase({ id, suite, scenario, backend, level, operations, incidents, verdict, result, message }: JudgedCase): JsonCase {
  const finding = result?.findings[0];
  return {
    ...{ id, suite, scenario, backend, level, operations, incidents, verdict, durationMs: result?.durationMs ?? 0 },
    ...(message === null ? {} : { message }),
    ...(finding === undefined ? {} : { finding }),
  };
}
