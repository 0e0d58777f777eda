/** The text of `[…].join(…)`. */
import type { Node } from 'oxc-parser';
import { type TextValue, text } from '../text-value.ts';
import { bindingAt, isFunction, type NodeOf, parentOf, usesOf } from './bindings.ts';
import { callFunction, unknownAt, unwrapped } from './reach.ts';
import { type Reader, type Spot, spotAt } from './reader.ts';
import { together } from './together.ts';
import { textOfReached } from './written-variable.ts';

/** Elements with what stands between them; unknown when the list is not known. */
export function joinedElements(reader: Reader, of: Spot, separator: Spot | null, call: Spot): TextValue {
  const elements = elementsOf(reader, of);
  if (elements === null) {
    let list: Node = unwrapped(of.node);
    while (list.type === 'CallExpression' && unwrapped(list.callee).type === 'MemberExpression') {
      const callee = unwrapped(list.callee);
      list = callee.type === 'MemberExpression' ? unwrapped(callee.object) : list;
    }
    const [only] = reader.reach(spotAt(list, of));
    return only?.kind === 'unknown' ? only : unknownAt(call, 'call');
  }
  const between: TextValue =
    separator === null ? text([{ text: ',', file: call.names.tree.file, at: call.node.start, verbatim: false }]) : reader.textOf(separator);
  return together(elements.flatMap((element, index) => (index === 0 ? [element] : [between, element])));
}

/** The text of each element of a list that is known as a whole, or null. */
function elementsOf(reader: Reader, spot: Spot): readonly TextValue[] | null {
  const node = unwrapped(spot.node);
  if (node.type === 'CallExpression') {
    const callee = unwrapped(node.callee);
    const name = callee.type === 'MemberExpression' && callee.property.type === 'Identifier' ? callee.property.name : null;
    const first = node.arguments[0];
    if (callee.type === 'MemberExpression' && first !== undefined) {
      // Dropping what is empty drops nothing that a text is known for.
      if (name === 'filter' && first.type === 'Identifier' && first.name === 'Boolean')
        return elementsOf(reader, spotAt(callee.object, spot));
      if (name === 'map' && isFunction(first)) return mappedElements(reader, spotAt(callee.object, spot), first, spot);
    }
  }
  const list = listAt(reader, spot);
  if (list === null) return null;
  const elements: TextValue[] = [];
  for (const element of list.node.elements) {
    if (element === null) elements.push(text([]));
    else if (element.type === 'SpreadElement') {
      const more = elementsOf(reader, spotAt(element.argument, list.at));
      if (more === null) return null;
      elements.push(...more);
    } else elements.push(reader.textOf(spotAt(element, list.at)));
  }
  const pushed = pushesTo(list);
  if (pushed === null) return null;
  for (const one of pushed) elements.push(reader.textOf(spotAt(one, list.at)));
  return elements;
}

interface List {
  readonly node: NodeOf<'ArrayExpression'>;
  readonly at: Spot;
}

function listAt(reader: Reader, spot: Spot): List | null {
  const reached = reader.reach(spot);
  const only = reached.length === 1 ? reached[0] : undefined;
  if (only?.kind !== 'spot') return null;
  const node = unwrapped(only.node);
  return node.type === 'ArrayExpression' ? { node, at: only } : null;
}

const changing = /^(?:push|unshift|splice|reverse|sort|pop|shift|fill|copyWithin)$/;

/** What is pushed to a list, one after another, in the block that makes it; null when the list is changed in other ways. */
function pushesTo({ node, at }: List): readonly Node[] | null {
  let up = parentOf(node);
  while (up !== null && /^TS\w+Expression$/.test(up.type)) up = parentOf(up);
  if (up?.type !== 'VariableDeclarator' || up.id.type !== 'Identifier') return [];
  const binding = bindingAt(at.names, up.id.name, up);
  if (binding === null) return [];
  const pushed: Node[] = [];
  for (const use of usesOf(at.names, binding)) {
    const member = parentOf(use);
    const call = member === null ? null : parentOf(member);
    if (member?.type !== 'MemberExpression' || member.object !== use) continue;
    if (call?.type === 'AssignmentExpression' && call.left === member) return null;
    const name = member.property.type === 'Identifier' ? member.property.name : '';
    if (call?.type !== 'CallExpression' || call.callee !== member || !changing.test(name)) continue;
    const statement = parentOf(call);
    const straight = statement?.type === 'ExpressionStatement' && parentOf(statement) === parentOf(parentOf(up) ?? up);
    if (name !== 'push' || !straight || call.arguments.some((one) => one.type === 'SpreadElement')) return null;
    pushed.push(...call.arguments);
  }
  return pushed;
}

function mappedElements(reader: Reader, of: Spot, fn: Node, spot: Spot): readonly TextValue[] | null {
  const list = listAt(reader, of);
  if (list === null || !isFunction(fn) || pushesTo(list)?.length !== 0) return null;
  const elements: TextValue[] = [];
  for (const element of list.node.elements) {
    if (element === null || element.type === 'SpreadElement' || list.node.elements.length > 200) return null;
    const results = callFunction(reader, { fn, at: spotAt(fn, spot), self: null }, [element], {
      ...list.at,
      frame: spot.frame ?? list.at.frame,
    });
    const texts = results.map((one) => textOfReached(reader, one));
    elements.push(texts.length === 1 && texts[0] !== undefined ? texts[0] : { kind: 'choice', of: texts });
  }
  return elements;
}
