/** Runs validation rules over a document in one pass, and says what each finds in our words: with the place where a misplaced field lives, or the name that was meant. */
import {
  type ASTNode,
  type DocumentNode,
  type GraphQLError,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Contract } from './contract.ts';
import { LIMIT_RULE } from './document-limits.ts';
import { placesWhereItLives } from './field-paths.ts';
import type { Finding } from './finding.ts';
import { mergedRule } from './merged-visitor.ts';
import { didYouMean } from './suggest.ts';

/** A validation rule with the name and severity that its findings carry. */
export interface RuleToRun {
  readonly id: string;
  readonly severity: Finding['severity'];
  readonly rule: ValidationRule;
}

/** Most findings of one document; then judging ends, since each costs time, and 500 fields that conflict pairwise are 125,000. */
const MOST_FINDINGS = 200;

class TooManyFindings extends Error {}

/**
 * What the rules find in the document, in the order in which they find it. Where judging ended before the end of the document, since there was too much to
 * find or to compare, the last finding says so.
 */
export function runRules(contract: Contract, document: DocumentNode, rules: readonly RuleToRun[]): readonly Finding[] {
  const findings: Finding[] = [];
  // A GraphQLError does not say which rule made it.
  const merged = mergedRule(
    rules.map(({ rule }) => rule),
    (at, error, context) => {
      const { id = '', severity = 'error' } = rules[at] ?? {};
      if (findings.length >= MOST_FINDINGS) throw new TooManyFindings(`more than ${MOST_FINDINGS} findings`);
      findings.push(findingOf(error, id, severity, hintFor(context, error)));
    },
  );
  let ended: readonly Error[];
  try {
    // What is told here is none of the rules' own: graphql-js gave up.
    ended = validate(contract.schema, document, [merged]);
  } catch (error) {
    if (!(error instanceof TooManyFindings)) throw error;
    ended = [error];
  }
  return [...findings, ...ended.map(unfinished)];
}

const unfinished = ({ message }: Error): Finding => ({
  rule: LIMIT_RULE,
  severity: 'error',
  subject: 'document',
  message: `document: expected to be judged to its end, got: ${message}`,
  path: null,
  line: null,
  column: null,
});

/** What is said in place of graphql-js's own suggestion, which goes by spelling alone: where the field lives, or a name of the same meaning. */
function hintFor(context: ValidationContext, error: GraphQLError): string {
  const node: ASTNode | undefined = error.nodes?.[0];
  if (node?.kind === Kind.FIELD) {
    // Which member of an abstract type has the field is what graphql-js does know.
    if (error.message.includes('inline fragment')) return '';
    const parent = context.getParentType();
    if (!parent || !(isObjectType(parent) || isInterfaceType(parent)) || parent.getFields()[node.name.value]) return '';
    const schema = context.getSchema();
    const root =
      context.getDocument().definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)?.operation === 'mutation'
        ? schema.getMutationType()
        : schema.getQueryType();
    const places = placesWhereItLives(schema, node.name.value, root?.name ?? null, parent.name);
    return places.length > 0 ? `; it lives at ${places.join(', ')}` : didYouMean(node.name.value, Object.keys(parent.getFields()));
  }
  const unknown = /type "(\w+)" not to include unknown field "(\w+)"/.exec(error.message);
  const type = unknown?.[1] === undefined ? null : context.getSchema().getType(unknown[1]);
  return unknown?.[2] !== undefined && isInputObjectType(type) ? didYouMean(unknown[2], Object.keys(type.getFields())) : '';
}

/** A GraphQL error as a finding of the document. */
export function findingOf(error: GraphQLError, rule: string, severity: Finding['severity'], hint = ''): Finding {
  const at = error.locations?.[0];
  const offset = error.source?.locationOffset ?? { line: 1, column: 1 };
  return {
    rule,
    severity,
    subject: 'document',
    message: hint ? `${error.message.replace(/\.? Did you mean [^?]*\?/, '').replace(/\.$/, '')}${hint}` : error.message,
    path: null,
    line: at ? at.line + offset.line - 1 : null,
    // Only the first line of an embedded document is moved to the right.
    column: at ? at.column + (at.line === 1 ? offset.column - 1 : 0) : null,
  };
}
