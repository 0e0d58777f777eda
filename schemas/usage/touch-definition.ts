/** What of a schema one definition of a document touches, each with where it does. */
import {
  type ASTNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInputType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql';

/**
 * `field` `T.f`; `argument` `T.f(a:)`; `input-field` `X.f`; `enum-value` `E.V`; `type` `T`, of what is selected, `input-type` `X`, of what is written or
 * declared for variables; `member` `U|M`, a type condition within an abstract type; `directive` `@d`. `any` is `X.*` or `E.*`: a variable brings something of the type, of which no more is known.
 */
export type TouchKind = 'field' | 'argument' | 'input-field' | 'enum-value' | 'type' | 'input-type' | 'member' | 'directive' | 'any';

export interface Touch {
  readonly kind: TouchKind;
  readonly coordinate: string;
  /** Offset in the document's text. */
  readonly at: number;
}

/**
 * Touches of an operation or a fragment itself, without what is in the fragments that it spreads; `typeOf` is what a fragment is on. What the schema lacks is
 * left out: `judgeDocument` finds it.
 */
export function touchesOf(
  schema: GraphQLSchema,
  definition: OperationDefinitionNode | FragmentDefinitionNode,
  typeOf: (fragment: string) => string | null,
): readonly Touch[] {
  const touches: Touch[] = [];
  const typeInfo = new TypeInfo(schema);
  const touch = (kind: TouchKind, coordinate: string, at: number | undefined) => touches.push({ kind, coordinate, at: at ?? 0 });
  visit(
    definition,
    visitWithTypeInfo(typeInfo, {
      OperationDefinition: ({ operation, loc }) => {
        const root = schema.getRootType(operation);
        if (root) touch('type', root.name, loc?.start);
      },
      FragmentDefinition: ({ typeCondition }) => {
        if (schema.getType(typeCondition.name.value)) touch('type', typeCondition.name.value, typeCondition.loc?.start);
      },
      Field: ({ name }) => {
        const [parent, field] = [typeInfo.getParentType(), typeInfo.getFieldDef()];
        if (!parent || !field || name.value.startsWith('__')) return;
        touch('field', `${parent.name}.${name.value}`, name.loc?.start);
        touch('type', getNamedType(field.type).name, name.loc?.start);
      },
      Argument: ({ name }) => {
        const [parent, field] = [typeInfo.getParentType(), typeInfo.getFieldDef()];
        if (parent && field && !typeInfo.getDirective() && typeInfo.getArgument())
          touch('argument', `${parent.name}.${field.name}(${name.value}:)`, name.loc?.start);
      },
      Directive: ({ name }) => {
        touch('directive', `@${name.value}`, name.loc?.start);
      },
      ObjectValue: ({ loc }) => {
        const type = getNamedType(typeInfo.getInputType());
        if (isInputObjectType(type)) touch('input-type', type.name, loc?.start);
      },
      ObjectField: ({ name }) => {
        const parent = getNamedType(typeInfo.getParentInputType());
        if (isInputObjectType(parent) && parent.getFields()[name.value])
          touch('input-field', `${parent.name}.${name.value}`, name.loc?.start);
      },
      EnumValue: ({ value, loc }) => {
        const type = getNamedType(typeInfo.getInputType());
        if (isEnumType(type) && type.getValue(value)) touch('enum-value', `${type.name}.${value}`, loc?.start);
      },
    }),
  );
  // TypeInfo has entered the condition's own type when a fragment is visited, so that conditions need a walk of their own.
  const above = new TypeInfo(schema);
  visit(definition, {
    enter(node) {
      const name =
        node.kind === Kind.FRAGMENT_SPREAD
          ? typeOf(node.name.value)
          : node.kind === Kind.INLINE_FRAGMENT
            ? node.typeCondition?.name.value
            : null;
      const type = name == null ? undefined : schema.getType(name);
      const outer = above.getType();
      if (type && outer) {
        const around = getNamedType(outer);
        touch('type', type.name, placeOfCondition(node));
        if (isAbstractType(around) && around.name !== type.name) touch('member', `${around.name}|${type.name}`, placeOfCondition(node));
      }
      above.enter(node);
    },
    leave(node) {
      above.leave(node);
    },
  });
  return touches;
}

/** The name that a person looks for: the condition's, or the spread fragment's. */
function placeOfCondition(node: ASTNode): number | undefined {
  return node.kind === Kind.INLINE_FRAGMENT ? node.typeCondition?.loc?.start : node.loc?.start;
}

/** Variables of an operation whose types the schema knows. */
export function variablesOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
): readonly { readonly name: string; readonly type: GraphQLInputType; readonly at: number }[] {
  return (operation.variableDefinitions ?? []).flatMap((node) => {
    const type = typeFromAST(schema, node.type);
    return isInputType(type) ? [{ name: node.variable.name.value, type, at: node.type.loc?.start ?? 0 }] : [];
  });
}

/** Touches of a value of which nothing is known but its type: every input type that can stand in it. */
export function touchesOfAny(type: GraphQLInputType, at: number): readonly Touch[] {
  const touches: Touch[] = [];
  const entered = new Set<string>();
  const enter = (named: GraphQLNamedInputType) => {
    if (entered.has(named.name)) return;
    entered.add(named.name);
    touches.push({ kind: 'input-type', coordinate: named.name, at });
    if (isEnumType(named)) touches.push({ kind: 'any', coordinate: `${named.name}.*`, at });
    if (!isInputObjectType(named)) return;
    touches.push({ kind: 'any', coordinate: `${named.name}.*`, at });
    for (const field of Object.values(named.getFields())) enter(getNamedType(field.type));
  };
  enter(getNamedType(type));
  return touches;
}

/** Names of the fragments that a definition spreads itself, in the order of the text. */
export function spreadsOf(node: OperationDefinitionNode | FragmentDefinitionNode): readonly string[] {
  const names: string[] = [];
  visit(node, { FragmentSpread: ({ name }) => void names.push(name.value) });
  return names;
}
