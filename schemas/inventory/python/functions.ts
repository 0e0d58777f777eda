/** Functions: their parameters, and what calling them gives. */
import type { SyntaxNode } from '@lezer/common';
import { evaluate } from './expressions.ts';
import type { Argument, Frame } from './frame.ts';
import { flatten, State } from './state.ts';
import { runBody } from './statements.ts';
import { childNamed, childrenOf, sourceOf, splitAtCommas, visit } from './syntax.ts';
import {
  type At,
  branchOf,
  type ClassValue,
  type Content,
  choose,
  type FunctionValue,
  later,
  type Member,
  notKnown,
  Ref,
  type Value,
} from './value.ts';

/** Most calls that are followed one in the other. */
const MOST_CALLS = 5;

export interface Parameter {
  readonly name: string;
  readonly spread: '' | '*' | '**';
  readonly keywordOnly: boolean;
  readonly default: SyntaxNode | null;
  readonly node: SyntaxNode;
}

const parameters = new WeakMap<SyntaxNode, readonly Parameter[]>();

/** Parameters of a function or lambda in their order. */
export function parametersOf(fn: FunctionValue): readonly Parameter[] {
  const known = parameters.get(fn.node);
  if (known !== undefined) return known;
  const list = childNamed(fn.node, 'ParamList');
  const found: Parameter[] = [];
  let keywordOnly = false;
  for (const part of splitAtCommas(list === null ? [] : childrenOf(list).filter((child) => child.name !== '(' && child.name !== ')'))) {
    const star = part[0]?.name === '*' || part[0]?.name === '**' ? part[0].name : '';
    const name = part.find((node) => node.name === 'VariableName');
    if (star === '*') keywordOnly = true;
    if (name === undefined) continue;
    const equals = part.findIndex((node) => node.name === 'AssignOp');
    found.push({
      name: sourceOf(fn.file, name),
      spread: star,
      keywordOnly: keywordOnly && star === '',
      default: equals === -1 ? null : (part[equals + 1] ?? null),
      node: name,
    });
  }
  parameters.set(fn.node, found);
  return found;
}

/** Reads a function's body with its parameters as they come from any caller. */
export function readByItself(fn: FunctionValue, recording: boolean): Frame {
  const frame = functionFrame(fn, fn.frame.state, recording, 0);
  for (const [index, parameter] of parametersOf(fn).entries()) {
    const at = { file: fn.file, at: parameter.node.from };
    const any = notKnown('parameter', parameter.name, fn.file, parameter.node.from);
    let value: Value = any;
    if (index === 0 && fn.of !== null && !fn.decorators.includes('staticmethod')) value = selfOf(fn, fn.of);
    else if (parameter.default !== null) {
      const usual = evaluate(parameter.default, { ...fn.frame, recording: false });
      // None stands for nothing given.
      if (usual.kind !== 'scalar' || usual.value !== null) value = choose([usual, any], branchOf(2), at, true);
    }
    frame.state.set(parameter.name, value);
  }
  runBody(bodyOf(fn), frame);
  return frame;
}

/** Reads a lambda's expression with its parameters as they come from any caller. */
export function readLambda(fn: FunctionValue): void {
  const frame = functionFrame({ ...fn, name: '' }, fn.frame.state, true, 0);
  for (const parameter of parametersOf(fn))
    frame.state.set(parameter.name, notKnown('parameter', parameter.name, fn.file, parameter.node.from));
  if (fn.node.lastChild !== null) evaluate(fn.node.lastChild, frame);
}

function selfOf(fn: FunctionValue, of: ClassValue): Value {
  if (fn.decorators.includes('classmethod')) return of;
  return { kind: 'object', ref: new Ref({ kind: 'record', members: new Map(), open: true }, of), file: fn.file, at: fn.at };
}

