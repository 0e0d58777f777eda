/** What operators make of values: sums, formats by `%`, `and` and `or`, unions of dictionaries, signs. */
import type { SyntaxNode } from '@lezer/common';
import { joined, type Run, type TextValue, text as textValue } from '../text-value.ts';
import { compare } from './comparisons.ts';
import { dictionaryExpression } from './displays.ts';
import { evaluate } from './expressions.ts';
import { percent } from './formats.ts';
import type { Frame } from './frame.ts';
import { listOf } from './functions.ts';
import { flatten } from './state.ts';
import { make, placed } from './string-expressions.ts';
import { childrenOf, sourceOf } from './syntax.ts';
import { fillingOf, overText } from './text-methods.ts';
import { truthOf } from './truth.ts';
import { alternativesOf, branchOf, choose, forced, notKnown, textOf, type Value } from './value.ts';

/** Two values with an operator or a comparison between. */
export function binaryExpression(node: SyntaxNode, frame: Frame): Value {
  const children = childrenOf(node);
  const operator = children
    .slice(1, -1)
    .map((child) => sourceOf(frame.file, child))
    .join(' ');
  const [left, right] = [children[0], children.at(-1)];
  if (left === undefined || right === undefined || children.length < 3)
    return notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
  switch (operator) {
    case '+':
      return sum(node, frame);
    case '%':
      return percented(node, left, right, frame);
    case 'or': {
      const first = evaluate(left, frame);
      const second = evaluate(right, frame);
      const truth = truthOf(first, frame.state);
      if (truth !== null) return truth ? first : second;
      const now = forced(first);
      if (now.kind === 'typename') return now;
      return choose([first, second], branchOf(2), { file: frame.file, at: node.from });
    }
    case 'and': {
      const first = evaluate(left, frame);
      const second = evaluate(right, frame);
      const truth = truthOf(first, frame.state);
      if (truth !== null) return truth ? second : first;
      return choose([first, second], branchOf(2), { file: frame.file, at: node.from });
    }
    case '|':
      return union(node, evaluate(left, frame), evaluate(right, frame), frame);
    default:
      return compare(operator, left, right, node, frame);
  }
}

function union(node: SyntaxNode, left: Value, right: Value, frame: Frame): Value {
  const contents = [left, right].map((side) => {
    const now = forced(side);
    return now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), now) : null;
  });
  const [one, other] = contents;
  if (one?.kind !== 'record' && other?.kind !== 'record') return notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
  return dictionaryExpression.merged([one ?? null, other ?? null], { file: frame.file, at: node.from });
}

/** `a + b + c`, of any length. */
function sum(node: SyntaxNode, frame: Frame): Value {
  const operands: SyntaxNode[] = [];
  let left: SyntaxNode | null = node;
  while (
    left !== null &&
    left.name === 'BinaryExpression' &&
    childrenOf(left).length === 3 &&
    sourceOf(frame.file, childrenOf(left)[1] ?? left) === '+'
  ) {
    const [first, , last]: SyntaxNode[] = childrenOf(left);
    if (last !== undefined) operands.push(last);
    left = first ?? null;
  }
  if (left !== null) operands.push(left);
  operands.reverse();
  const values = operands.map((operand) => evaluate(operand, frame));
  return added(values, operands, node, frame, node.from);
}

/** Most runs of a text that is copied when something is added to it; a longer one is shared. */
const MOST_COPIED = 32;

function joinedFlat(parts: readonly TextValue[]): TextValue {
  const runs: Run[] = [];
  for (const part of parts) {
    if (part.kind !== 'text') return joined(parts);
    runs.push(...part.runs);
    if (runs.length > MOST_COPIED) return joined(parts);
  }
  return textValue(runs);
}

/** What values give when they are added up: a text, a list, or nothing that is known. */
export function added(values: readonly Value[], operands: readonly SyntaxNode[], node: SyntaxNode, frame: Frame, from: number): Value {
  const { file } = frame;
  const now = values.map(forced);
  if (now.some((value) => alternativesOf(value).some((one) => one.kind === 'text'))) {
    const parts = values.map((value, index) => {
      const operand = operands[index] ?? node;
      return placed(textOf(value, sourceOf(file, operand)), sourceOf(file, operand), frame, operand.from);
    });
    const flat = joinedFlat(parts);
    return make(flat, node, frame, values, from);
  }
  const lists = now.map((value) => (value.kind === 'object' ? flatten(frame.state.contentOf(value.ref), value) : null));
  if (lists.some((list) => list?.kind === 'list')) {
    const items = lists.flatMap((list) => (list?.kind === 'list' ? list.items : []));
    return listOf(
      items,
      lists.some((list) => list?.kind !== 'list' || list.open),
      { file, at: node.from },
    );
  }
  const hole = now.find((value) => value.kind === 'unknown');
  return notKnown(hole?.kind === 'unknown' ? hole.reason : 'operator', sourceOf(file, node), file, node.from);
}

function percented(node: SyntaxNode, left: SyntaxNode, right: SyntaxNode, frame: Frame): Value {
  const template = evaluate(left, frame);
  const value = evaluate(right, frame);
  if (!alternativesOf(template).some((one) => one.kind === 'text'))
    return notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
  const place = { file: frame.file, at: right.from };
  const made = overText(template, place, (runs) => percent(runs, fillingOf(value, frame, place), place));
  return make(made, node, frame, [template, ...fillingOf.pieces(value, frame)]);
}

/** `not a` or `-a`. */
export function unaryExpression(node: SyntaxNode, frame: Frame): Value {
  const [sign, operand] = childrenOf(node);
  const none = notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
  if (sign === undefined || operand === undefined) return none;
  const value = evaluate(operand, frame);
  if (sourceOf(frame.file, sign) === 'not') {
    const truth = truthOf(value, frame.state);
    return truth === null ? none : { kind: 'scalar', type: 'boolean', value: !truth, file: frame.file, at: node.from };
  }
  if (value.kind === 'scalar' && typeof value.value === 'number' && sourceOf(frame.file, sign) === '-') {
    return { ...value, value: -value.value, at: node.from };
  }
  return none;
}
