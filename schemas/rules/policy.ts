/** What a scan raises, lowers or leaves out, and its limits. */
import { DEFAULT_MAX_COMPLEXITY, DEFAULT_MAX_DEPTH } from './limits.ts';
import type { RuleLimits, Severity } from './rule.ts';

export interface Policy extends RuleLimits {
  /** Rule → what policy makes of it; those that are not named keep their own severity. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

export const defaultPolicy: Policy = { severities: {}, maxDepth: DEFAULT_MAX_DEPTH, maxComplexity: DEFAULT_MAX_COMPLEXITY };

/** The severity of a finding under the policy; null when it is off. */
export function severityOf(policy: Policy, rule: string, own: Severity): Severity | null {
  const set = policy.severities[rule] ?? own;
  return set === 'off' ? null : set;
}