/** What the attributes of `self` are after a method was read by itself. */
export function attributesAfter(fn: FunctionValue, of: ClassValue): ReadonlyMap<string, Value> {
  const frame = readByItself({ ...fn, of }, false);
  const first = parametersOf(fn)[0];
  const self = first === undefined ? undefined : frame.state.get(first.name);
  const content = self?.kind === 'object' ? flatten(frame.state.contentOf(self.ref), fn) : null;
  const values = new Map<string, Value>();
  if (content?.kind === 'record') for (const [name, member] of content.members) values.set(name, member.value);
  return values;
}

/** What a call gives, worked out when it is asked for; at once when the function changes an object that it is given. */
export function callFunction(fn: FunctionValue, args: readonly Argument[], frame: Frame, place: At): Value {
  const what = `${fn.name}(...)`;
  const self: Argument[] = fn.self === null ? [] : [{ name: null, spread: '', value: fn.self, node: fn.node }];
  if (changesParameters(fn) && args.some((arg) => arg.value.kind === 'object')) {
    const { state, value } = run(fn, [...self, ...args], frame, what, place, frame.state);
    if (state !== null) frame.state.absorb(state);
    return value;
  }
  const held = args.map((arg) => ({ ...arg, value: frozen(arg.value, frame.state) }));
  return later(place.file, place.at, what, () => run(fn, [...self, ...held], frame, what, place, null).value);
}

/** Reads the body of a called function with what it was given. */
export function run(
  fn: FunctionValue,
  args: readonly Argument[],
  frame: Frame,
  what: string,
  place: At,
  heap: State | null,
): { value: Value; state: State | null } {
  const { session } = frame;
  const size = fn.node.to - fn.node.from;
  if (session.calling.has(fn.node)) return { value: notKnown('cyclic', what, place.file, place.at), state: null };
  if (frame.calls >= MOST_CALLS || session.steps < size) return { value: notKnown('call', what, place.file, place.at), state: null };
  session.steps -= size;
  session.calling.add(fn.node);
  try {
    const inner = functionFrame(fn, heap ?? fn.frame.state, false, frame.calls + 1, heap !== null);
    bind(fn, args, inner, place);
    if (fn.node.name === 'LambdaExpression') {
      const body = fn.node.lastChild;
      return { value: body === null ? notKnown('call', what, place.file, place.at) : evaluate(body, inner), state: inner.state };
    }
    if (/^async\s/.test(fn.file.text.slice(fn.node.from, fn.node.from + 6)) === false && yields(fn)) {
      return { value: notKnown('call', what, place.file, place.at), state: null };
    }
    runBody(bodyOf(fn), inner);
    const returns = inner.returns.map((value) => frozen(value, inner.state));
    if (returns.length === 0) {
      return { value: { kind: 'scalar', type: 'null', value: null, file: place.file, at: place.at }, state: inner.state };
    }
    return { value: choose(returns, branchOf(returns.length), place), state: inner.state };
  } finally {
    session.calling.delete(fn.node);
  }
}

function functionFrame(fn: FunctionValue, _base: State, recording: boolean, calls: number, sharesObjects = false): Frame {
  const outer = fn.frame;
  return {
    session: outer.session,
    file: fn.file,
    path: outer.path,
    kind: 'function',
    state: sharesObjects ? new State(_base, true) : new State(),
    outer,
    scope: [outer.scope, fn.name].filter((part) => part !== '').join('.'),
    target: null,
    recording,
    calls,
    nesting: 0,
    settling: false,
    returns: [],
    exits: [],
    conditions: new Map(),
    globals: outer.globals,
  };
}

export const bodyOf = (fn: FunctionValue): SyntaxNode[] => {
  const body = childNamed(fn.node, 'Body');
  return body === null ? [] : childrenOf(body).filter((child) => child.name !== ':');
};

