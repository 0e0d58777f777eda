/** Calls that GraphQL goes to, and what goes beside it. */

import { FOR_PEOPLE } from './context.ts';
import type { Argument, Frame, SeenCall } from './frame.ts';
import { parametersOf } from './functions.ts';
import { shapeOf } from './shape.ts';
import { flatten, type State } from './state.ts';
import { sourceOf } from './syntax.ts';
import { alternativesOf, forced, type Value } from './value.ts';
import { worldsOf } from './worlds.ts';

/** A text that goes to a call as a document, with what goes with it; null where nothing is said. */
export interface Passed {
  readonly document: Value;
  readonly variables: Value | null;
  readonly operationName: Value | null;
  /** How sure it is that this is for GraphQL even when nothing is known of the text. */
  readonly sure: boolean;
  /** Whether a bare selection, which may be a template or JSON, is a document here. */
  readonly likely: boolean;
}

/** Calls that take nothing but GraphQL. */
const TAKES_GRAPHQL =
  /^(gql|graphql|graphql_sync|DocumentNode|GraphQLRequest)$|^_*(a|async_)?(execute|run|send|post|query|request|call|mutate|fetch|do)\w*(graphql|gql)|(graphql|gql)_?(query|execute|request|call|mutation|mutate|operation)s?$/i;
const BUILDS = /^_*(build|make|create|get|parse|format|is|has|validate|load|read|to|from|check|escape|print|render|log|strip|clean)_/i;
/** Calls that take documents among other things: the text must look like one. */
const MAY_TAKE = /execute|query|mutat|request|subscri|fetch|run|send|post|call|graphql|gql|invoke|perform|submit|^_?(q|m)$|^put$|open$/i;
const FOR_DOCUMENTS = /execute|graphql|gql|query|mutat|subscri/i;
const DOCUMENT_NAMED =
  /^(query|document|mutation|subscription|request|request_string|source|doc|gql|graphql|operation|statement|query_string|graphql_query|q)$/;
const VARIABLES_NAMED = /^(variables|variable_values|variableValues|params|vars|variable|query_variables|gql_variables|graphql_variables)$/;
const NAME_NAMED = /^(operation_name|operationName|op_name|operation)$/;

/** The texts that a call passes as documents. */
export function passedBy(call: SeenCall, frame: Frame): readonly Passed[] {
  const { state } = frame;
  const passed: Passed[] = [];
  const takesGraphql = TAKES_GRAPHQL.test(call.name) && !BUILDS.test(call.name);
  const names = namesOf(call);
  const documents = call.args.filter((arg) => arg.spread === '' && isTextual(arg.value));
  for (const arg of documents) {
    const name = names.get(arg) ?? null;
    if (name !== null && VARIABLES_NAMED.test(name)) continue;
    const index = call.args.indexOf(arg);
    const own = takesGraphql && (index === 0 || (name !== null && DOCUMENT_NAMED.test(name)));
    const taken = own || MAY_TAKE.test(call.name) || (name !== null && DOCUMENT_NAMED.test(name));
    const named = call.args.find((one) => VARIABLES_NAMED.test(names.get(one) ?? '') && one !== arg);
    const next = call.args[index + 1];
    const beside =
      named ?? (arg.name === null && next?.name === null && next.spread === '' && isRecord(next.value, state) ? next : undefined);
    // A document with a dictionary beside it goes to whoever it is given to.
    if (!taken && (beside === undefined || !isSent(arg.value, call.name))) continue;
    const operation = call.args.find((one) => one !== arg && NAME_NAMED.test(names.get(one) ?? ''));
    passed.push({
      document: arg.value,
      variables: beside?.value ?? null,
      operationName: operation?.value ?? null,
      sure: own,
      likely: own || FOR_DOCUMENTS.test(call.name),
    });
  }
  const sure = takesGraphql || /graphql|gql/i.test(sourceOf(frame.file, call.node).slice(0, 200));
  if (takesGraphql || MAY_TAKE.test(call.name)) for (const arg of call.args) passed.push(...payloadsIn(arg.value, state, sure));
  return passed;
}

/** The name that each argument goes by: its own, or that of the parameter it is for. */
function namesOf(call: SeenCall): ReadonlyMap<Argument, string> {
  const names = new Map<Argument, string>();
  for (const arg of call.args) if (arg.name !== null) names.set(arg, arg.name);
  if (call.callee.kind !== 'function') return names;
  const parameters = parametersOf(call.callee).slice(call.callee.self === null ? 0 : 1);
  for (const [index, arg] of call.args.entries()) {
    const parameter = parameters[index];
    if (arg.name !== null || arg.spread !== '') break;
    if (parameter === undefined || parameter.spread !== '') break;
    names.set(arg, parameter.name);
  }
  return names;
}

/** Dictionaries of the form `{"query": …, "variables": …}` in a value, or in a list of them. */
export function payloadsIn(value: Value, state: State, sure = false): readonly Passed[] {
  const passed: Passed[] = [];
  for (const one of value.kind === 'later' ? [] : alternativesOf(value, 8)) {
    if (one.kind !== 'object' || one.ref.class !== null) continue;
    const content = flatten(state.contentOf(one.ref), one);
    if (content.kind === 'list') {
      for (const item of content.items) if (item.kind === 'object') passed.push(...payloadsIn(item, state, sure));
      continue;
    }
    if (content.kind !== 'record') continue;
    const document = content.members.get('query') ?? content.members.get('mutation');
    const json = content.members.get('json');
    if (json !== undefined) passed.push(...payloadsIn(json.value, state, sure));
    if (document === undefined || !isTextual(document.value)) continue;
    const variables = content.members.get('variables');
    const operation = content.members.get('operationName') ?? content.members.get('operation_name');
    passed.push({
      document: document.value,
      variables: variables?.value ?? null,
      operationName: operation?.value ?? null,
      sure: sure || variables !== undefined || operation !== undefined,
      likely: true,
    });
  }
  return passed;
}

/** A text that is a document wherever it goes, and does not go to people. */
const isSent = (value: Value, callee: string): boolean =>
  value.kind === 'text' && !FOR_PEOPLE.test(callee) && (worldsOf(value.text)?.some((world) => shapeOf(world.variant) === 'sent') ?? false);

const isTextual = (value: Value): boolean =>
  value.kind === 'later' ||
  alternativesOf(value, 8).some((one) => one.kind === 'text' || one.kind === 'unknown' || one.kind === 'external');

function isRecord(value: Value, state: State): boolean {
  const now = forced(value);
  if (now.kind === 'choice') return now.of.some((one) => isRecord(one, state));
  return now.kind === 'object' && now.ref.class === null && flatten(state.contentOf(now.ref), now).kind === 'record';
}
