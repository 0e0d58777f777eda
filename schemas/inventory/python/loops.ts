/** Loops: read item by item where the items are known, else twice, so that what one round does is known to the next. */
import type { SyntaxNode } from '@lezer/common';
import { joined } from '../text-value.ts';
import { MOST_ITEMS, sequence } from './displays.ts';
import { evaluate, isExpression } from './expressions.ts';
import { type Frame, nameIn } from './frame.ts';
import { flatten } from './state.ts';
import { fork, runBlock } from './statements.ts';
import { childrenOf, sourceOf, visit } from './syntax.ts';
import { alternativesOf, branchOf, choose, forced, notKnown, textOf, type Value } from './value.ts';

const unrolling = new WeakSet<Frame>();

export function forStatement(node: SyntaxNode, frame: Frame): void {
  const children = childrenOf(node);
  const inAt = children.findIndex((child) => child.name === 'in');
  const bodies = children.filter((child) => child.name === 'Body');
  const targets = children.slice(children.findIndex((child) => child.name === 'for') + 1, inAt);
  const over = children.slice(inAt + 1).filter((child) => child !== bodies[0] && child !== bodies[1] && child.name !== 'else');
  const place = { file: frame.file, at: node.from };
  const [first] = over;
  if (first === undefined) return;
  const value = forced(over.length > 1 ? sequence(over, frame, place) : evaluate(first, frame));
  const known = value.kind === 'object' ? flatten(frame.state.contentOf(value.ref), place) : null;
  if (known?.kind === 'list' && !known.open && known.items.length <= MOST_ITEMS && !unrolling.has(frame)) {
    unrolling.add(frame);
    frame.exits.push([]);
    for (const item of known.items) {
      bind(targets, item, frame);
      round(bodies[0], frame, place);
    }
    frame.exits.pop();
    unrolling.delete(frame);
    runBlock(bodies[1], frame);
    return;
  }
  // Some item, whichever: of a list that is known one of its items.
  const any =
    known?.kind === 'list' && !known.open && known.items.length > 0 ? choose(known.items, branchOf(known.items.length), place, true) : null;
  repeat(bodies[0], frame, node, () => bind(targets, any, frame));
  runBlock(bodies[1], frame);
}

export function whileStatement(node: SyntaxNode, frame: Frame): void {
  const children = childrenOf(node);
  const bodies = children.filter((child) => child.name === 'Body');
  const condition = children.find(isExpression);
  repeat(bodies[0], frame, node, () => {
    if (condition !== undefined) evaluate(condition, frame);
  });
  runBlock(bodies[1], frame);
}

/** One round of a body whose items are known: `continue` ends it, `break` may have ended it all. */
function round(body: SyntaxNode | undefined, frame: Frame, place: { file: Frame['file']; at: number }): void {
  const exits = frame.exits.at(-1) ?? [];
  const base = frame.state;
  frame.state = base.fork();
  runBlock(body, frame);
  const ways = [frame.state, ...exits.splice(0)];
  frame.state = base;
  const left = ways.filter((way) => !way.dead);
  if (left.length > 0) base.join(left, place);
}

/** A body that runs any number of times. */
function repeat(body: SyntaxNode | undefined, frame: Frame, node: SyntaxNode, start: () => void): void {
  const place = { file: frame.file, at: node.from };
  const grown = grownIn(body, frame);
  for (const name of grown) {
    const before = frame.state.get(name);
    if (before !== undefined) frame.state.set(name, withMore(before, name, frame, node));
  }
  const base = frame.state;
  // The first time through shows what changes; the second is read with that, and told of.
  const { recording } = frame;
  if (!frame.settling) {
    frame.recording = false;
    frame.settling = true;
    frame.exits.push([]);
    fork(
      frame,
      [
        () => {},
        () => {
          start();
          runBlock(body, frame);
        },
      ],
      place,
      undefined,
      true,
    );
    frame.exits.pop();
    frame.recording = recording;
    frame.settling = false;
    frame.state = base;
    base.dead = false;
  }
  const exits: (typeof base)[] = [];
  frame.exits.push(exits);
  const once = base.fork();
  frame.state = once;
  start();
  runBlock(body, frame);
  frame.exits.pop();
  frame.state = base;
  base.join([base.fork(), once, ...exits], place, undefined, true);
  for (const name of grown) {
    const after = base.get(name);
    if (after !== undefined) base.set(name, withMore(alternativesOf(after)[0] ?? after, name, frame, node));
  }
}

/** A text that a loop adds to: what it was, and more that is not known. */
function withMore(value: Value, name: string, frame: Frame, node: SyntaxNode): Value {
  const now = forced(value);
  const texts = alternativesOf(now).filter((one) => one.kind === 'text');
  const hole = notKnown('loop', name, frame.file, node.from);
  const [first] = texts;
  if (first === undefined) return now.kind === 'object' ? now : hole;
  const text = textOf(now, name);
  const ends = text.kind === 'joined' && text.parts.at(-1)?.kind === 'unknown';
  return { ...first, text: ends ? text : joined([text, hole]), origin: { ...first.origin, name: nameIn(frame) } };
}

const growing = new WeakMap<SyntaxNode, readonly string[]>();

/** Names that a body adds to (`x += …`), or sets from themselves. */
function grownIn(body: SyntaxNode | undefined, frame: Frame): readonly string[] {
  if (body === undefined) return [];
  const known = growing.get(body);
  if (known !== undefined) return known;
  const names = new Set<string>();
  visit(body, (node) => {
    const target = node.firstChild;
    if (target?.name === 'VariableName') {
      const name = sourceOf(frame.file, target);
      if (node.name === 'UpdateStatement') names.add(name);
      if (node.name === 'AssignStatement') {
        for (let child = target.nextSibling; child !== null; child = child.nextSibling) {
          visit(child, (inner) => {
            if (inner.name === 'VariableName' && sourceOf(frame.file, inner) === name) names.add(name);
            return inner.name !== 'String';
          });
        }
      }
    }
    return node.name !== 'String' && node.name !== 'FunctionDefinition';
  });
  const grown = [...names];
  growing.set(body, grown);
  return grown;
}

/** Binds the targets of a loop to an item, or to something that is not known. */
function bind(targets: readonly SyntaxNode[], item: Value | null, frame: Frame): void {
  const names = targets
    .flatMap((target) =>
      target.name === 'VariableName'
        ? [target]
        : target.name === 'TupleExpression' || target.name === 'ParenthesizedExpression'
          ? childrenOf(target)
          : [],
    )
    .filter((target) => target.name === 'VariableName');
  const now = item === null ? null : forced(item);
  const parts = now?.kind === 'object' && names.length > 1 ? flatten(frame.state.contentOf(now.ref), now) : null;
  for (const [index, name] of names.entries()) {
    const hole = notKnown('loop', sourceOf(frame.file, name), frame.file, name.from);
    let value: Value = hole;
    if (names.length === 1) value = item ?? hole;
    else if (parts?.kind === 'list' && !parts.open && parts.items.length === names.length) value = parts.items[index] ?? hole;
    frame.state.set(sourceOf(frame.file, name), value);
  }
}
