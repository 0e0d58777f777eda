/** A rule of `crosscheck plan`: one question to each input of a form. */
import type { Expectations } from './expectations.ts';
import type { Place, PlanInput } from './plan-input.ts';

export type PlanSeverity = 'error' | 'warning';

/** Something that will go wrong. */
export interface Breach {
  readonly kind: 'breach';
  readonly resource: string;
  readonly place: Place;
  readonly message: string;
  readonly expected: string;
  readonly got: string;
  readonly mend: string;
  /** Another than the rule's. */
  readonly severity?: PlanSeverity;
}

/** Something that the rule could not see, because only the deployment will know it. */
export interface NotKnown {
  readonly kind: 'unknown';
  readonly resource: string;
  readonly place: Place;
  readonly message: string;
  readonly reason: string;
}

export type Answer = Breach | NotKnown;

export type InputOf<F extends PlanInput['form']> = Extract<PlanInput, { readonly form: F }>;

export interface PlanRule<F extends PlanInput['form'] = PlanInput['form']> {
  readonly id: string;
  readonly incidents: readonly string[];
  readonly severity: PlanSeverity;
  /** What must hold, as a sentence without its full stop. */
  readonly title: string;
  /** Why, what is legal nonetheless, and where expectations come from. */
  readonly documentation: string;
  readonly of: F;
  ask(input: InputOf<F>, expected: Expectations): Iterable<Answer>;
}

/** Declares a rule. */
export function planRule<F extends PlanInput['form']>(rule: PlanRule<F>): PlanRule<F> {
  return rule;
}

export const breach = (facts: Omit<Breach, 'kind'>): Breach => ({ kind: 'breach', ...facts });
export const notKnown = (facts: Omit<NotKnown, 'kind'>): NotKnown => ({ kind: 'unknown', ...facts });
