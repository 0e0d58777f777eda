/** Judges the text of a document by the schema: every rule of graphql-js, and where a misplaced field lives. */
import { type GraphQLError, NoDeprecatedCustomRule, type Source, specifiedRules } from 'graphql';
import type { Contract } from './contract.ts';
import type { Finding } from './finding.ts';
import { documentCache, type Parsed, parseDocument } from './prepared-document.ts';
import { findingOf, type RuleToRun, runRules } from './run-rules.ts';

const cached = documentCache<readonly Finding[]>();

const rules: readonly RuleToRun[] = [
  ...specifiedRules.map((rule): RuleToRun => ({ id: rule.name, severity: 'error', rule })),
  { id: 'NoDeprecatedCustomRule', severity: 'warning', rule: NoDeprecatedCustomRule },
];

/** The rule that a document which could not be parsed breaks: `syntax`, or that of the limits. */
export const syntaxRule = (error: GraphQLError): string =>
  typeof error.extensions['rule'] === 'string' ? error.extensions['rule'] : 'syntax';

/**
 * Everything in the document that does not fit the schema, with places in the text that was given (a Source keeps its offset in a file).
 * Use of what is deprecated is a warning. A syntax error is one finding.
 */
export function judgeDocument(contract: Contract, source: string | Source): readonly Finding[] {
  if (typeof source === 'string') return cached(contract, source, () => judge(contract, parseDocument(source)));
  return judge(contract, parseDocument(source));
}

function judge(contract: Contract, parsed: Parsed): readonly Finding[] {
  const { document, syntaxError } = parsed;
  if (syntaxError) return [findingOf(syntaxError, syntaxRule(syntaxError), 'error')];
  if (!document) return [];
  return runRules(contract, document, rules);
}
