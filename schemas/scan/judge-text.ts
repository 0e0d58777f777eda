/** Judges the text of a document by every rule, with offsets in the text; the same text is judged once for a schema. */
import { NoUnusedFragmentsRule } from 'graphql';
import type { Contract } from '../contract.ts';
import type { Finding } from '../finding.ts';
import { syntaxRule } from '../judge-document.ts';
import { documentCache, type Parsed } from '../prepared-document.ts';
import type { RuleLimits } from '../rules/rule.ts';
import { documentRules } from '../rules/rules.ts';
import { findingOf, runRules } from '../run-rules.ts';

export interface TextFinding {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly message: string;
  readonly offset: number;
}

const cached = documentCache<readonly TextFinding[]>();

/** Everything that the document breaks, under each rule's own severity. A document of fragments alone is asked for no use of them. */
export function judgeText(contract: Contract, text: string, parsed: Parsed, limits: RuleLimits): readonly TextFinding[] {
  return cached(contract, `${limits.maxDepth} ${limits.maxComplexity}\n${text}`, () => judge(contract, text, parsed, limits));
}

function judge(
  contract: Contract,
  text: string,
  { document, syntaxError, operations }: Parsed,
  limits: RuleLimits,
): readonly TextFinding[] {
  let findings: readonly Finding[] = [];
  if (syntaxError) findings = [findingOf(syntaxError, syntaxRule(syntaxError), 'error')];
  else if (document) {
    const rules = documentRules.filter(({ id }) => operations.length > 0 || id !== NoUnusedFragmentsRule.name);
    findings = runRules(
      contract,
      document,
      rules.map(({ id, severity, create }) => ({ id, severity, rule: create(limits) })),
    );
  }
  if (findings.length === 0) return [];
  const starts = [0];
  // Lines end where graphql-js ends them.
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return findings.map(({ rule, severity, message, line, column }) => ({
    rule,
    severity,
    message,
    offset: line === null ? 0 : (starts[line - 1] ?? 0) + (column ?? 1) - 1,
  }));
}
