/** Reads the settings of a policy by the rules that there are; apart from the policy, since a scan without settings loads no rule for it. */
import { didYouMean } from '../suggest.ts';
import type { Policy } from './policy.ts';
import type { Severity } from './rule.ts';
import { rulesById } from './rules.ts';

/** A policy that cannot be used: names the rule or the severity. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
}

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
