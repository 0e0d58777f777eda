/** What a scan raises, lowers or leaves out, and its limits. */
import { didYouMean } from '../suggest.ts';
import { DEFAULT_MAX_COMPLEXITY } from './max-complexity.ts';
import { DEFAULT_MAX_DEPTH } from './max-depth.ts';
import type { RuleLimits, Severity } from './rule.ts';
import { rulesById } from './rules.ts';

export interface Policy extends RuleLimits {
  /** Rule → what policy makes of it; those that are not named keep their own severity. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
}

/** A policy that cannot be used: names the rule or the severity. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

export const defaultPolicy: Policy = { severities: {}, maxDepth: DEFAULT_MAX_DEPTH, maxComplexity: DEFAULT_MAX_COMPLEXITY };

/** `id=error|warning|off` for each; `variables` stands for all rules of that group. The last one counts. Throws PolicyError. */
export function parseSeverities(settings: readonly string[]): Policy['severities'] {
  const severities: Record<string, Severity | 'off'> = {};
  for (const setting of settings) {
    const [, id = '', severity = ''] = /^([^=]*)=?(.*)$/.exec(setting) ?? [];
    if (!isSeverity(severity))
      throw new PolicyError(`--rule ${setting}: expected id=error, id=warning or id=off, got ${JSON.stringify(setting)}`);
    const named = [...rulesById.values()].filter((rule) => rule.id === id || rule.group === id).map((rule) => rule.id);
    if (named.length === 0)
      throw new PolicyError(
        `--rule ${setting}: expected the id of a rule, got ${JSON.stringify(id)}${didYouMean(id, [...rulesById.keys()])}`,
      );
    for (const one of named) severities[one] = severity;
  }
  return severities;
}

const isSeverity = (text: string): text is Severity | 'off' => text === 'error' || text === 'warning' || text === 'off';

/** The severity of a finding under the policy; null when it is off. */
export function severityOf(policy: Policy, rule: string, own: Severity): Severity | null {
  const set = policy.severities[rule] ?? own;
  return set === 'off' ? null : set;
}
