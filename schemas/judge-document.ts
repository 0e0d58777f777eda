/** Judges the text of a document by the schema: every rule of graphql-js, @graphql-inspector's own checks, and where a misplaced field lives. */
import { validate as inspect } from '@graphql-inspector/core';
import {
  type ASTNode,
  type GraphQLError,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  NoDeprecatedCustomRule,
  type Source,
  specifiedRules,
  type ValidationContext,
  type ValidationRule,
  validate,
} from 'graphql';
import type { Contract } from './contract.ts';
import { placesWhereItLives } from './field-paths.ts';
import type { Finding } from './finding.ts';
import { documentCache, type Parsed, parseDocument } from './prepared-document.ts';
import { didYouMean } from './suggest.ts';

const cached = documentCache<readonly Finding[]>();

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
  if (syntaxError) return [findingOf(syntaxError, 'syntax', 'error')];
  if (!document) return [];
  const findings: Finding[] = [];
  const tell = (rule: string, severity: Finding['severity']) => (error: GraphQLError, hint: string) =>
    findings.push(findingOf(error, rule, severity, hint));
  validate(contract.schema, document, [
    ...specifiedRules.map((rule) => overheard(rule, tell(rule.name, 'error'))),
    overheard(NoDeprecatedCustomRule, tell('NoDeprecatedCustomRule', 'warning')),
  ]);
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

/** The rule, with each error told to `tell` under the rule's own name, since a GraphQLError does not say which rule made it. */
function overheard(rule: ValidationRule, tell: (error: GraphQLError, hint: string) => void): ValidationRule {
  return (context) => {
    const listening: ValidationContext = Object.create(context, {
      reportError: { value: (error: GraphQLError) => tell(error, hintFor(context, error)) },
    });
    return rule(listening);
  };
}

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

function findingOf(error: GraphQLError, rule: string, severity: Finding['severity'], hint = ''): Finding {
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
