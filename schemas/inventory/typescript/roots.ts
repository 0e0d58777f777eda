/** The largest expressions of a file that can make text, and how each is marked. */
import type { Node } from 'oxc-parser';
import { isFunction, type Names, parentOf } from './bindings.ts';
import { isDocumentNode } from './document-node.ts';
import { termsOf } from './evaluate-text.ts';
import { unwrapped } from './reach.ts';
import type { SyntaxTree } from './syntax-tree.ts';
import { marksGraphql, nameOfTag, takesOffIndent } from './tags.ts';
import { writesOf } from './writes.ts';

/** Where GraphQL is demanded: what stands there is GraphQL, whatever it looks like. */
export interface Roots {
  /** Largest expressions with text in them, in the order of the file. */
  readonly made: readonly Node[];
  readonly all: ReadonlySet<Node>;
  /** Expressions that are marked as GraphQL: what a tag makes, what a call of gql or graphql is given, what the comment stands before. */
  readonly marked: ReadonlySet<Node>;
}

const known = new WeakMap<SyntaxTree, Roots>();

/** The roots of a file, told by its syntax alone. */
export function rootsOf(names: Names): Roots {
  let roots = known.get(names.tree);
  if (roots === undefined) {
    roots = readRoots(names);
    known.set(names.tree, roots);
  }
  return roots;
}

function readRoots(names: Names): Roots {
  const made = new Set<Node>();
  const marked = new Set<Node>();
  const sums = new Map<Node, Node>();
  const comments = names.tree.comments.filter(({ type, value }) => type === 'Block' && /^\s*graphql\s*$/i.test(value));
  for (const node of names.tree.nodes) {
    switch (node.type) {
      case 'TaggedTemplateExpression':
        if (marksGraphql(node.tag, names)) {
          marked.add(node);
          made.add(node);
        }
        made.add(largest(node, sums));
        break;
      case 'Literal':
        if (typeof node.value === 'string' && isValue(node)) made.add(largest(node, sums));
        break;
      case 'TemplateLiteral':
        if (parentOf(node)?.type !== 'TaggedTemplateExpression') made.add(largest(node, sums));
        break;
      case 'BinaryExpression':
        if (node.operator === '+') made.add(largest(node, sums));
        break;
      case 'ObjectExpression':
        if (isDocumentNode(node)) made.add(node);
        break;
      case 'NewExpression':
        if (nameOfTag(node.callee) === 'TypedDocumentString' && node.arguments[0]) marked.add(largest(unwrapped(node.arguments[0]), sums));
        break;
      case 'CallExpression': {
        const first = node.arguments[0];
        if (first !== undefined && first.type !== 'SpreadElement' && marksGraphql(node.callee, names)) {
          const source = sourceArgument(node.arguments);
          if (source !== null) marked.add(largest(unwrapped(source), sums));
        }
        made.add(largest(node, sums));
        break;
      }
    }
  }
  for (const comment of comments) {
    const node = nodeAfter(names, comment.end);
    if (node !== null) marked.add(largest(unwrapped(node), sums));
  }
  for (const node of written(names)) made.add(node);
  return { all: made, made: [...made].sort((a, b) => a.start - b.start || b.end - a.end), marked };
}

/** What `gql(text)` and graphql-js's `graphql(schema, text)` are given as the text. */
function sourceArgument(args: readonly Node[]): Node | null {
  const [first, second] = args;
  if (first === undefined) return null;
  const plain = unwrapped(first);
  if (plain.type === 'ObjectExpression') return null;
  if (plain.type === 'Identifier' && /schema$/i.test(plain.name) && second !== undefined) return second;
  return isFunction(plain) || plain.type === 'CallExpression' ? null : plain;
}

/** Not a key, a module's name, a type or a directive. */
function isValue(node: Node): boolean {
  const parent = parentOf(node);
  if (parent === null) return false;
  switch (parent.type) {
    case 'Property':
      return parent.value === node || parent.computed;
    case 'PropertyDefinition':
      return parent.value === node;
    case 'TSEnumMember':
      return parent.initializer === node;
    case 'JSXAttribute':
      return parent.name.type === 'JSXIdentifier' && /^(?:query|mutation|subscription|document)$/.test(parent.name.name);
    case 'MemberExpression':
    case 'TSPropertySignature':
    case 'TSMethodSignature':
    case 'TSModuleDeclaration':
    case 'MethodDefinition':
    case 'ImportAttribute':
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
    case 'ImportExpression':
    case 'TSLiteralType':
    case 'TSExternalModuleReference':
      return false;
    case 'ExpressionStatement':
      return !('directive' in parent) || parent.directive == null;
    default:
      return true;
  }
}

