/** Schema coordinates that a document touches: `Policy.title`, `Query.package(bucket:)`, `PermissionInput.bucket`. */
import { getNamedType, isInputObjectType, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Contract } from './contract.ts';
import { operationNamed, parseDocument } from './prepared-document.ts';

export interface FieldsUsed {
  /** Output fields, `Type.field`, sorted. `__typename` is left out. */
  readonly fields: readonly string[];
  /** Arguments, `Type.field(argument:)`, sorted. */
  readonly arguments: readonly string[];
  /** Input types of the variables and, of literals, their fields (`Input.field`), sorted. */
  readonly inputs: readonly string[];
}

/** What an operation of the document touches, fragments that it spreads included. Fields that the schema lacks are left out: `judgeDocument` finds them. */
export function fieldsUsed(contract: Contract, document: string, operationName: string | null): FieldsUsed {
  const parsed = parseDocument(document);
  const operation = operationNamed(parsed, operationName);
  const fields = new Set<string>();
  const args = new Set<string>();
  const inputs = new Set<string>();
  const spread = new Set<string>();
  const typeInfo = new TypeInfo(contract.schema);
  const walk = (node: Parameters<typeof visit>[0]) =>
    visit(
      node,
      visitWithTypeInfo(typeInfo, {
        Field(field) {
          const parent = typeInfo.getParentType();
          if (parent && typeInfo.getFieldDef() && field.name.value !== '__typename') fields.add(`${parent.name}.${field.name.value}`);
        },
        Argument(argument) {
          const parent = typeInfo.getParentType();
          const field = typeInfo.getFieldDef();
          if (parent && field && typeInfo.getArgument()) args.add(`${parent.name}.${field.name}(${argument.name.value}:)`);
        },
        ObjectField(member) {
          const parent = getNamedType(typeInfo.getParentInputType());
          if (isInputObjectType(parent) && parent.getFields()[member.name.value]) inputs.add(`${parent.name}.${member.name.value}`);
        },
        VariableDefinition() {
          const type = getNamedType(typeInfo.getInputType());
          if (isInputObjectType(type)) inputs.add(type.name);
        },
        FragmentSpread({ name }) {
          if (spread.has(name.value)) return;
          spread.add(name.value);
        },
      }),
    );
  if (operation) walk(operation);
  // The set grows while it is walked: a fragment may spread another.
  for (const name of spread) {
    const fragment = parsed.fragments.get(name);
    if (fragment) walk(fragment);
  }
  return { fields: [...fields].sort(), arguments: [...args].sort(), inputs: [...inputs].sort() };
}
