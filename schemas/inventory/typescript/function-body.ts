/** What is read of a function's body once. */
import type { Node } from 'oxc-parser';
import type { FunctionNode } from './bindings.ts';

interface FunctionBody {
  /** Every expression that the function gives back. */
  readonly returns: readonly Node[];
}

const known = new WeakMap<FunctionNode, FunctionBody>();

/** The returns of a function, those of functions in it left out. */
export function bodyOf(fn: FunctionNode): FunctionBody {
  let body = known.get(fn);
  if (body === undefined) {
    body = { returns: returnsOf(fn) };
    known.set(fn, body);
  }
  return body;
}

function returnsOf(fn: FunctionNode): readonly Node[] {
  if (fn.body === null) return [];
  if (fn.body.type !== 'BlockStatement') return [fn.body];
  const returns: Node[] = [];
  const waiting: Node[] = [fn.body];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'ReturnStatement') {
      if (node.argument) returns.push(node.argument);
      continue;
    }
    waiting.push(...statementsIn(node).toReversed());
  }
  return returns;
}

/** The statements that stand directly in a statement. */
export function statementsIn(node: Node): readonly Node[] {
  switch (node.type) {
    case 'BlockStatement':
    case 'StaticBlock':
      return node.body;
    case 'IfStatement':
      return node.alternate ? [node.consequent, node.alternate] : [node.consequent];
    case 'ForStatement':
    case 'ForInStatement':
    case 'ForOfStatement':
    case 'WhileStatement':
    case 'DoWhileStatement':
    case 'LabeledStatement':
    case 'WithStatement':
      return [node.body];
    case 'TryStatement':
      return [node.block, ...(node.handler ? [node.handler.body] : []), ...(node.finalizer ? [node.finalizer] : [])];
    case 'SwitchStatement':
      return node.cases.flatMap((one) => one.consequent);
    default:
      return [];
  }
}
