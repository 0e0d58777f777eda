/** Lists, tuples, sets, dictionaries and comprehensions. */
import type { SyntaxNode } from '@lezer/common';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { listOf } from './functions.ts';
import { flatten } from './state.ts';
import { childrenOf, sourceOf, splitAtCommas } from './syntax.ts';
import { type At, branchOf, type Content, choose, forced, type Member, notKnown, plainOf, Ref, type Value } from './value.ts';

/** Most items of a list for each of which a comprehension or a loop is read. */
export const MOST_ITEMS = 24;

export function arrayExpression(node: SyntaxNode, frame: Frame): Value {
  const inner = childrenOf(node).filter((child) => !/^[[\](){}⚠]$/.test(child.name));
  return sequence(inner, frame, { file: frame.file, at: node.from });
}

/** Expressions with commas between, some of them spread: a list. */
export function sequence(nodes: readonly SyntaxNode[], frame: Frame, place: At): Value {
  const items: Value[] = [];
  let open = false;
  for (const part of splitAtCommas(nodes)) {
    const [first, second] = part;
    if (first === undefined) continue;
    if (first.name === '*' && second !== undefined) {
      const value = forced(evaluate(second, frame));
      const content = value.kind === 'object' ? flatten(frame.state.contentOf(value.ref), value) : null;
      if (content?.kind === 'list') {
        items.push(...content.items);
        open ||= content.open;
      } else open = true;
    } else items.push(evaluate(first, frame));
  }
  return listOf(items, open, place);
}

export function dictionaryExpression(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const parts: (Content | null)[] = [];
  let members = new Map<string, Member>();
  let open = false;
  const close = (): void => {
    if (members.size > 0 || open) parts.push({ kind: 'record', members, open });
    members = new Map();
    open = false;
  };
  for (const part of splitAtCommas(childrenOf(node).filter((child) => child.name !== '{' && child.name !== '}'))) {
    const [key, , value] = part;
    if (key?.name === '**') {
      const spread = part[1] === undefined ? null : forced(evaluate(part[1], frame));
      close();
      parts.push(spread?.kind === 'object' ? frame.state.contentOf(spread.ref) : spread === null ? null : spreadOf(spread, frame));
      continue;
    }
    if (key === undefined || value === undefined) continue;
    const name = plainOf(evaluate(key, frame));
    const worth = evaluate(value, frame);
    if (name === null) open = true;
    else members.set(name, { value: worth, always: true, file, at: key.from });
  }
  close();
  return dictionaryExpression.merged(parts, { file, at: node.from });
}

/** What `**value` brings: of a choice, what each way brings. */
function spreadOf(value: Value, frame: Frame): Content | null {
  const now = forced(value);
  if (now.kind === 'object') return frame.state.contentOf(now.ref);
  if (now.kind !== 'choice') return null;
  const ways = now.of.map((one) => spreadOf(one, frame) ?? { kind: 'record' as const, members: new Map(), open: true });
  return { kind: 'branch', of: ways, by: now.by };
}

/** A dictionary of dictionaries, the later ones over the earlier; null is one of which nothing is known. */
dictionaryExpression.merged = (parts: readonly (Content | null)[], place: At): Value => {
  let whole: Content = { kind: 'record', members: new Map(), open: false };
  for (const part of parts) whole = overlaid(whole, part, place);
  return { kind: 'object', ref: new Ref(whole), file: place.file, at: place.at };
};

/** One content with another written over it. */
export function overlaid(under: Content, over: Content | null, place: At): Content {
  if (over?.kind === 'branch' && under.kind !== 'branch') return { ...over, of: over.of.map((one) => overlaid(under, one, place)) };
  const [below, above] = [flatten(under, place), over === null ? null : flatten(over, place)];
  if (below.kind !== 'record') return { kind: 'lost' };
  if (above?.kind !== 'record') {
    // What is not known may replace any member.
    const members = new Map(
      [...below.members].map(([name, one]) => [name, { ...one, value: notKnown('operator', name, one.file, one.at) }]),
    );
    return { kind: 'record', members, open: true };
  }
  const members = new Map<string, Member>();
  for (const [name, member] of below.members) {
    members.set(name, above.open ? { ...member, value: notKnown('operator', name, member.file, member.at) } : member);
  }
  for (const [name, member] of above.members) {
    const before = below.members.get(name);
    if (member.always || before === undefined) members.set(name, member);
    else members.set(name, { ...member, value: choose([before.value, member.value], branchOf(2), member), always: before.always });
  }
  return { kind: 'record', members, open: below.open || above.open };
}

/** `[f(x) for x in xs]` and its kin: read once for each item of a list that is known, else once for any. */
export function comprehension(node: SyntaxNode, frame: Frame): Value {
  const children = childrenOf(node).filter((child) => !/^[[\](){}⚠]$/.test(child.name));
  return comprehended(children, frame, { file: frame.file, at: node.from });
}

export function comprehended(children: readonly SyntaxNode[], frame: Frame, place: At): Value {
  const start = children.findIndex((child) => child.name === 'for' || child.name === 'async');
  const element = children.slice(0, start);
  const clauses = children.slice(start);
  const inner: Frame = { ...frame, state: frame.state.fork() };
  const fors = clauses.filter((child) => child.name === 'for').length;
  const filtered = clauses.some((child) => child.name === 'if');
  const inAt = clauses.findIndex((child) => child.name === 'in');
  const targets = clauses
    .slice(clauses.findIndex((child) => child.name === 'for') + 1, inAt)
    .filter((child) => child.name === 'VariableName');
  const from = clauses[inAt + 1];
  const over = from === undefined ? null : forced(evaluate(from, inner));
  const known = over?.kind === 'object' ? flatten(inner.state.contentOf(over.ref), place) : null;
  const give = (): Value => {
    if (element.some((child) => child.name === ':')) {
      for (const child of element) if (child.name !== ':') evaluate(child, inner);
      return notKnown('loop', '...', place.file, place.at);
    }
    const [first] = element;
    return first === undefined ? notKnown('loop', '...', place.file, place.at) : evaluate(first, inner);
  };
  if (element.some((child) => child.name === ':')) {
    bindLoose(clauses, inner);
    give();
    return { kind: 'object', ref: new Ref({ kind: 'record', members: new Map(), open: true }), ...place };
  }
  const [only] = targets;
  if (
    fors === 1 &&
    !filtered &&
    known?.kind === 'list' &&
    !known.open &&
    known.items.length <= MOST_ITEMS &&
    targets.length === 1 &&
    only !== undefined
  ) {
    const items = known.items.map((item) => {
      inner.state.set(sourceOf(frame.file, only), item);
      return give();
    });
    return listOf(items, false, place);
  }
  bindLoose(clauses, inner);
  for (const [index, clause] of clauses.entries()) {
    const next = clauses[index + 1];
    if (clause.name === 'if' && next !== undefined) evaluate(next, inner);
  }
  return listOf([give()], true, place);
}

function bindLoose(clauses: readonly SyntaxNode[], frame: Frame): void {
  let binding = false;
  for (const clause of clauses) {
    if (clause.name === 'for') binding = true;
    else if (clause.name === 'in') binding = false;
    else if (binding) {
      for (const name of [clause, ...childrenOf(clause)]) {
        if (name.name === 'VariableName')
          frame.state.set(sourceOf(frame.file, name), notKnown('loop', sourceOf(frame.file, name), frame.file, name.from));
      }
    }
  }
}