/** Variables whose text is put together by several statements. */
function* written(names: Names): Generator<Node> {
  for (const table of names.scopes.values())
    for (const binding of table.values())
      if (binding.node.type === 'VariableDeclarator' && binding.steps.length === 0 && writesOf(names, binding).some(buildsOn))
        yield binding.node;
}

/** `q += …` and `q = q + …`, `q = `${q} …``. */
function buildsOn(write: Node): boolean {
  if (write.type !== 'AssignmentExpression' || write.left.type !== 'Identifier') return false;
  if (write.operator === '+=') return true;
  const { name } = write.left;
  const right = unwrapped(write.right);
  if (right.type === 'TemplateLiteral') return right.expressions.some((one) => one.type === 'Identifier' && one.name === name);
  return right.type === 'BinaryExpression' && termsOf(right).some((one) => one.type === 'Identifier' && one.name === name);
}

const passing = new Set([
  'TSAsExpression',
  'TSSatisfiesExpression',
  'TSNonNullExpression',
  'TSTypeAssertion',
  'TSInstantiationExpression',
  'ChainExpression',
  'ParenthesizedExpression',
  'AwaitExpression',
]);
const textMethods = /^(?:trim(?:Start|End|Left|Right)?|replace|replaceAll|concat|toString|repeat|slice|substring|toLowerCase|toUpperCase)$/;
const listMethods = /^(?:join|filter|map|concat|flat)$/;

/** The largest expression around one whose text it is part of. */
function largest(node: Node, largestOf: Map<Node, Node>): Node {
  // A term of a sum, and what a method makes another text of, is part of whatever that is part of, which was read before.
  const up = parentOf(node);
  const method = up?.type === 'MemberExpression' ? methodOn(node) : null;
  const outer =
    up?.type === 'BinaryExpression' && up.operator === '+' ? up : method !== null && textMethods.test(method.name) ? method.call : null;
  const found = (outer === null ? undefined : largestOf.get(outer)) ?? climb(node);
  if (node.type === 'BinaryExpression' || node.type === 'CallExpression') largestOf.set(node, found);
  return found;
}

function climb(node: Node): Node {
  let best = node;
  for (let one = node, up = parentOf(node); up !== null; one = up, up = parentOf(up)) {
    switch (up.type) {
      case 'BinaryExpression':
        if (up.operator !== '+') return best;
        best = up;
        continue;
      case 'TemplateLiteral': {
        const tagged = parentOf(up);
        best = tagged?.type === 'TaggedTemplateExpression' ? tagged : up;
        up = best;
        continue;
      }
      case 'ConditionalExpression':
        if (up.test === one) return best;
        continue;
      case 'LogicalExpression':
        continue;
      case 'ArrayExpression':
      case 'SpreadElement': {
        const method = methodOn(up);
        if (up.type === 'SpreadElement' ? parentOf(up)?.type !== 'ArrayExpression' : method === null || !listMethods.test(method.name))
          return best;
        continue;
      }
      case 'MemberExpression': {
        const method = methodOn(one);
        if (method === null || !(textMethods.test(method.name) || (listMethods.test(method.name) && one.type !== 'Literal'))) return best;
        up = method.call;
        if (textMethods.test(method.name) || method.name === 'join') best = method.call;
        continue;
      }
      case 'CallExpression': {
        if (up.callee === one) return best;
        const name = nameOfTag(up.callee);
        if (takesOffIndent(name) || name === 'String') best = up;
        else if (name !== 'concat') return best;
        else if (methodCall(up)) best = up;
        continue;
      }
      default:
        if (!passing.has(up.type)) return best;
    }
  }
  return best;
}

const methodCall = (node: Node): boolean => node.type === 'CallExpression' && unwrapped(node.callee).type === 'MemberExpression';

/** The method that is called on an expression. */
function methodOn(node: Node): { readonly name: string; readonly call: Node } | null {
  let one = node;
  let member = parentOf(node);
  while (member !== null && passing.has(member.type)) {
    one = member;
    member = parentOf(member);
  }
  if (member?.type !== 'MemberExpression' || member.object !== one || member.property.type !== 'Identifier' || member.computed) return null;
  const call = parentOf(member);
  return call?.type === 'CallExpression' && call.callee === member ? { name: member.property.name, call } : null;
}

const expression = /(?:Expression|Literal|Identifier)$/;

/** The largest expression that begins after a comment. */
function nodeAfter(names: Names, end: number): Node | null {
  const start = end + (/^\s*/.exec(names.tree.file.text.slice(end, end + 200))?.[0].length ?? 0);
  return names.tree.nodes.find((node) => node.start === start && expression.test(node.type)) ?? null;
}
