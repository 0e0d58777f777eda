/** Where our verdict on a mutation and graphql-core's label, or that of the edit, do not agree. */
import type { Violation } from '../../schemas/scan/violation.ts';
import type { GeneratedCase } from './generate-cases.ts';

/** What graphql-core says; `schema` is what is wrong with the schema itself. */
export interface Label {
  readonly schema: readonly string[];
  readonly rules: readonly string[];
  readonly variables: readonly string[];
  readonly said: string;
}

export interface Verdict {
  /** Why the schema is none. */
  readonly refused: string | null;
  readonly documents: number;
  readonly violations: readonly Violation[];
  readonly unresolved: readonly string[];
}

/** Rules of the specification's newer text, which graphql-core 3.2 does not have. */
const NEWER: ReadonlySet<string> = new Set(['KnownOperationTypesRule']);
const oursOf = (rule: string): string => (rule === 'NoUnusedVariablesRule' ? 'unused-variable' : rule);

export interface Compared {
  readonly wrong: readonly string[];
  /** Whether graphql-core or the edit's own label refuses it. */
  readonly refused: boolean;
  /** Refused by a rule alone that graphql-core does not have. */
  readonly onlyOurs: boolean;
}

/** One sentence for each disagreement. */
export function disagreements(one: GeneratedCase, label: Label, { refused, documents, violations, unresolved }: Verdict): Compared {
  const wrong: string[] = [];
  const end = (isRefused: boolean, onlyOurs = false): Compared => ({ wrong, refused: isRefused, onlyOurs });
  if (label.schema.length > 0 || refused !== null) {
    if (refused === null) wrong.push(`expected a refused schema (${label.schema[0]}), got none`);
    else if (label.schema.length === 0) wrong.push(`expected a schema, got ${refused}`);
    return end(label.schema.length > 0);
  }
  if (unresolved.length > 0) wrong.push(`expected a document that is read, got ${unresolved.join('; ')}`);
  if (documents !== 1) wrong.push(`expected one document, got ${documents}`);
  const errors = violations.filter(({ severity }) => severity === 'error');
  const shown = errors.map(({ rule, message, line, column }) => `${rule} at ${line}:${column}: ${message}`).join('; ') || 'nothing';
  const rules = new Set(violations.map(({ rule }) => rule));
  if (label.rules.length > 0) {
    for (const rule of label.rules)
      if (!rules.has(oursOf(rule))) wrong.push(`expected ${rule} (${label.said}), got ${shown}: ${one.document}`);
    return end(true);
  }
  if (label.variables.length > 0) {
    if (errors.length === 0) wrong.push(`expected an error (${label.variables[0]}), got none: ${JSON.stringify(one.variables)}`);
  }
  if (one.expected !== null) {
    const { rule, line } = one.expected;
    if (!violations.some((said) => said.rule === rule && (line === null || said.line === line)))
      wrong.push(`expected ${rule}${line === null ? '' : ` in line ${line}`}, got ${shown}`);
  }
  if (label.variables.length > 0) return end(true);
  const onlyNewer = errors.length > 0 && errors.every(({ rule }) => NEWER.has(rule));
  if (errors.length > 0 && !onlyNewer) wrong.push(`expected no error, got ${shown}: ${one.document} ${JSON.stringify(one.variables)}`);
  return end(one.expected !== null && !onlyNewer, onlyNewer);
}
