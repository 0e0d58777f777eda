/** Statements that hold by a rule and not by equal texts. */
import type { Statement } from '../case/check.ts';

/** The statement, holding exactly when `holds`; `got` is what is told when it does not. */
export function stateThat(holds: boolean, statement: Statement): Statement {
  if (holds) return { ...statement, got: statement.expected };
  return statement.got === statement.expected ? { ...statement, got: `${statement.got}, which it is not` } : statement;
}

/** A date as a statement tells it. */
export function instantOf(date: Date | undefined): { readonly since?: string } {
  return date === undefined ? {} : { since: date.toISOString() };
}
