/** Plans that are legal and look like a defect, and under a fault the defect itself in place of one: one case a rule. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkFolder, corpus } from '../plan/corpus.ts';
import type { Outcome } from './judge-fault.ts';

/** The scenario that a fault of a plan names in `uses`. */
export const PLAN = 'plan/check';

/** Case id → what `plan` says of the rule's inputs: failed with every finding, broken where one cannot be read. */
export async function checkPlans(broken: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
  const rules = readdirSync(corpus, { withFileTypes: true }).filter((one) => one.isDirectory());
  return new Map(
    await Promise.all(
      rules.map(async ({ name: rule }): Promise<readonly [string, Outcome]> => {
        const { findings, unreadable } = await checkFolder(join(corpus, rule), broken.includes(rule) ? 'breaks' : 'legal');
        const lines = findings.map(
          (one) => `${one.rule}: ${one.resource}: ${one.message}: expected ${one.expected}, got ${one.got}; ${one.mend}`,
        );
        const verdict = unreadable.length > 0 ? 'broken' : lines.length > 0 ? 'failed' : 'passed';
        return [`${PLAN}/rule:${rule}`, { verdict, message: [...lines, ...unreadable.map((one) => JSON.stringify(one))].join('\n') }];
      }),
    ),
  );
}
