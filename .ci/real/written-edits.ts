/** Edits whose outcome is known from the edit itself: of what a program passes as variables, and of a schema, by our rules about both. */
import {
  buildSchema,
  type GraphQLSchema,
  getNamedType,
  isUnionType,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  print,
  TypeInfo,
  type UnionTypeDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { type Edit, pick, type Random } from './mutate-graphql.ts';
import type { Json, ValidOperation } from './valid-operations.ts';

type JsonObject = { [key: string]: Json };

/** Variables of which one member was edited. */
export interface EditedVariables {
  readonly variables: JsonObject;
  readonly edit: string;
  /** The key that is too many or has another value, in the order of writing; null where one is gone. */
  readonly key: string | null;
}

/** Renames, drops, retypes or misplaces one member of an object in the variables; null where there is none. */
export function editVariables(valid: JsonObject, edit: Edit, random: Random): EditedVariables | null {
  const variables = structuredClone(valid);
  const objects: JsonObject[] = [];
  const walk = (value: Json) => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) {
      objects.push(value);
      for (const one of Object.values(value)) walk(one);
    }
  };
  walk(variables);
  const owner = pick(
    objects.filter((one) => Object.keys(one).length > 0 || objects.length === 1),
    random,
  );
  const keys = Object.keys(owner);
  if (keys.length === 0) return null;
  const key = pick(keys, random);
  const value = owner[key] ?? null;
  const where = owner === variables ? 'a variable' : 'a member';
  if (edit === 'rename') {
    delete owner[key];
    owner[`${key}Edited`] = value;
    return { variables, edit: `rename ${where}`, key: `${key}Edited` };
  }
  if (edit === 'drop') {
    delete owner[key];
    return { variables, edit: `drop ${where}`, key: null };
  }
  if (edit === 'retype') {
    owner[key] = pick<Json>([null, 7, 'other', true, 1.5, { edited: 1 }, [{ edited: 1 }]], random);
    return { variables, edit: `retype ${where}`, key };
  }
  const to = pick(objects, random);
  if (to === owner || Object.hasOwn(to, key)) return null;
  delete owner[key];
  to[key] = value;
  return { variables, edit: 'misplace a member', key };
}

export interface EditedSchema {
  readonly sdl: string;
  readonly edit: string;
  /** The rule that has to speak of the operation now. */
  readonly rule: string;
}

/** Deprecates a field that the operation asks for, or gives a union that it asks for another failure; null where it asks for none. */
export function editSchema(sdl: string, operation: ValidOperation, random: Random): EditedSchema | null {
  const schema = buildSchema(sdl);
  const { fields, unions } = askedFor(schema, operation);
  const document = parse(sdl, { noLocation: true });
  if (random() < 0.5 || unions.length === 0) {
    if (fields.length === 0) return null;
    const [type, name] = pick(fields, random);
    const deprecated = visit(document, {
      ObjectTypeDefinition: (node) => (node.name.value === type ? deprecate(node, name) : undefined),
      ObjectTypeExtension: (node) => (node.name.value === type ? deprecate(node, name) : undefined),
    });
    return { sdl: print(deprecated), edit: 'deprecate a field', rule: 'deprecated' };
  }
  const union = pick(unions, random);
  const added = visit(document, {
    UnionTypeDefinition: (node): UnionTypeDefinitionNode | undefined =>
      node.name.value === union
        ? { ...node, types: [...(node.types ?? []), { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'EditedError' } }] }
        : undefined,
  });
  return {
    sdl: `${print(added)}\ntype EditedError { message: String! }\n`,
    edit: 'add a failure to a union',
    rule: 'unhandled-union-members',
  };
}

function deprecate<T extends ObjectTypeDefinitionNode | ObjectTypeExtensionNode>(node: T, field: string): T {
  const directive = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'deprecated' } } as const;
  return {
    ...node,
    fields: (node.fields ?? []).map((one) =>
      one.name.value === field ? { ...one, directives: [...(one.directives ?? []), directive] } : one,
    ),
  };
}

function askedFor(schema: GraphQLSchema, { text }: ValidOperation) {
  const info = new TypeInfo(schema);
  const fields: (readonly [string, string])[] = [];
  const unions: string[] = [];
  visit(
    parse(text),
    visitWithTypeInfo(info, {
      Field(node) {
        const parent = info.getParentType();
        const type = getNamedType(info.getType() ?? undefined);
        if (parent && !node.name.value.startsWith('__') && parent.astNode?.kind === Kind.OBJECT_TYPE_DEFINITION)
          fields.push([parent.name, node.name.value]);
        if (isUnionType(type)) unions.push(type.name);
      },
    }),
  );
  return { fields, unions };
}
