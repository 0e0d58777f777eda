/** Judges the variables of a request: every wrong value with the path to it (C-02, C-03, C-04), not only the first. */
import {
  type GraphQLInputObjectType,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  isRequiredInputField,
  type OperationDefinitionNode,
  typeFromAST,
} from 'graphql';
import type { Contract } from './contract.ts';
import type { Finding } from './finding.ts';
import { documentCache, operationNamed, parseDocument } from './prepared-document.ts';
import { didYouMean } from './suggest.ts';
import { isRecord, kindOf } from './value-kind.ts';

interface Declared {
  readonly name: string;
  readonly type: GraphQLInputType;
  readonly hasDefault: boolean;
  readonly line: number | null;
  readonly column: number | null;
}

const cached = documentCache<{ readonly declared: readonly Declared[] | null }>();

/**
 * Everything in `variables` that the operation's declarations and the schema do not allow. Coercion of input follows the specification (6.1.2): one
 * value stands for a list of one. A variable that is not declared is a warning, since servers ignore it, and its value is lost. Messages show no text values.
 */
export function judgeVariables(contract: Contract, document: string, operationName: string | null, variables: unknown): readonly Finding[] {
  const { declared } = cached(contract, `${operationName ?? ''}\n${document}`, () => ({
    declared: declarations(contract, document, operationName),
  }));
  if (declared === null)
    return [finding('no-operation', `operation: expected ${operationName ?? 'one operation'} in the document, got none`, null)];
  const given = variables ?? {};
  if (!isRecord(given)) return [finding('variables-shape', `variables: expected an object, got ${kindOf(given)}`, null)];
  const findings: Finding[] = [];
  for (const variable of declared) {
    const { name, type } = variable;
    const say: Say = (rule, message, path, severity = 'error') =>
      findings.push(finding(rule, `$${path}: ${message}`, path, severity, variable));
    if (Object.hasOwn(given, name) && given[name] !== undefined) judgeValue(given[name], type, name, say);
    else if (isNonNullType(type) && !variable.hasDefault) say('missing-variable', `expected ${type}, got nothing`, name);
  }
  for (const name of Object.keys(given)) {
    if (declared.some((variable) => variable.name === name)) continue;
    const names = declared.map((variable) => variable.name);
    findings.push(
      finding(
        'undeclared-variable',
        `$${name}: expected a variable that the operation declares, got another${didYouMean(name, names)}`,
        name,
        'warning',
      ),
    );
  }
  return findings;
}

type Say = (rule: string, message: string, path: string, severity?: Finding['severity']) => void;

function declarations(contract: Contract, text: string, name: string | null): readonly Declared[] | null {
  const operation: OperationDefinitionNode | null = operationNamed(parseDocument(text), name);
  if (!operation) return null;
  return (operation.variableDefinitions ?? []).flatMap((node) => {
    const type = typeFromAST(contract.schema, node.type);
    const token = node.loc?.startToken;
    const place = { line: token?.line ?? null, column: token?.column ?? null };
    // A type that the schema does not have is a finding of the document.
    return isInputType(type) ? [{ name: node.variable.name.value, type, hasDefault: node.defaultValue !== undefined, ...place }] : [];
  });
}

function judgeValue(value: unknown, type: GraphQLInputType, path: string, say: Say): void {
  if (isNonNullType(type)) {
    if (value === null || value === undefined) say('null-for-non-null', `expected ${type}, got null`, path);
    else judgeValue(value, type.ofType, path, say);
  } else if (value === null || value === undefined) {
    return;
  } else if (isListType(type)) {
    if (!Array.isArray(value)) judgeValue(value, type.ofType, path, say);
    else for (const [index, item] of value.entries()) judgeValue(item, type.ofType, `${path}.${index}`, say);
  } else if (isInputObjectType(type)) {
    if (isRecord(value)) judgeInputObject(value, type, path, say);
    else say('wrong-type', `expected ${type}, got ${kindOf(value)}`, path);
  } else if (isEnumType(type)) {
    const values = type.getValues().map((one) => one.name);
    const expected = `expected a value of ${type} (${values.join(', ')})`;
    if (typeof value !== 'string') say('wrong-type', `${expected}, got ${kindOf(value)}`, path);
    else if (!values.includes(value))
      say('unknown-enum-value', `${expected}, got ${JSON.stringify(value)}${didYouMean(value, values)}`, path);
  } else if (!isAccepted(type, value)) {
    say('wrong-type', `expected ${type}, got ${kindOf(value)}`, path);
  }
}

function judgeInputObject(value: Record<string, unknown>, type: GraphQLInputObjectType, path: string, say: Say): void {
  const fields = type.getFields();
  for (const field of Object.values(fields)) {
    const here = `${path}.${field.name}`;
    const member = value[field.name];
    if (member === undefined) {
      if (isRequiredInputField(field)) say('missing-input-field', `expected ${field.type}, which ${type} requires, got nothing`, here);
      continue;
    }
    if (field.deprecationReason) {
      say('deprecated-input', `expected no deprecated field, got ${type}.${field.name}: ${field.deprecationReason}`, here, 'warning');
    }
    judgeValue(member, field.type, here, say);
  }
  const given = Object.keys(value).filter((name) => value[name] !== undefined);
  for (const name of given.filter((one) => !Object.hasOwn(fields, one))) {
    const hint = didYouMean(name, Object.keys(fields));
    say('unknown-input-field', `expected a field of ${type}, got ${JSON.stringify(name)}${hint}`, `${path}.${name}`);
  }
  if (!type.isOneOf) return;
  const set = given.filter((name) => value[name] !== null);
  if (set.length !== 1 || given.length !== 1) say('one-of', `expected exactly one field of ${type}, not null, got ${given.length}`, path);
}

function isAccepted(type: { coerceInputValue(value: unknown): unknown }, value: unknown): boolean {
  try {
    return type.coerceInputValue(value) !== undefined;
  } catch {
    return false;
  }
}

function finding(
  rule: string,
  message: string,
  path: string | null,
  severity: Finding['severity'] = 'error',
  place: { readonly line: number | null; readonly column: number | null } | null = null,
): Finding {
  return { rule, severity, subject: 'variables', message, path, line: place?.line ?? null, column: place?.column ?? null };
}
