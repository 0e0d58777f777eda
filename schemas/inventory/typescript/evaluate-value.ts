/** What a program passes as variables, as far as reading can tell. When in doubt nothing is said: a false alarm is worse than a miss. */
import type { Node } from 'oxc-parser';
import type { SeenMember, SeenValue } from '../seen-value.ts';
import { isFunction } from './bindings.ts';
import { knownText } from './evaluate-text.ts';
import { callFunction, unwrapped } from './reach.ts';
import { type Reached, type Reader, type Spot, spotAt } from './reader.ts';
import { type MemberWrite, membersWrittenTo } from './written-members.ts';

/** Deepest value that is read. */
const DEEPEST = 40;
/** Most expressions that are read for one value: objects that spread each other twice double with each line. */
const MOST_STEPS = 20_000;

/** The way to an expression from the value that is asked for. */
interface Trail {
  readonly depth: number;
  readonly work: { left: number };
  /** Objects and lists that the expression is in. */
  readonly active: ReadonlySet<Node>;
}

const deeper = (trail: Trail): Trail => ({ ...trail, depth: trail.depth + 1 });

/** The value of an expression; nothing that is `undefined` is a value, which is what null says. */
export function seenValueOf(
  reader: Reader,
  spot: Spot,
  trail: Trail = { depth: 0, work: { left: MOST_STEPS }, active: new Set() },
): SeenValue | null {
  if (trail.depth > DEEPEST || trail.work.left-- <= 0) return unknownValue(spot);
  const node = unwrapped(spot.node);
  if (node.type === 'ConditionalExpression') {
    const both = [node.consequent, node.alternate].map((one) => seenValueOf(reader, spotAt(one, spot), deeper(trail)));
    return both.includes(null) ? absent(both, spot) : choiceOf(both, spot);
  }
  if (node.type === 'LogicalExpression') {
    const right = seenValueOf(reader, spotAt(node.right, spot), deeper(trail));
    const left = node.operator === '&&' ? unknownValue(spot) : seenValueOf(reader, spotAt(node.left, spot), deeper(trail));
    return choiceOf([left ?? unknownValue(spot), right ?? unknownValue(spot)], spot);
  }
  const reached = reader.reach(spotAt(node, spot));
  const values = reached.map((one) => valueOfReached(reader, one, spot, trail));
  if (values.every((one) => one === null)) return null;
  return values.includes(null) ? absent(values, spot) : choiceOf(values, spot);
}

/** Sometimes nothing: which is no value of a member, so that the member is there on some ways only; told by a choice with the unknown. */
function absent(values: readonly (SeenValue | null)[], spot: Spot): SeenValue {
  return choiceOf([...values.filter((one) => one !== null), unknownValue(spot)], spot);
}

const isUndefined = (one: Reached): boolean => one.kind === 'spot' && one.node.type === 'Identifier' && one.node.name === 'undefined';

const unknownValue = ({ node, names }: { readonly node: Node; readonly names: Spot['names'] }): SeenValue => ({
  kind: 'unknown',
  file: names.tree.file,
  at: node.start,
});

function choiceOf(values: readonly (SeenValue | null)[], spot: Spot): SeenValue {
  const known = values.filter((one) => one !== null).flatMap((one) => (one.kind === 'choice' ? one.of : [one]));
  const [only] = known;
  return known.length === 1 && only !== undefined ? only : { kind: 'choice', of: known, file: spot.names.tree.file, at: spot.node.start };
}

