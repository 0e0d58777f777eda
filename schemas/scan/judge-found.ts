/** Judges the documents of a source tree by a schema, and says everything at its place in the files that the text came from. */
import { Kind, NoUnusedFragmentsRule } from 'graphql';
import type { Contract } from '../contract.ts';
import type { FoundDocument } from '../inventory/found.ts';
import type { Place } from '../inventory/source-file.ts';
import { originOf } from '../inventory/text-value.ts';
import { operationNamed, type Parsed } from '../prepared-document.ts';
import { defaultPolicy, type Policy, severityOf } from '../rules/policy.ts';
import { judgeSeenVariables } from '../rules/seen-variables.ts';
import { type Composed, composeDocument } from './compose-document.ts';
import { type FragmentIndex, indexFragments } from './fragment-index.ts';
import { judgeText, type TextFinding } from './judge-text.ts';
import { byPlace, type Violation } from './violation.ts';

/** A document made ready once, to be judged by any number of schemas. */
export interface ReadyDocument {
  readonly found: FoundDocument;
  readonly composed: Composed;
}

export interface JudgeOptions {
  /** Name of the schema in what is said; its source when absent. */
  readonly schema?: string;
  readonly policy?: Policy;
}

/**
 * Everything in the documents, and in the variables that the program passes beside them, that does not fit the schema; each place once.
 * `documents` are those of the whole tree, since a document may spread the fragments of another.
 */
export function judgeFound(contract: Contract, documents: readonly FoundDocument[], options: JudgeOptions = {}): readonly Violation[] {
  const index = indexFragments(documents);
  return eachOnce([...readyDocuments(documents, index)].flatMap((one) => judgeReady(contract, one, index, options)));
}

/** Each document with the fragments that it spreads, made when it is asked for. Type definitions are no documents, and left out. */
export function* readyDocuments(documents: readonly FoundDocument[], index: FragmentIndex): Generator<ReadyDocument> {
  for (const found of documents) {
    const composed = composeDocument(found, index);
    if (isExecutable(composed.parsed)) yield { found, composed };
  }
}

/** As `judgeFound`, for one document; a place may come twice. */
export function judgeReady(
  contract: Contract,
  { found, composed }: ReadyDocument,
  index: FragmentIndex,
  { schema = contract.source, policy = defaultPolicy }: JudgeOptions,
): readonly Violation[] {
  const violations: Violation[] = [];
  const add = (place: Place, operation: string, said: Pick<TextFinding, 'rule' | 'severity' | 'message'>) => {
    const severity = severityOf(policy, said.rule, said.severity);
    if (severity !== null)
      violations.push({ ...place, operation, name: found.name, rule: said.rule, severity, schema, message: said.message });
  };
  for (const finding of judgeText(contract, composed.text, composed.parsed, policy)) {
    if (isUsedElsewhere(finding, found, index)) continue;
    add(placeOf(composed, finding.offset, found), operationAt(composed.parsed, finding.offset, found), hinted(finding, index));
  }
  for (const { value, operationName } of found.variables) {
    const operation = operationNamed(composed.parsed, operationName);
    if (!operation) {
      // Without a name it may be any of several; and what is not parsed is a finding already.
      if (operationName === null || composed.parsed.operations.length === 0) continue;
      const message = `operation: expected one of ${composed.parsed.operations.map((one) => one.name?.value ?? '(no name)').join(', ')}, got ${JSON.stringify(operationName)}`;
      add(value.file.placeOf(value.at), found.name, { rule: 'no-operation', severity: 'error', message });
      continue;
    }
    for (const { rule, severity, message, file, at } of judgeSeenVariables(contract, operation, value))
      add(file.placeOf(at), operation.name?.value ?? found.name, { rule, severity, message });
  }
  return violations;
}

/** Sorted by place; what several documents say of one place stands there once. */
export function eachOnce(violations: readonly Violation[]): readonly Violation[] {
  const seen = new Map<string, Violation>();
  for (const one of violations) {
    const key = JSON.stringify([one.file, one.line, one.column, one.rule, one.schema, one.message]);
    if (!seen.has(key)) seen.set(key, one);
  }
  return [...seen.values()].sort(byPlace);
}

/** Where an offset of the composed text stands. */
export function placeOf({ runs }: Composed, offset: number, found: FoundDocument): Place {
  const origin = originOf(runs, offset);
  return origin ? origin.file.placeOf(origin.at) : found.place;
}

function isExecutable({ document }: Parsed): boolean {
  return (
    document === null || document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION || kind === Kind.FRAGMENT_DEFINITION)
  );
}

/** The operation around an offset; a fragment belongs to the only operation, where there is one only. */
function operationAt({ document, operations }: Parsed, offset: number, found: FoundDocument): string {
  const [only] = operations;
  const around = document?.definitions.find(({ loc }) => loc && loc.start <= offset && offset < loc.end);
  if (around?.kind === Kind.OPERATION_DEFINITION) return around.name?.value ?? found.name;
  if (only && operations.length === 1) return only.name?.value ?? found.name;
  return around?.kind === Kind.FRAGMENT_DEFINITION ? around.name.value : found.name;
}

/** A fragment in a .graphql file is there for other files to spread. */
function isUsedElsewhere({ rule, message }: TextFinding, found: FoundDocument, index: FragmentIndex): boolean {
  if (rule !== NoUnusedFragmentsRule.name || found.language !== 'graphql') return false;
  const name = /^Fragment "(\w+)"/.exec(message)?.[1];
  return name !== undefined && index.isSpreadOutside(name, found);
}

function hinted(finding: TextFinding, index: FragmentIndex): TextFinding {
  const name = /^Unknown fragment "(\w+)"/.exec(finding.message)?.[1];
  const places = name === undefined ? [] : index.placesOf(name);
  if (places.length < 2) return finding;
  return {
    ...finding,
    message: `${finding.message.replace(/\.$/, '')}: the tree has ${places.length} that differ, at ${places.join(', ')}`,
  };
}
