/** A case as `repro` and `replay` show it: verdict, what differed, and every call. */
import type { CaseResult } from '../reports/result.ts';

/** Some lines; `beside` stands after the verdict. */
export function describeCase({ id, verdict, durationMs, message, steps }: CaseResult, beside = ''): string {
  return [
    `${verdict.toUpperCase()}  ${id}  ${durationMs} ms${beside}`,
    ...(message === undefined ? [] : message.split('\n').map((line) => `  ${line}`)),
    ...steps.map((step) => `    ${step.name}  ${step.durationMs} ms  ${step.outcome}`),
  ].join('\n');
}
