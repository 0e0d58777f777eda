/** Calls and objects that hand a document to whatever sends it, and the variables beside it. */
import type { Node } from 'oxc-parser';
import { type Binding, bindingAt, keyName, type Names, parentOf, usesOf } from './bindings.ts';
import { unwrapped } from './reach.ts';
import { sourceOf } from './reader.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { importOf, nameOfTag } from './tags.ts';

/** A place where a document goes. */
export interface Demand {
  readonly document: Node;
  /** The variables, or an object that has them as `variables`; null when none are passed. */
  readonly variables: { readonly node: Node; readonly as: 'variables' | 'options' | 'either' } | null;
  readonly operationName: Node | null;
  /** Certainly GraphQL: what cannot be read there is told, while a database also has queries. */
  readonly certain: boolean;
}

const known = new WeakMap<SyntaxTree, readonly Demand[]>();

/** The demands of a file, told by its syntax alone. */
export function demandsOf(names: Names): readonly Demand[] {
  let demands = known.get(names.tree);
  if (demands === undefined) {
    const sends = sendsGraphql(names);
    demands = names.tree.nodes.flatMap((node) => {
      if (node.type === 'ObjectExpression') return inObject(node);
      if (node.type === 'CallExpression') return [...inCall(node, names, sends), ...inHook(node, names)];
      return [];
    });
    known.set(names.tree, demands);
  }
  return demands;
}

const documentKeys = /^(?:query|mutation|subscription|document|source)$/;
const variableKeys = /^(?:variables|variableValues)$/;

function inObject(node: Node & { type: 'ObjectExpression' }): readonly Demand[] {
  let document: Node | null = null;
  let variables: Node | null = null;
  let operationName: Node | null = null;
  for (const property of node.properties) {
    if (property.type !== 'Property' || property.method || property.kind !== 'init') continue;
    const key = keyName(property.key, property.computed) ?? '';
    if (documentKeys.test(key) && !/^(?:Object|Array|Arrow|Function)/.test(unwrapped(property.value).type)) document ??= property.value;
    else if (variableKeys.test(key)) variables = property.value;
    else if (key === 'operationName') operationName = property.value;
  }
  if (document === null) return [];
  return [
    {
      document,
      variables: variables === null ? null : { node: variables, as: 'variables' },
      operationName,
      certain: variables !== null && isHandedOver(node),
    },
  ];
}

/** Whether an object is given to a call, be it in another object; one that is given back may be what a server was asked. */
function isHandedOver(node: Node): boolean {
  for (let up = parentOf(node); up !== null; up = parentOf(up)) {
    if (up.type === 'CallExpression' || up.type === 'NewExpression') return true;
    if (!/^(?:Object|TS\w+)Expression$|^(?:Property|SpreadElement|ConditionalExpression|LogicalExpression)$/.test(up.type)) return false;
  }
  return false;
}

const graphqlPackages =
  /^(?:graphql|graphql-.*|@graphql.*|gql\.tada|@apollo\/.*|apollo-.*|urql|@urql\/.*|react-relay.*|relay-.*|@octokit\/graphql|graphql\.macro|gatsby|villus|aws-amplify.*)$/;

/** Whether a file has to do with GraphQL by what it imports. */
const sendsGraphql = ({ tree }: Names): boolean =>
  tree.program.body.some((statement) => statement.type === 'ImportDeclaration' && graphqlPackages.test(statement.source.value));

/** Functions and methods that send text by position, and those that take options. */
const positional =
  /^(?:request|rawRequest|query|mutate|mutation|subscribe|subscription|execute|executeQuery|executeMutation|executeOperation|send|run|fetch|graphql|call|post|\w*(?:gql|graphql)\w*)$/i;
const withOptions =
  /^(?:use(?:Lazy|Suspense|Background|Loadable|Preloaded)?(?:Query|Mutation|Subscription)|readQuery|writeQuery|watchQuery|\w*(?:Query|Mutation|Subscription))$/;
const clientMethods = /^(?:request|rawRequest|query|mutate|subscribe|watchQuery)$/;

