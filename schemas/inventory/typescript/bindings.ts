/** Which declaration a name means where it stands, and who writes to it. */
import type { ArrowFunctionExpression, Node, Function as PlainFunction } from 'oxc-parser';
import type { SyntaxTree } from './syntax-tree.ts';

export type NodeOf<T extends Node['type']> = Extract<Node, { type: T }>;

/** One step from a value into what a pattern takes of it. */
export type Step = { readonly key: string } | { readonly index: number } | { readonly default: Node } | { readonly rest: true };

/** A name that is declared in a scope. */
export interface Binding {
  readonly name: string;
  readonly kind: 'const' | 'let' | 'var' | 'parameter' | 'function' | 'class' | 'enum' | 'namespace' | 'import' | 'caught';
  /** The declaration: a declarator, parameter, function, class, enum, namespace or import specifier. */
  readonly node: Node;
  /** Where the name stands in its declaration. */
  readonly id: Node;
  readonly scope: Node;
  /** From the declared value to this name, when it is taken apart. */
  readonly steps: readonly Step[];
}

/** The names of a file. */
export interface Names {
  readonly tree: SyntaxTree;
  readonly scopes: ReadonlyMap<Node, ReadonlyMap<string, Binding>>;
  /** Every use of a name as a value, declarations left out. */
  readonly uses: ReadonlyMap<string, readonly Node[]>;
}

const known = new WeakMap<SyntaxTree, Names>();

/** Declarations and uses of a file, read once a tree. */
export function namesOf(tree: SyntaxTree): Names {
  let names = known.get(tree);
  if (names === undefined) {
    names = readNames(tree);
    known.set(tree, names);
  }
  return names;
}

const functionTypes = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const scopeTypes = new Set([
  ...functionTypes,
  'Program',
  'BlockStatement',
  'StaticBlock',
  'ForStatement',
  'ForInStatement',
  'ForOfStatement',
  'SwitchStatement',
  'CatchClause',
  'ClassDeclaration',
  'ClassExpression',
  'TSModuleBlock',
]);

export type FunctionNode = PlainFunction | ArrowFunctionExpression;
export const isFunction = (node: Node | null | undefined): node is FunctionNode => node != null && functionTypes.has(node.type);

/** The function around a node, or null at the top of the file. */
export function functionAround(node: Node): FunctionNode | null {
  for (let up = parentOf(node); up !== null; up = parentOf(up)) if (isFunction(up)) return up;
  return null;
}

export const parentOf = (node: Node): Node | null => node.parent ?? null;

/** The declaration that a name means at a node; null for a name of no declaration in the file. */
export function bindingAt(names: Names, name: string, at: Node): Binding | null {
  for (let up: Node | null = at; up !== null; up = parentOf(up)) {
    const binding = names.scopes.get(up)?.get(name);
    // A default of a parameter sees the parameters, not the body; bodies have a scope of their own here, so that holds by itself.
    if (binding !== undefined) return binding;
  }
  return null;
}

const usesByBinding = new WeakMap<readonly Node[], Map<Binding | null, Node[]>>();

/** Every use of a declaration, in the order of the file. */
export function usesOf(names: Names, binding: Binding): readonly Node[] {
  const uses = names.uses.get(binding.name);
  if (uses === undefined) return [];
  let grouped = usesByBinding.get(uses);
  if (grouped === undefined) {
    grouped = Map.groupBy(uses, (use) => bindingAt(names, binding.name, use));
    usesByBinding.set(uses, grouped);
  }
  return grouped.get(binding) ?? [];
}

