/** The operations that our backends send, each by itself with its fragments, and values that fit their variables. */
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  typeFromAST,
  visit,
} from 'graphql';

const backends = fileURLToPath(new URL('../../backends', import.meta.url));

/** An operation as a text of its own. */
export interface ValidOperation {
  readonly name: string;
  readonly text: string;
  readonly node: OperationDefinitionNode;
}

/** Every operation of the .graphql files of the backends. */
export function validOperations(): readonly ValidOperation[] {
  const operations: ValidOperation[] = [];
  for (const folder of globSync('*/operations', { cwd: backends }).sort()) {
    const files = globSync(`${folder}/*.graphql`, { cwd: backends }).sort();
    const definitions = files.flatMap((file) => parse(readFileSync(`${backends}/${file}`, 'utf8'), { noLocation: true }).definitions);
    const fragments = new Map(
      definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
    );
    for (const node of definitions) {
      if (node.kind !== Kind.OPERATION_DEFINITION) continue;
      const text = [node, ...spreadBy(node, fragments)].map((one) => print(one)).join('\n');
      operations.push({ name: `${folder} ${node.name?.value}`, text, node });
    }
  }
  return operations;
}

function spreadBy(
  root: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): ReadonlySet<FragmentDefinitionNode> {
  const found = new Set<FragmentDefinitionNode>();
  const walk = (node: OperationDefinitionNode | FragmentDefinitionNode) =>
    void visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (fragment === undefined || found.has(fragment)) return;
        found.add(fragment);
        walk(fragment);
      },
    });
  walk(root);
  return found;
}

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A value for every variable of the operation. */
export function variablesFor(schema: GraphQLSchema, node: OperationDefinitionNode): { [key: string]: Json } {
  const entries = (node.variableDefinitions ?? []).map(({ variable, type }): [string, Json] => {
    const declared = typeFromAST(schema, type);
    if (!isInputType(declared)) throw new Error(`$${variable.name.value}: expected an input type, got ${print(type)}`);
    return [variable.name.value, valueFor(declared, 0)];
  });
  return Object.fromEntries(entries);
}

function valueFor(type: GraphQLInputType, depth: number): Json {
  if (isNonNullType(type)) return valueFor(type.ofType, depth);
  if (isListType(type)) return depth > 4 ? [] : [valueFor(type.ofType, depth + 1)];
  if (isEnumType(type)) return type.getValues()[0]?.name ?? '';
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => depth < 4 || isNonNullType(field.type));
    return Object.fromEntries((type.isOneOf ? fields.slice(0, 1) : fields).map((field) => [field.name, valueFor(field.type, depth + 1)]));
  }
  return { Int: 3, Float: 2.5, Boolean: true, ID: 'id-1', String: 'some text' }[type.name] ?? 'custom';
}
