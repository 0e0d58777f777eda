/** Names that a program compares `__typename` with (C-07). */
import type { Node } from 'oxc-parser';
import type { TypenameComparison } from '../found.ts';
import { isUnknown, type Run, variantsOf } from '../text-value.ts';
import { bindingAt, keyName, type Names } from './bindings.ts';
import { unwrapped } from './reach.ts';
import { type Reader, spotAt } from './reader.ts';

/** Every comparison of a file, in its order. */
export function comparisonsIn(reader: Reader, names: Names): readonly TypenameComparison[] {
  const found: { readonly node: Node; readonly typeName: string }[] = [];
  const add = (node: Node) => {
    for (const typeName of textsOf(reader, node, names)) found.push({ node, typeName });
  };
  for (const node of names.tree.nodes) {
    switch (node.type) {
      case 'BinaryExpression':
        if (!/^[!=]==?$/.test(node.operator)) break;
        if (isTypename(node.left, names)) add(node.right);
        else if (isTypename(node.right, names)) add(node.left);
        break;
      case 'SwitchStatement':
        if (isTypename(node.discriminant, names)) for (const { test } of node.cases) if (test) add(test);
        break;
      case 'CallExpression': {
        const callee = unwrapped(node.callee);
        const argument = node.arguments[0];
        if (callee.type !== 'MemberExpression' || argument === undefined || argument.type === 'SpreadElement') break;
        const method = keyName(callee.property, callee.computed);
        if ((method === 'includes' || method === 'has' || method === 'indexOf') && isTypename(argument, names))
          for (const element of elementsOf(reader, callee.object, names)) add(element);
        break;
      }
      case 'TSTypeReference':
        if (node.typeName.type === 'Identifier' && /^(?:Extract|Exclude)$/.test(node.typeName.name)) {
          const wanted = node.typeArguments?.params[1];
          if (wanted) found.push(...literalsIn(wanted));
        }
        break;
    }
  }
  return found
    .sort((a, b) => a.node.start - b.node.start)
    .map(({ node, typeName }) => ({ place: names.tree.file.placeOf(node.start), typeName }));
}

/** `x.__typename`, a variable that is given it, or one that a pattern takes it out as. */
function isTypename(node: Node, names: Names): boolean {
  const plain = unwrapped(node);
  if (plain.type === 'MemberExpression') return keyName(plain.property, plain.computed) === '__typename';
  if (plain.type !== 'Identifier') return false;
  const binding = bindingAt(names, plain.name, plain);
  if (binding === null) return false;
  const last = binding.steps.findLast((step) => !('default' in step));
  if (last !== undefined) return 'key' in last && last.key === '__typename';
  const init = binding.node.type === 'VariableDeclarator' && binding.kind === 'const' ? binding.node.init : null;
  return init != null && unwrapped(init).type === 'MemberExpression' && isTypename(init, names);
}

/** The names that an expression can be; none when it is no known text, or no name. */
function textsOf(reader: Reader, node: Node, names: Names): readonly string[] {
  const variants = variantsOf(reader.textOf(spotAt(node, { names, frame: null }))) ?? [];
  return variants
    .filter((variant): variant is readonly Run[] => !variant.some(isUnknown))
    .map((variant) => variant.map(({ text }) => text).join(''))
    .filter((text) => /^[_A-Za-z]\w*$/.test(text) && text !== 'undefined' && text !== 'null');
}

/** Elements of a list or set whose literal stands in this file. */
function elementsOf(reader: Reader, node: Node, names: Names): readonly Node[] {
  for (const one of reader.reach(spotAt(node, { names, frame: null }))) {
    if (one.kind !== 'spot' || one.names !== names) continue;
    let list: Node = one.node;
    if (list.type === 'NewExpression' && list.callee.type === 'Identifier' && list.callee.name === 'Set' && list.arguments[0])
      list = unwrapped(list.arguments[0]);
    if (list.type === 'ArrayExpression') return list.elements.filter((element) => element !== null && element.type !== 'SpreadElement');
  }
  return [];
}

/** Names in `{ __typename: 'A' | 'B' }`, or in a union of such. */
function literalsIn(type: Node): readonly { readonly node: Node; readonly typeName: string }[] {
  switch (type.type) {
    case 'TSUnionType':
    case 'TSIntersectionType':
      return type.types.flatMap(literalsIn);
    case 'TSTypeLiteral':
      return type.members.flatMap((member) =>
        member.type === 'TSPropertySignature' && keyName(member.key, member.computed) === '__typename' && member.typeAnnotation
          ? namesIn(member.typeAnnotation.typeAnnotation)
          : [],
      );
    default:
      return [];
  }
}

function namesIn(type: Node): readonly { readonly node: Node; readonly typeName: string }[] {
  if (type.type === 'TSUnionType') return type.types.flatMap(namesIn);
  if (type.type === 'TSLiteralType' && type.literal.type === 'Literal' && typeof type.literal.value === 'string')
    return [{ node: type.literal, typeName: type.literal.value }];
  return [];
}