function valueOfReached(reader: Reader, one: Reached, from: Spot, trail: Trail): SeenValue | null {
  if (one.kind !== 'spot') return unknownValue(from);
  if (isUndefined(one)) return null;
  const { node } = one;
  const at = { file: one.names.tree.file, at: node.start };
  switch (node.type) {
    case 'Literal':
      if (node.value === null && !('bigint' in node) && !('regex' in node)) return { kind: 'scalar', type: 'null', value: null, ...at };
      if (typeof node.value === 'string') return { kind: 'scalar', type: 'string', value: node.value, ...at };
      if (typeof node.value === 'boolean') return { kind: 'scalar', type: 'boolean', value: node.value, ...at };
      return typeof node.value === 'number' ? numberValue(node.value, at) : { kind: 'unknown', ...at };
    case 'UnaryExpression':
      if (node.operator === '-' && node.argument.type === 'Literal' && typeof node.argument.value === 'number')
        return numberValue(-node.argument.value, at);
      return node.operator === 'void' ? null : { kind: 'unknown', ...at };
    case 'TemplateLiteral':
    case 'BinaryExpression': {
      const text = knownText(reader, one);
      const isText =
        node.type === 'TemplateLiteral' || (node.operator === '+' && /["'`]/.test(one.names.tree.file.text.slice(node.start, node.end)));
      return text !== null && isText ? { kind: 'scalar', type: 'string', value: text, ...at } : { kind: 'unknown', ...at };
    }
    case 'ArrayExpression':
    case 'ObjectExpression': {
      if (trail.active.has(node)) return { kind: 'unknown', ...at };
      const inside = { ...trail, active: new Set([...trail.active, node]) };
      return node.type === 'ArrayExpression' ? listValue(reader, one, inside) : recordValue(reader, one, inside);
    }
    case 'CallExpression':
      return calledValue(reader, one, trail);
    default:
      return { kind: 'unknown', ...at };
  }
}

const numberValue = (value: number, at: { readonly file: SeenValue['file']; readonly at: number }): SeenValue => ({
  kind: 'scalar',
  type: Number.isInteger(value) ? 'int' : 'float',
  value,
  ...at,
});

function listValue(reader: Reader, spot: Spot, trail: Trail): SeenValue {
  const { node } = spot;
  const items: SeenValue[] = [];
  const later = membersWrittenTo(spot);
  let open = later.escapes;
  if (node.type !== 'ArrayExpression') return unknownValue(spot);
  for (const element of node.elements) {
    if (element === null) open = true;
    else if (element.type === 'SpreadElement') {
      const more = seenValueOf(reader, spotAt(element.argument, spot), deeper(trail));
      if (more?.kind === 'list') {
        items.push(...more.items);
        open ||= more.open;
      } else open = true;
    } else items.push(seenValueOf(reader, spotAt(element, spot), deeper(trail)) ?? unknownValue(spotAt(element, spot)));
  }
  items.push(...pushedValues(reader, later.pushed, spot, trail));
  return { kind: 'list', items, open, file: spot.names.tree.file, at: node.start };
}

/** What is known of the items that a list is given later. */
function pushedValues(reader: Reader, pushed: readonly Node[], spot: Spot, trail: Trail): readonly SeenValue[] {
  return pushed.flatMap((one) => {
    const value = one.type === 'SpreadElement' ? null : seenValueOf(reader, spotAt(one, spot), deeper(trail));
    return value === null || value.kind === 'unknown' ? [] : [value];
  });
}

/** `list.map(callback)` is a list of what the callback makes; `Object.assign({}, …)` a record; any other call that is left is not known. */
function calledValue(reader: Reader, spot: Spot, trail: Trail): SeenValue {
  const { node } = spot;
  if (node.type !== 'CallExpression') return unknownValue(spot);
  const callee = unwrapped(node.callee);
  const at = { file: spot.names.tree.file, at: node.start };
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return unknownValue(spot);
  const [first] = node.arguments;
  if (callee.property.name === 'map' && first !== undefined && isFunction(first)) {
    const results = callFunction(reader, { fn: first, at: spotAt(first, spot), self: null }, null, spot);
    const items = results.flatMap((one) => (one.kind === 'spot' ? (valueOfReached(reader, { ...one }, spot, deeper(trail)) ?? []) : []));
    return { kind: 'list', items: results.length === items.length ? items : [], open: true, ...at };
  }
  if (callee.property.name === 'assign' && callee.object.type === 'Identifier' && callee.object.name === 'Object') {
    const merged = new Members();
    for (const arg of node.arguments) {
      if (arg.type === 'SpreadElement') merged.open = true;
      else merged.spread(seenValueOf(reader, spotAt(arg, spot), deeper(trail)));
    }
    return { kind: 'record', members: merged.list(), open: merged.open, ...at };
  }
  return unknownValue(spot);
}

/** Members that are set one after another, the last one of a name counting. */
class Members {
  readonly #byName = new Map<string, SeenMember>();
  open = false;

  set(member: SeenMember): void {
    const earlier = this.#byName.get(member.name);
    if (member.always || earlier === undefined) this.#byName.set(member.name, member);
    else this.#byName.set(member.name, { ...member, always: earlier.always, value: choiceOfBoth(earlier.value, member.value) });
  }

  /** A member may be gone: `undefined` was put in its place. */
  drop(name: string): void {
    this.#byName.delete(name);
  }

  spread(value: SeenValue | null, always = true): void {
    if (value === null || (value.kind === 'scalar' && (value.type === 'null' || value.type === 'boolean'))) return;
    if (value.kind === 'choice') {
      for (const one of value.of) this.spread(one, false);
      return;
    }
    if (value.kind !== 'record') {
      this.open = true;
      return;
    }
    this.open ||= value.open;
    for (const member of value.members) this.set({ ...member, always: member.always && always });
  }

  list(): readonly SeenMember[] {
    return [...this.#byName.values()];
  }
}

const choiceOfBoth = (a: SeenValue, b: SeenValue): SeenValue => ({ kind: 'choice', of: [a, b], file: b.file, at: b.at });

function recordValue(reader: Reader, spot: Spot, trail: Trail): SeenValue {
  const { node } = spot;
  if (node.type !== 'ObjectExpression') return unknownValue(spot);
  const members = new Members();
  for (const property of node.properties) {
    if (property.type === 'SpreadElement') {
      const argument = unwrapped(property.argument);
      // `...(wanted && { … })` is there on some ways only.
      if (argument.type === 'LogicalExpression' && argument.operator === '&&')
        members.spread(seenValueOf(reader, spotAt(argument.right, spot), deeper(trail)), false);
      else members.spread(seenValueOf(reader, spotAt(argument, spot), deeper(trail)) ?? null);
      continue;
    }
    const name = property.computed ? knownText(reader, spotAt(property.key, spot)) : keyOf(property.key);
    if (name === null) members.open = true;
    else if (property.method || property.kind !== 'init')
      members.set({ name, value: unknownValue(spotAt(property, spot)), always: true, file: spot.names.tree.file, at: property.start });
    else setMember(reader, members, name, property.start, spotAt(property.value, spot), true, trail);
  }
  const later = membersWrittenTo(spot);
  members.open ||= later.escapes;
  for (const write of later.writes) {
    if (write.path.length === 0) {
      members.spread(seenValueOf(reader, spotAt(write.value, spot), deeper(trail)), write.always);
      continue;
    }
    const [name, ...rest] = write.path;
    // A write further down, or to a key that is not known, leaves the member open to be anything.
    if (name === null || name === undefined) members.open = true;
    else if (rest.length > 0) setNested(reader, members, name, rest, spotAt(write.value, spot), write, trail);
    else if (write.deletes) members.drop(name);
    else setMember(reader, members, name, write.at, spotAt(write.value, spot), write.always, trail);
  }
  return { kind: 'record', members: members.list(), open: members.open, file: spot.names.tree.file, at: node.start };
}

function setMember(reader: Reader, members: Members, name: string, at: number, value: Spot, always: boolean, trail: Trail): void {
  const seen = seenValueOf(reader, value, deeper(trail));
  const sure = always && !mayBeUndefined(reader, value);
  if (seen === null) {
    if (always) members.drop(name);
    return;
  }
  members.set({ name, value: seen, always: sure, file: value.names.tree.file, at });
}

function mayBeUndefined(reader: Reader, spot: Spot): boolean {
  const node = unwrapped(spot.node);
  if (node.type === 'ConditionalExpression')
    return [node.consequent, node.alternate].some((one) => mayBeUndefined(reader, spotAt(one, spot)));
  return reader.reach(spotAt(node, spot)).some(isUndefined);
}

function setNested(
  reader: Reader,
  members: Members,
  name: string,
  rest: readonly (string | null)[],
  value: Spot,
  write: Pick<MemberWrite, 'at' | 'always' | 'deletes' | 'pushed'>,
  trail: Trail,
): void {
  const parent = members.list().find((member) => member.name === name);
  const [next] = rest;
  if (parent?.value.kind === 'list' && write.pushed && rest.length === 1) {
    const items = [...parent.value.items, ...pushedValues(reader, write.pushed, value, trail)];
    members.set({ ...parent, value: { ...parent.value, items, open: true } });
    return;
  }
  if (parent?.value.kind !== 'record') return;
  const inner = new Members();
  inner.spread(parent.value);
  inner.open = parent.value.open || rest.length > 1 || next == null;
  if (rest.length === 1 && next != null) {
    if (write.deletes) inner.drop(next);
    else setMember(reader, inner, next, write.at, value, write.always, trail);
  }
  members.set({ ...parent, value: { ...parent.value, members: inner.list(), open: inner.open } });
}

const keyOf = (key: Node): string | null => (key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : null);
