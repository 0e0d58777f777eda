/** The result of a case that was not tried. */
import type { CaseResult, PlannedCase } from '../../reports/result.ts';

/** Not run, with the one cause that stopped it. */
export function notRun({ id }: Pick<PlannedCase, 'id'>, cause: string, reproduce: string): CaseResult {
  return {
    id,
    verdict: 'not-run',
    startedAt: Date.now(),
    durationMs: 0,
    message: `not run: ${cause}`,
    differences: [],
    findings: [],
    steps: [],
    exchanges: [],
    calls: {},
    observed: {},
    rootFields: {},
    reproduce,
  };
}