function readNames(tree: SyntaxTree): Names {
  const scopes = new Map<Node, Map<string, Binding>>();
  const uses = new Map<string, Node[]>();
  const declared = new Set<Node>();

  const declare = (kind: Binding['kind'], id: Node | null | undefined, node: Node, scope: Node, steps: readonly Step[] = []) => {
    if (id?.type !== 'Identifier') return;
    declared.add(id);
    let table = scopes.get(scope);
    if (table === undefined) {
      table = new Map();
      scopes.set(scope, table);
    }
    // An overloaded function's signatures and a repeated var keep their first declaration; one with a body or value is the better.
    const earlier = table.get(id.name);
    if (earlier === undefined || (kind === 'var' && node.type === 'VariableDeclarator' && node.init !== null && earlier.kind === 'var'))
      table.set(id.name, { name: id.name, kind, node, id, scope, steps });
  };
  const declarePattern = (kind: Binding['kind'], root: Node, node: Node, scope: Node) => {
    for (const { id, steps } of namesInPattern(root)) declare(kind, id, node, scope, steps);
  };

  for (const node of tree.nodes) {
    switch (node.type) {
      case 'VariableDeclaration':
        for (const declarator of node.declarations) {
          const kind = node.kind === 'var' ? 'var' : node.kind === 'let' ? 'let' : 'const';
          declarePattern(kind, declarator.id, declarator, scopeAround(node, kind === 'var'));
        }
        break;
      case 'FunctionDeclaration':
        declare('function', node.id, node, scopeAround(node, false));
        break;
      case 'FunctionExpression':
        declare('function', node.id, node, node);
        break;
      case 'ClassDeclaration':
        declare('class', node.id, node, scopeAround(node, false));
        break;
      case 'ClassExpression':
        declare('class', node.id, node, node);
        break;
      case 'TSEnumDeclaration':
        declare('enum', node.id, node, scopeAround(node, false));
        break;
      case 'TSModuleDeclaration':
        declare('namespace', node.id, node, scopeAround(node, false));
        break;
      case 'ImportSpecifier':
      case 'ImportDefaultSpecifier':
      case 'ImportNamespaceSpecifier':
        declare('import', node.local, node, tree.program);
        break;
      case 'TSImportEqualsDeclaration':
        declare('import', node.id, node, scopeAround(node, false));
        break;
      case 'CatchClause':
        if (node.param) declarePattern('caught', node.param, node, node);
        break;
      case 'Identifier':
        if (!uses.has(node.name)) uses.set(node.name, []);
        uses.get(node.name)?.push(node);
        break;
    }
    if (isFunction(node)) for (const parameter of node.params) declarePattern('parameter', patternOf(parameter), parameter, node);
  }
  for (const [name, nodes] of uses) {
    const values = nodes.filter((node) => !declared.has(node) && !isNameOnly(node)).sort((a, b) => a.start - b.start);
    uses.set(name, values);
  }
  return { tree, scopes, uses };
}

/** The pattern of a parameter, without the accessibility that makes it a property. */
export function patternOf(parameter: Node): Node {
  return parameter.type === 'TSParameterProperty' ? parameter.parameter : parameter;
}

/** An identifier that names a member or a key and is no use of a variable. */
function isNameOnly(node: Node): boolean {
  const parent = parentOf(node);
  if (parent === null) return false;
  if (parent.type === 'MemberExpression') return parent.property === node && !parent.computed;
  if (parent.type === 'Property') return parent.key === node && !parent.computed && parent.value !== node;
  return parent.type === 'MethodDefinition' || parent.type === 'PropertyDefinition' ? parent.key === node && !parent.computed : false;
}

function scopeAround(node: Node, ofFunction: boolean): Node {
  let last = node;
  for (let up = parentOf(node); up !== null; up = parentOf(up)) {
    last = up;
    if (ofFunction ? isFunction(up) || up.type === 'TSModuleBlock' || up.type === 'StaticBlock' : scopeTypes.has(up.type)) return up;
  }
  return last;
}

function* namesInPattern(pattern: Node, steps: readonly Step[] = []): Generator<{ readonly id: Node; readonly steps: readonly Step[] }> {
  switch (pattern.type) {
    case 'Identifier':
      yield { id: pattern, steps };
      break;
    case 'AssignmentPattern':
      yield* namesInPattern(pattern.left, [...steps, { default: pattern.right }]);
      break;
    case 'RestElement':
      yield* namesInPattern(pattern.argument, [...steps, { rest: true }]);
      break;
    case 'ArrayPattern':
      for (const [index, element] of pattern.elements.entries()) if (element) yield* namesInPattern(element, [...steps, { index }]);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties) {
        if (property.type === 'RestElement') yield* namesInPattern(property.argument, [...steps, { rest: true }]);
        else {
          const key = keyName(property.key, property.computed);
          yield* namesInPattern(property.value, [...steps, key === null ? { rest: true } : { key }]);
        }
      }
      break;
  }
}

/** The name of a key that is known without evaluating anything, or null. */
export function keyName(key: Node, computed: boolean): string | null {
  if (key.type === 'Identifier' && !computed) return key.name;
  if (key.type === 'PrivateIdentifier') return `#${key.name}`;
  if (key.type === 'Literal' && (typeof key.value === 'string' || typeof key.value === 'number')) return String(key.value);
  return null;
}
