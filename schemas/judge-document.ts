/** Judges the text of a document by the schema: every rule of graphql-js, @graphql-inspector's own checks, and where a misplaced field lives. */
import { validate as inspect } from '@graphql-inspector/core';
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
  const findings = [...runRules(contract, document, rules)];
  // The inspector needs a document without errors; what it says again at the same place is left out.
  if (!findings.some((finding) => finding.severity === 'error')) {
    const place = (finding: Finding) => `${finding.severity} ${finding.line}:${finding.column}`;
    const known = new Set(findings.map(place));
    for (const { errors, deprecated } of inspect(contract.schema, [parsed.source])) {
      const said = [
        ...errors.map((error) => findingOf(error, 'inspector', 'error')),
        ...deprecated.map((error) => findingOf(error, 'inspector-deprecated', 'warning')),
      ];
      findings.push(...said.filter((finding) => !known.has(place(finding))));
    }
  }
  return findings;
}
