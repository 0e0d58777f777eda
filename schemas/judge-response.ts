/** Judges a response by the document that asked for it (C-11). */
import type { OperationDefinitionNode } from 'graphql';
import type { Contract } from './contract.ts';
import type { Finding } from './finding.ts';
import { judgeErrors } from './judge-errors.ts';
import { type Judging, judgeObject, say } from './judge-value.ts';
import { BoundedMap, documentCache, operationNamed, type Parsed, parseDocument } from './prepared-document.ts';
import { conditionValues, conditionVariables, includedBy } from './response-conditions.ts';
import { planSelection, type SelectionPlan } from './response-plan.ts';
import { isRecord, kindOf } from './value-kind.ts';

/** An operation ready to judge by; a plan for each set of values that its @skip and @include had. */
interface Prepared {
  readonly parsed: Parsed;
  readonly operation: OperationDefinitionNode;
  readonly conditions: readonly string[];
  readonly plans: BoundedMap<string, SelectionPlan>;
}

/** Most sets of condition values kept for one operation. */
const MOST_PLANS = 64;

const cached = documentCache<{ readonly prepared: Prepared | null }>();

/**
 * Everything in `response` (the parsed body) that does not fit the schema and the document: null for non-null, unknown enum values and type names, missing
 * and extra fields, wrong kinds, the form of errors. Nulls that an error explains are legal. The document itself must fit: `judgeDocument` first.
 */
export function judgeResponse(
  contract: Contract,
  document: string,
  operationName: string | null,
  variables: Readonly<Record<string, unknown>> | null | undefined,
  response: unknown,
): readonly Finding[] {
  const judging: Judging = { schema: contract.schema, findings: [], path: [], at: null };
  if (!isRecord(response)) {
    say(judging, 'response-shape', `expected an object with data or errors, got ${kindOf(response)}`, 'response');
    return judging.findings;
  }
  const { data, errors } = response;
  for (const key of Object.keys(response)) {
    if (key !== 'data' && key !== 'errors' && key !== 'extensions')
      say(judging, 'response-shape', 'expected only data, errors and extensions, got another member', key);
  }
  if ('errors' in response) judgeErrors(judging, errors, data);
  if (data === undefined || data === null) {
    if (!('errors' in response))
      say(judging, 'response-shape', `expected data or errors, got ${'data' in response ? 'null' : 'neither'}`, 'data');
    return judging.findings;
  }
  const plan = planFor(contract, document, operationName, variables ?? {});
  judging.path.push('data');
  if (plan) judgeObject(judging, data, plan);
  return judging.findings;
}

function planFor(
  contract: Contract,
  document: string,
  name: string | null,
  variables: Readonly<Record<string, unknown>>,
): SelectionPlan | null {
  const { prepared } = cached(contract, `${name ?? ''}\n${document}`, () => ({ prepared: prepare(document, name) }));
  if (!prepared) return null;
  const { parsed, operation, conditions, plans } = prepared;
  const root = contract.schema.getRootType(operation.operation);
  if (!root) return null;
  const values = conditionValues(conditions, operation, variables);
  return plans.obtain([...values.values()].join(), () =>
    planSelection(contract.schema, parsed, includedBy(values), root, [operation.selectionSet]),
  );
}

function prepare(document: string, name: string | null): Prepared | null {
  const parsed = parseDocument(document);
  const operation = operationNamed(parsed, name);
  return operation && { parsed, operation, conditions: conditionVariables(parsed), plans: new BoundedMap(MOST_PLANS) };
}
