/** What a rule of the project is: a name, a severity that policy can change, its documentation, and what finds. */
import type { ValidationRule } from 'graphql';
import type { Finding } from '../finding.ts';

export type Severity = Finding['severity'];

/** Limits that rules take from the policy. */
export interface RuleLimits {
  readonly maxDepth: number;
  readonly maxComplexity: number;
}

/** How a rule is known, without what finds: some are found in variables, comparisons or waivers, where no document is visited. */
export interface RuleFacts {
  readonly id: string;
  /** When policy says nothing. */
  readonly severity: Severity;
  /** One sentence: what is wrong when it speaks. For the page. */
  readonly says: string;
  /** Why that matters, what it takes for granted, and what silences it. For the page. */
  readonly because: string;
  /** Ids of incidents, or a section of the specification. */
  readonly from: string;
  /** Rules that one name in the policy stands for, beside the rule's own. */
  readonly group?: string;
}

/** A rule that looks at documents. */
export interface DocumentRule extends RuleFacts {
  readonly create: (limits: RuleLimits) => ValidationRule;
}
