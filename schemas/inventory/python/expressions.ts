/** What an expression of a program is worth. */
import type { SyntaxNode } from '@lezer/common';
import { joined, type Run, type TextValue, text as textValue } from '../text-value.ts';
import { branchFor } from './branches.ts';
import { callExpression } from './calls.ts';
import { compare } from './comparisons.ts';
import { arrayExpression, comprehension, dictionaryExpression } from './displays.ts';
import { percent } from './formats.ts';
import { type Frame, nameIn } from './frame.ts';
import { listOf } from './functions.ts';
import { attributeOf, lookUp } from './names.ts';
import { flatten } from './state.ts';
import { readLiteral } from './string-literals.ts';
import { childrenOf, sourceOf } from './syntax.ts';
import { fillingOf, overText } from './text-methods.ts';
import { truthOf } from './truth.ts';
import { type At, alternativesOf, branchOf, choose, forced, notKnown, plainOf, type Text, textOf, type Value } from './value.ts';

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
      return literal(node, frame);
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
      return member(node, frame);
    case 'CallExpression':
      return callExpression(node, frame);
    case 'BinaryExpression':
      return binary(node, frame);
    case 'UnaryExpression':
      return unary(node, frame);
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

function literal(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const parts: TextValue[] = [];
  const pieces: Value[] = [];
  for (const one of node.name === 'ContinuedString' ? childrenOf(node) : [node]) {
    const read = readLiteral(file, one);
    if (read === null) return notKnown('operator', sourceOf(file, node), file, node.from);
    const runs = [];
    for (const part of read) {
      if (!('field' in part)) runs.push(part);
      else {
        parts.push(textValue(runs.splice(0)), replacement(part.field, frame, pieces));
      }
    }
    if (runs.length > 0) parts.push(textValue(runs));
  }
  const onlyText = parts.every((part) => part.kind === 'text');
  const whole = onlyText ? textValue(parts.flatMap((part) => (part.kind === 'text' ? part.runs : []))) : joined(parts);
  return make(whole, node, frame, pieces);
}

function replacement(field: SyntaxNode, frame: Frame, pieces: Value[]): TextValue {
  const children = childrenOf(field);
  const source = sourceOf(frame.file, field);
  const expressions = children.filter(isExpression);
  const [only] = expressions;
  const spec = children.find((child) => child.name === 'FormatSpec');
  const conversion = children.find((child) => child.name === 'FormatConversion');
  const value = only === undefined || expressions.length > 1 ? notKnown('format', source, frame.file, field.from) : evaluate(only, frame);
  pieces.push(value);
  const asIs =
    (spec === undefined || spec.to - spec.from <= 1) &&
    (conversion === undefined || sourceOf(frame.file, conversion) === '!s') &&
    !children.some((child) => child.name === 'FormatSelfDoc');
  const at = only?.from ?? field.from;
  return asIs
    ? placed(textOf(value, source, true), source.slice(1, -1).trim(), frame, at)
    : notKnown('format', source, frame.file, field.from);
}

/** A hole tells of the place where it is used, in the words that stand there. */
export function placed(value: TextValue, what: string, frame: Frame, at: number): TextValue {
  return value.kind === 'unknown' ? notKnown(value.reason, what, frame.file, at) : value;
}

/** A new text of an expression, made of pieces. */
export function make(value: TextValue, node: SyntaxNode, frame: Frame, pieces: readonly Value[] = [], from = node.from): Text {
  const origin = { file: frame.file, at: from, to: node.to, name: nameIn(frame) };
  const made: Text = { kind: 'text', text: value, origin, file: frame.file, at: from };
  for (const piece of pieces) frame.session.recorder.consumed(piece, origin);
  if (frame.recording) frame.session.recorder.made(made, node);
  else if (frame.calls > 0) frame.session.recorder.bound(origin);
  return made;
}

function member(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const [object, , ...rest] = childrenOf(node);
  const what = sourceOf(file, node);
  const place = { file, at: node.from };
  if (object === undefined) return notKnown('attribute', what, file, node.from);
  const value = evaluate(object, frame);
  const property = rest[0];
  if (property?.name === 'PropertyName') {
    const name = sourceOf(file, property);
    if (name === 'typename__' || name === '__typename') return { kind: 'typename', ...place };
    return attributeOf(value, name, frame, place, what);
  }
  const inside = rest.filter((child) => child.name !== ']');
  const [index] = inside;
  const indexValue = index !== undefined && isExpression(index) ? evaluate(index, frame) : null;
  if (indexValue === null || inside.length !== 1) return notKnown('subscript', what, file, node.from);
  return itemOf(value, indexValue, frame, place, what);
}

/** What `value[index]` is. */
export function itemOf(value: Value, index: Value, frame: Frame, place: At, what: string): Value {
  const key = plainOf(index);
  const now = forced(value);
  const none = notKnown('subscript', what, place.file, place.at);
  if (now.kind === 'choice') {
    return choose(
      now.of.map((one) => itemOf(one, index, frame, place, what)),
      now.by,
      place,
      now.loose,
    );
  }
  if (now.kind === 'class' && key !== null) return attributeOf(now, key, frame, place, what);
  if (now.kind === 'object') {
    const content = flatten(frame.state.contentOf(now.ref), place);
    if (content.kind === 'record') {
      const member = key === null ? undefined : content.members.get(key);
      if (member !== undefined) return member.value;
      if (key === '__typename') return { kind: 'typename', ...place };
      // Which of them it is is not known, but each that it can be is.
      if (key === null && !content.open && content.members.size > 0) {
        const values = [...content.members.values()].map((one) => one.value);
        return choose(values, branchOf(values.length), place, true);
      }
      return none;
    }
    if (content.kind === 'list') {
      const number = forced(index);
      if (number.kind === 'scalar' && typeof number.value === 'number' && !content.open) {
        return content.items.at(number.value) ?? none;
      }
    }
    return none;
  }
  if (key === '__typename') return { kind: 'typename', ...place };
  return now.kind === 'unknown' && now.reason === 'import' ? notKnown('import', what, place.file, place.at) : none;
}

function binary(node: SyntaxNode, frame: Frame): Value {
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

function unary(node: SyntaxNode, frame: Frame): Value {
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