function bind(fn: FunctionValue, args: readonly Argument[], inner: Frame, place: At): void {
  const positional = args.filter((arg) => arg.name === null && arg.spread === '');
  const named = new Map(args.flatMap((arg) => (arg.name === null ? [] : [[arg.name, arg.value] as const])));
  const spread = args.some((arg) => arg.spread !== '');
  let next = 0;
  for (const parameter of parametersOf(fn)) {
    const { name } = parameter;
    let value: Value | undefined;
    if (parameter.spread === '*') {
      value = listOf(
        positional.slice(next).map((arg) => arg.value),
        spread,
        place,
      );
      next = positional.length;
    } else if (parameter.spread === '**') {
      const members = new Map<string, Member>();
      for (const [key, given] of named) members.set(key, { value: given, always: true, file: given.file, at: given.at });
      value = { kind: 'object', ref: new Ref({ kind: 'record', members, open: spread }), file: place.file, at: place.at };
    } else if (!parameter.keywordOnly && next < positional.length) value = positional[next++]?.value;
    else {
      value = named.get(name);
      named.delete(name);
    }
    if (value === undefined && parameter.default !== null && !spread)
      value = evaluate(parameter.default, { ...fn.frame, recording: false });
    inner.state.set(name, value ?? notKnown('parameter', name, fn.file, parameter.node.from));
  }
}

export function listOf(items: readonly Value[], open: boolean, place: At): Value {
  return { kind: 'object', ref: new Ref({ kind: 'list', items, open }), file: place.file, at: place.at };
}

/** The value as it is now, whatever is done to its objects later. */
export function frozen(value: Value, state: State, depth = 0): Value {
  if (value.kind === 'choice') return { ...value, of: value.of.map((one) => frozen(one, state, depth)) };
  if (value.kind !== 'object') return value;
  if (depth > 8) return notKnown('operator', '{...}', value.file, value.at);
  return { ...value, ref: new Ref(frozenContent(state.contentOf(value.ref), state, depth), value.ref.class) };
}

function frozenContent(content: Content, state: State, depth: number): Content {
  switch (content.kind) {
    case 'record': {
      const members = new Map<string, Member>();
      for (const [name, member] of content.members) members.set(name, { ...member, value: frozen(member.value, state, depth + 1) });
      return { ...content, members };
    }
    case 'list':
      return { ...content, items: content.items.map((item) => frozen(item, state, depth + 1)) };
    case 'branch':
      return { ...content, of: content.of.map((one) => frozenContent(one, state, depth)) };
    case 'lost':
      return content;
  }
}

const changing = new WeakMap<SyntaxNode, boolean>();
const CHANGES = new Set(['update', 'pop', 'popitem', 'setdefault', 'clear', 'append', 'extend', 'insert', 'remove']);

/** Whether a function may change an object that one of its parameters is: sets or deletes items, calls what changes, or hands it on. */
function changesParameters(fn: FunctionValue): boolean {
  const known = changing.get(fn.node);
  if (known !== undefined) return known;
  const names = new Set(parametersOf(fn).map((parameter) => parameter.name));
  const isParameter = (node: SyntaxNode | null): boolean => node?.name === 'VariableName' && names.has(sourceOf(fn.file, node));
  let changes = false;
  visit(fn.node, (node) => {
    const first = node.firstChild;
    if (node.name === 'AssignStatement' || node.name === 'UpdateStatement' || node.name === 'DeleteStatement') {
      for (const child of childrenOf(node)) {
        if (child.name === 'MemberExpression' && isParameter(child.firstChild) && child.lastChild?.name === ']') changes = true;
      }
    }
    if (node.name === 'CallExpression' && first?.name === 'MemberExpression' && isParameter(first.firstChild)) {
      const property = childNamed(first, 'PropertyName');
      if (property !== null && CHANGES.has(sourceOf(fn.file, property))) changes = true;
    }
    return !changes && node.name !== 'String';
  });
  changing.set(fn.node, changes);
  return changes;
}

const yielding = new WeakMap<SyntaxNode, boolean>();

function yields(fn: FunctionValue): boolean {
  let found = yielding.get(fn.node);
  if (found === undefined) {
    found = false;
    visit(fn.node, (node) => {
      if (node.name === 'YieldStatement' || node.name === 'YieldExpression') found = true;
      return found !== true && node.name !== 'String';
    });
    yielding.set(fn.node, found);
  }
  return found;
}
