/** What came of a case, before it has an id and a time. */
import type { CaseResult } from '../../reports/result.ts';

export type CaseOutcome = Omit<CaseResult, 'id' | 'startedAt' | 'durationMs' | 'reproduce'>;

/** The facts of a case that asked nothing. */
export const NOTHING_ASKED = { differences: [], findings: [], steps: [], exchanges: [], calls: {}, observed: {}, rootFields: {} } as const;
