/** Judges one value of a response by its plan. */
import {
  GRAPHQL_MAX_INT,
  GRAPHQL_MIN_INT,
  type GraphQLEnumType,
  type GraphQLList,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { Finding } from './finding.ts';
import type { FieldPlan, SelectionPlan } from './response-plan.ts';
import { didYouMean } from './suggest.ts';
import { isRecord, kindOf } from './value-kind.ts';

/** Most findings of one response that are kept: a list of 10,000 wrong elements says no more than 100 do. */
const MOST_FINDINGS = 100;

/** Where the judge is, and what it has found. */
export interface Judging {
  readonly schema: GraphQLSchema;
  readonly findings: Finding[];
  /** Keys and indices from the response's root. */
  readonly path: (string | number)[];
  /** The field being judged, for its place in the document. */
  at: FieldPlan | null;
}

/** Records a finding where the judge is, unless there are too many. */
export function say(judging: Judging, rule: string, message: string, key?: string): void {
  if (judging.findings.length > MOST_FINDINGS) return;
  const path = (key === undefined ? judging.path : [...judging.path, key]).join('.');
  const place = { path, line: judging.at?.line ?? null, column: judging.at?.column ?? null };
  if (judging.findings.length === MOST_FINDINGS) {
    judging.findings.push({
      rule: 'too-many-findings',
      severity: 'error',
      subject: 'response',
      message: `response: expected to fit the schema, got more than ${MOST_FINDINGS} findings`,
      ...place,
    });
    return;
  }
  judging.findings.push({ rule, severity: 'error', subject: 'response', message: `${path}: ${message}`, ...place });
}

/** Judges a value of a field's type; `below` plans what is selected on it. */
export function judgeOutput(judging: Judging, value: unknown, type: GraphQLOutputType, below: SelectionPlan | null): void {
  if (isNonNullType(type)) {
    // An error would have made the nearest nullable parent null (specification 6.4.4), so this is wrong with errors too.
    if (value === null) say(judging, 'null-for-non-null', `expected ${type}${coordinateOf(judging)}, got null`);
    else judgeOutput(judging, value, type.ofType, below);
  } else if (value === null) {
    return;
  } else if (isListType(type)) {
    judgeList(judging, value, type, below);
  } else if (below) {
    judgeObject(judging, value, below);
  } else if (isEnumType(type)) {
    judgeEnum(judging, value, type);
  } else if (isScalarType(type) && !fitsScalar(type.name, value)) {
    say(judging, 'wrong-type', `expected ${type}${coordinateOf(judging)}, got ${kindOf(value)}`);
  }
}

function judgeList(judging: Judging, value: unknown, type: GraphQLList<GraphQLOutputType>, below: SelectionPlan | null): void {
  if (!Array.isArray(value)) {
    say(judging, 'wrong-type', `expected ${type}${coordinateOf(judging)}, got ${kindOf(value)}`);
    return;
  }
  for (let index = 0; index < value.length; index++) {
    judging.path.push(index);
    judgeOutput(judging, value[index], type.ofType, below);
    judging.path.pop();
  }
}

function judgeEnum(judging: Judging, value: unknown, type: GraphQLEnumType): void {
  if (typeof value === 'string' && type.getValue(value)) return;
  const names = type.getValues().map((one) => one.name);
  const expected = `expected a value of ${type} (${names.join(', ')})`;
  if (typeof value === 'string') say(judging, 'unknown-enum-value', `${expected}, got ${JSON.stringify(value)}${didYouMean(value, names)}`);
  else say(judging, 'wrong-type', `${expected}, got ${kindOf(value)}`);
}

const coordinateOf = (judging: Judging) => (judging.at ? ` (${judging.at.coordinate})` : '');

/** Of a scalar that the specification does not define, any value fits: the schema does not say more. */
function fitsScalar(name: string, value: unknown): boolean {
  if (name === 'String' || name === 'ID') return typeof value === 'string';
  if (name === 'Int') return Number.isInteger(value) && Number(value) >= GRAPHQL_MIN_INT && Number(value) <= GRAPHQL_MAX_INT;
  if (name === 'Float') return typeof value === 'number';
  if (name === 'Boolean') return typeof value === 'boolean';
  return value !== undefined;
}

/** Judges an object by the fields that are selected on its runtime type. */
export function judgeObject(judging: Judging, value: unknown, plan: SelectionPlan): void {
  if (!isRecord(value)) {
    say(judging, 'wrong-type', `expected ${plan.type}${coordinateOf(judging)}, got ${kindOf(value)}`);
    return;
  }
  const key = plan.typenameKeys.find((name) => value[name] !== undefined);
  if (key !== undefined) {
    const type = memberNamed(judging, plan, key, value[key]);
    if (type) judgeFields(judging, value, plan.fieldsOf(type));
    return;
  }
  const [only] = plan.possible;
  if (only && plan.possible.length === 1) judgeFields(judging, value, plan.fieldsOf(only));
  else judgeAsLikeliest(judging, value, plan);
}

/** The object type that `__typename` names, if the value may be of it. */
function memberNamed(judging: Judging, plan: SelectionPlan, key: string, name: unknown): GraphQLObjectType | null {
  const member = plan.possible.find((type) => type.name === name);
  if (member) return member;
  const names = plan.possible.map((type) => type.name);
  const expected = isObjectType(plan.type) ? plan.type.name : `a member of ${plan.type} (${names.join(', ')})`;
  const got = typeof name === 'string' ? JSON.stringify(name) : kindOf(name);
  if (typeof name === 'string' && judging.schema.getType(name)) say(judging, 'typename-no-member', `expected ${expected}, got ${got}`, key);
  else say(judging, 'unknown-typename', `expected ${expected}, got ${got}${typeof name === 'string' ? didYouMean(name, names) : ''}`, key);
  return null;
}

/** Without `__typename` a value fits when it fits any type that it may be of; else the findings of the type that it fits best are kept. */
function judgeAsLikeliest(judging: Judging, value: Record<string, unknown>, plan: SelectionPlan): void {
  let best: Finding[] | null = null;
  for (const type of plan.possible) {
    const trial: Judging = { ...judging, findings: [], path: [...judging.path] };
    judgeFields(trial, value, plan.fieldsOf(type));
    if (trial.findings.length === 0) return;
    if (best === null || trial.findings.length < best.length) best = trial.findings;
  }
  judging.findings.push(...(best ?? []));
}

function judgeFields(judging: Judging, value: Record<string, unknown>, fields: ReadonlyMap<string, FieldPlan>): void {
  const before = judging.at;
  let found = 0;
  for (const field of fields.values()) {
    judging.at = field;
    const member = value[field.key];
    if (member === undefined) {
      say(judging, 'missing-field', `expected ${field.type} (${field.coordinate}), got nothing`, field.key);
      continue;
    }
    found++;
    judging.path.push(field.key);
    judgeOutput(judging, member, field.type, field.below);
    judging.path.pop();
  }
  judging.at = before;
  const keys = Object.keys(value);
  if (keys.length === found) return;
  for (const key of keys) {
    if (!fields.has(key))
      say(judging, 'extra-field', `expected only what was asked, got ${JSON.stringify(key)}${didYouMean(key, [...fields.keys()])}`, key);
  }
}