function inCall(node: Node & { type: 'CallExpression' }, names: Names, sends: boolean): readonly Demand[] {
  const callee = unwrapped(node.callee);
  const name = nameOfTag(callee);
  if (name === null) return [];
  const byPosition = positional.test(name);
  if (!byPosition && !withOptions.test(name)) return [];
  const certain = isCertain(callee, name, names, sends);
  const demands: Demand[] = [];
  for (const position of [0, 1]) {
    const document = node.arguments[position];
    if (document === undefined || document.type === 'SpreadElement' || !canBeText(document)) continue;
    // `graphql(schema, document, root, context, variables)` of graphql-js; everyone else has the variables next.
    const first = node.arguments[0];
    const bySchema = position === 1 && first?.type === 'Identifier' && /schema$/i.test(first.name);
    const next = node.arguments[bySchema ? 4 : position + 1];
    demands.push({
      document,
      variables: next === undefined || next.type === 'SpreadElement' ? null : { node: next, as: byPosition ? 'either' : 'options' },
      operationName: null,
      certain: certain && position === 0 && !isAddress(document),
    });
  }
  return demands;
}

const canBeText = (node: Node): boolean =>
  !/^(?:Object|Array|Arrow|Function|New|Class|Update|JSX|Regex|This|Super)/.test(unwrapped(node).type);

/** The URL or schema that some functions take first. */
const isAddress = (node: Node): boolean => {
  const plain = unwrapped(node);
  const name =
    plain.type === 'Identifier'
      ? plain.name
      : plain.type === 'MemberExpression' && plain.property.type === 'Identifier'
        ? plain.property.name
        : '';
  return /url|uri|endpoint|schema|path|config|options/i.test(name);
};

function isCertain(callee: Node, name: string, names: Names, sends: boolean): boolean {
  const from = importOf(callee, names)?.from;
  if (from !== undefined && graphqlPackages.test(from))
    return /^(?:request|rawRequest|execute|graphql|use\w*(?:Query|Mutation|Subscription))$/.test(name);
  if (callee.type !== 'MemberExpression' || !clientMethods.test(name)) return false;
  const receiver = sourceOf(callee.object, names);
  return /gql|graphql|apollo|urql/i.test(receiver) || (sends && /client|api|sdk/i.test(receiver)) || isMadeClient(callee.object, names);
}

/** `const client = new GraphQLClient(…)`. */
function isMadeClient(node: Node, names: Names): boolean {
  const plain = unwrapped(node);
  const binding = plain.type === 'Identifier' ? bindingAt(names, plain.name, plain) : null;
  const init = binding?.node.type === 'VariableDeclarator' ? binding.node.init : null;
  const made = init ? unwrapped(init) : null;
  return made?.type === 'NewExpression' && /GraphQL|Apollo|Gql/i.test(nameOfTag(made.callee) ?? '');
}

/** `const [send] = useMutation(DOCUMENT)` and, later, `send({ variables })` or, with urql, `const [result, send]` and `send(variables)`. */
function inHook(node: Node & { type: 'CallExpression' }, names: Names): readonly Demand[] {
  const document = node.arguments[0];
  const name = nameOfTag(node.callee);
  const parent = parentOf(node);
  if (name === null || !/^use(?:Lazy)?(?:Query|Mutation)$/.test(name) || document === undefined || document.type === 'SpreadElement')
    return [];
  if (parent?.type !== 'VariableDeclarator' || parent.id.type !== 'ArrayPattern') return [];
  return parent.id.elements.slice(0, 2).flatMap((element, index) => {
    const binding: Binding | null = element?.type === 'Identifier' ? bindingAt(names, element.name, parent) : null;
    if (binding === null) return [];
    return usesOf(names, binding).flatMap((use): readonly Demand[] => {
      const call = parentOf(use);
      const given = call?.type === 'CallExpression' && call.callee === use ? call.arguments[0] : undefined;
      if (given === undefined || given.type === 'SpreadElement') return [];
      return [{ document, variables: { node: given, as: index === 0 ? 'options' : 'either' }, operationName: null, certain: false }];
    });
  });
}
