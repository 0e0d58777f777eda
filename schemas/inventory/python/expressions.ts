/** What an expression of a program is worth. */
import type { SyntaxNode } from '@lezer/common';
import { branchFor } from './branches.ts';
import { callExpression } from './calls.ts';
import { arrayExpression, comprehension, dictionaryExpression } from './displays.ts';
import type { Frame } from './frame.ts';
import { memberExpression } from './members.ts';
import { lookUp } from './names.ts';
import { binaryExpression, unaryExpression } from './operators.ts';
import { stringExpression } from './string-expressions.ts';
import { childrenOf, sourceOf } from './syntax.ts';
import { truthOf } from './truth.ts';
import { choose, notKnown, type Value } from './value.ts';

/** Deepest nesting of expressions that is read. Python's own parser gives up at 200 brackets. */
const MOST_NESTING = 250;

/** What an expression is worth at this point of the program. */
export function evaluate(node: SyntaxNode, frame: Frame): Value {
  if (frame.nesting >= MOST_NESTING) {
    if (frame.recording) frame.session.recorder.tooDeep(node, frame);
    return notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
  }
  frame.nesting++;
  try {
    return evaluateHere(node, frame);
  } finally {
    frame.nesting--;
  }
}

function evaluateHere(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const place = { file, at: node.from };
  switch (node.name) {
    case 'String':
    case 'FormatString':
    case 'ContinuedString':
      return stringExpression(node, frame);
    case 'Number': {
      const source = sourceOf(file, node).replaceAll('_', '');
      const value = Number(source);
      if (Number.isNaN(value)) return notKnown('operator', source, file, node.from);
      return { kind: 'scalar', type: /^(0[xob])?[0-9a-f]+$/i.test(source) && !/^\d+e/i.test(source) ? 'int' : 'float', value, ...place };
    }
    case 'Boolean':
      return { kind: 'scalar', type: 'boolean', value: sourceOf(file, node) === 'True', ...place };
    case 'None':
      return { kind: 'scalar', type: 'null', value: null, ...place };
    case 'VariableName':
      return lookUp(frame, sourceOf(file, node), node.from);
    case 'ParenthesizedExpression':
    case 'AwaitExpression': {
      const inner = childrenOf(node).find((child) => !/^(\(|\)|await|⚠)$/.test(child.name));
      return inner === undefined ? notKnown('operator', '()', file, node.from) : evaluate(inner, frame);
    }
    case 'MemberExpression':
      return memberExpression(node, frame);
    case 'CallExpression':
      return callExpression(node, frame);
    case 'BinaryExpression':
      return binaryExpression(node, frame);
    case 'UnaryExpression':
      return unaryExpression(node, frame);
    case 'ConditionalExpression':
      return conditional(node, frame);
    case 'NamedExpression': {
      const [name, , value] = childrenOf(node);
      if (name === undefined || value === undefined) break;
      const worth = evaluate(value, frame);
      frame.state.set(sourceOf(file, name), worth);
      return worth;
    }
    case 'ArrayExpression':
    case 'TupleExpression':
    case 'SetExpression':
      return arrayExpression(node, frame);
    case 'DictionaryExpression':
      return dictionaryExpression(node, frame);
    case 'ArrayComprehensionExpression':
    case 'ComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return comprehension(node, frame);
    case 'LambdaExpression': {
      const fn: Value = { kind: 'function', node, name: '<lambda>', frame, self: null, of: null, decorators: [], ...place };
      if (frame.recording) frame.session.recorder.defined(fn);
      return fn;
    }
  }
  for (const child of childrenOf(node)) if (isExpression(child)) evaluate(child, frame);
  return notKnown('operator', sourceOf(file, node), file, node.from);
}

export const isExpression = (node: SyntaxNode): boolean => /Expression$|String$|^VariableName$|^Number$|^Boolean$|^None$/.test(node.name);

function conditional(node: SyntaxNode, frame: Frame): Value {
  const [then, , condition, , otherwise] = childrenOf(node);
  const place = { file: frame.file, at: node.from };
  if (then === undefined || condition === undefined || otherwise === undefined)
    return notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
  const test = evaluate(condition, frame);
  // A constant may be another one day; what a caller has given is known for this call.
  const truth = frame.calls > 0 ? truthOf(test, frame.state) : null;
  if (truth !== null) return evaluate(truth ? then : otherwise, frame);
  const { branch, turned } = branchFor(condition, frame);
  const ways = turned ? [1, 0] : [0, 1];
  return choose([evaluate(then, frame), evaluate(otherwise, frame)], { at: branch, ways }, place);
}
