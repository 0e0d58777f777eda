/** Schema coordinates that a document touches: `Policy.title`, `Query.package(bucket:)`, `PermissionInput.bucket`. */
import { getNamedType, isInputObjectType } from 'graphql';
import type { Contract } from './contract.ts';
import { operationNamed, parseDocument } from './prepared-document.ts';
import { spreadsOf, type TouchKind, touchesOf, variablesOf } from './usage/touch-definition.ts';

export interface FieldsUsed {
  /** Output fields, `Type.field`, sorted. `__typename` is left out. */
  readonly fields: readonly string[];
  /** Arguments, `Type.field(argument:)`, sorted. */
  readonly arguments: readonly string[];
  /** Input types of the variables and, of literals, their fields (`Input.field`), sorted. */
  readonly inputs: readonly string[];
}

/** What an operation of the document touches, fragments that it spreads included. Fields that the schema lacks are left out: `judgeDocument` finds them. */
export function fieldsUsed({ schema }: Contract, document: string, operationName: string | null): FieldsUsed {
  const parsed = parseDocument(document);
  const operation = operationNamed(parsed, operationName);
  const typeOf = (name: string) => parsed.fragments.get(name)?.typeCondition.name.value ?? null;
  const touches = operation === null ? [] : [...touchesOf(schema, operation, typeOf)];
  const spread = new Set(operation === null ? [] : spreadsOf(operation));
  // The set grows while it is walked: a fragment may spread another.
  for (const name of spread) {
    const fragment = parsed.fragments.get(name);
    if (fragment === undefined) continue;
    touches.push(...touchesOf(schema, fragment, typeOf));
    for (const more of spreadsOf(fragment)) spread.add(more);
  }
  const of = (kind: TouchKind) => touches.flatMap((touch) => (touch.kind === kind ? [touch.coordinate] : []));
  const brought = (operation === null ? [] : variablesOf(schema, operation)).flatMap(({ type }) => {
    const named = getNamedType(type);
    return isInputObjectType(named) ? [named.name] : [];
  });
  return { fields: sorted(of('field')), arguments: sorted(of('argument')), inputs: sorted([...of('input-field'), ...brought]) };
}

const sorted = (coordinates: readonly string[]) => [...new Set(coordinates)].sort();
