/**
 * C-02, C-03, C-04 in source: the variables that a program passes beside a document, as far as they can be read, by what the operation declares.
 * It says only what is certain on at least one way through the program: what is not known fits, and a member that is set on some ways only is not missing.
 */
import {
  GRAPHQL_MAX_INT,
  GRAPHQL_MIN_INT,
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
import type { Contract } from '../contract.ts';
import type { SeenMember, SeenValue } from '../inventory/seen-value.ts';
import type { SourceFile } from '../inventory/source-file.ts';
import { didYouMean } from '../suggest.ts';
import { kindOf } from '../value-kind.ts';
import type { Severity } from './rule.ts';
import type { VariableRule } from './variable-rules.ts';

export interface SeenFinding {
  readonly rule: VariableRule;
  readonly severity: Severity;
  readonly message: string;
  readonly file: SourceFile;
  readonly at: number;
}

type Say = (rule: VariableRule, at: { readonly file: SourceFile; readonly at: number }, path: string, message: string) => void;
type Of<K extends SeenValue['kind']> = Extract<SeenValue, { readonly kind: K }>;

const WARNINGS: ReadonlySet<VariableRule> = new Set(['undeclared-variable', 'deprecated-input']);

/** Everything in the value that the operation does not allow, at the place of the key, or of the record that lacks one. */
export function judgeSeenVariables(contract: Contract, operation: OperationDefinitionNode, value: SeenValue): readonly SeenFinding[] {
  const findings: SeenFinding[] = [];
  const say: Say = (rule, { file, at }, path, message) =>
    findings.push({ rule, severity: WARNINGS.has(rule) ? 'warning' : 'error', message: `${path}: ${message}`, file, at });
  judgeWhole(contract, operation, value, say);
  return findings;
}

function judgeWhole(contract: Contract, operation: OperationDefinitionNode, value: SeenValue, say: Say): void {
  if (value.kind === 'choice') {
    for (const one of value.of) judgeWhole(contract, operation, one, say);
    return;
  }
  // None at all may be meant, and a client may leave out what is null.
  if (value.kind === 'unknown' || (value.kind === 'scalar' && value.type === 'null')) return;
  if (value.kind !== 'record') {
    say('variables-shape', value, 'variables', `expected an object, got ${wordsFor(value)}`);
    return;
  }
  const declared = new Map<string, { readonly type: GraphQLInputType; readonly hasDefault: boolean }>();
  const names: string[] = [];
  for (const node of operation.variableDefinitions ?? []) {
    names.push(node.variable.name.value);
    const type = typeFromAST(contract.schema, node.type);
    // A type that the schema does not have is a finding of the document.
    if (isInputType(type)) declared.set(node.variable.name.value, { type, hasDefault: node.defaultValue !== undefined });
  }
  const members = lastOfEach(value);
  for (const member of members) {
    const variable = declared.get(member.name);
    if (variable) judgeValue(member.value, variable.type, `$${member.name}`, say);
    else if (!names.includes(member.name)) {
      const message = `expected a variable that ${operation.name?.value ?? 'the operation'} declares, got another${didYouMean(member.name, names)}`;
      say('undeclared-variable', member, `$${member.name}`, message);
    }
  }
  if (value.open) return;
  for (const [name, { type, hasDefault }] of declared) {
    if (isNonNullType(type) && !hasDefault && !members.some((member) => member.name === name))
      say('missing-variable', value, `$${name}`, `expected ${type}, got nothing`);
  }
}

/** Members that can reach the server: one that is always set hides those of its name before it. */
function lastOfEach(record: Of<'record'>): readonly SeenMember[] {
  return record.members.filter(
    (member, index) => !record.members.some((later, at) => at > index && later.name === member.name && later.always),
  );
}

function judgeValue(value: SeenValue, type: GraphQLInputType, path: string, say: Say): void {
  if (value.kind === 'unknown') return;
  if (value.kind === 'choice') {
    for (const one of value.of) judgeValue(one, type, path, say);
    return;
  }
  const isNull = value.kind === 'scalar' && value.type === 'null';
  if (isNonNullType(type)) {
    if (isNull) say('null-for-non-null', value, path, `expected ${type}, got null`);
    else judgeValue(value, type.ofType, path, say);
  } else if (isNull) {
    return;
  } else if (isListType(type)) {
    // One value stands for a list of one (specification 3.11).
    if (value.kind !== 'list') judgeValue(value, type.ofType, path, say);
    else for (const [index, item] of value.items.entries()) judgeValue(item, type.ofType, `${path}.${index}`, say);
  } else if (isInputObjectType(type)) {
    if (value.kind === 'record') judgeRecord(value, type, path, say);
    else say('wrong-type', value, path, `expected ${type}, got ${wordsFor(value)}`);
  } else if (isEnumType(type)) {
    const values = type.getValues().map((one) => one.name);
    const expected = `expected a value of ${type} (${values.join(', ')})`;
    if (value.kind !== 'scalar' || typeof value.value !== 'string') say('wrong-type', value, path, `${expected}, got ${wordsFor(value)}`);
    else if (!values.includes(value.value))
      say('unknown-enum-value', value, path, `${expected}, got ${JSON.stringify(value.value)}${didYouMean(value.value, values)}`);
  } else if (!fits(type.name, value)) {
    say('wrong-type', value, path, `expected ${type}, got ${wordsFor(value)}`);
  }
}

function judgeRecord(record: Of<'record'>, type: GraphQLInputObjectType, path: string, say: Say): void {
  const fields = type.getFields();
  const members = lastOfEach(record);
  for (const member of members) {
    const field = Object.hasOwn(fields, member.name) ? fields[member.name] : undefined;
    const here = `${path}.${member.name}`;
    if (!field) {
      const message = `expected a field of ${type}, got ${JSON.stringify(member.name)}${didYouMean(member.name, Object.keys(fields))}`;
      say('unknown-input-field', member, here, message);
      continue;
    }
    if (field.deprecationReason)
      say('deprecated-input', member, here, `expected no deprecated field, got ${type}.${field.name}: ${field.deprecationReason}`);
    judgeValue(member.value, field.type, here, say);
  }
  if (record.open) return;
  for (const field of Object.values(fields)) {
    if (isRequiredInputField(field) && !members.some((member) => member.name === field.name))
      say('missing-input-field', record, `${path}.${field.name}`, `expected ${field.type}, which ${type} requires, got nothing`);
  }
  if (type.isOneOf && members.every((member) => member.always) && members.length !== 1)
    say('one-of', record, path, `expected exactly one field of ${type}, got ${members.length}`);
}

/** Of a scalar that the specification does not define, any value fits. */
function fits(name: string, value: Of<'scalar' | 'list' | 'record'>): boolean {
  if (!['String', 'ID', 'Int', 'Float', 'Boolean'].includes(name)) return true;
  if (value.kind !== 'scalar') return false;
  const given = value.value;
  if (name === 'String') return typeof given === 'string';
  if (name === 'Boolean') return typeof given === 'boolean';
  if (name === 'Float') return typeof given === 'number';
  const whole = typeof given === 'number' && Number.isInteger(given);
  if (name === 'ID') return typeof given === 'string' || whole;
  return whole && given >= GRAPHQL_MIN_INT && given <= GRAPHQL_MAX_INT;
}

const wordsFor = (value: Of<'scalar' | 'list' | 'record'>): string =>
  value.kind === 'record' ? 'an object' : value.kind === 'list' ? 'a list' : kindOf(value.value);
