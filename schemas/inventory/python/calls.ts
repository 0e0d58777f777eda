/** Calls: of text's and dictionaries' methods, of what is known of Python's library, of the program's own functions. */
import type { SyntaxNode } from '@lezer/common';
import { joined, mapped, text as textValue } from '../text-value.ts';
import { comprehended } from './displays.ts';
import { evaluate, isExpression } from './expressions.ts';
import type { Argument, Frame } from './frame.ts';
import { callFunction, frozen } from './functions.ts';
import { itemOf } from './members.ts';
import { listMethod, recordMethod } from './object-methods.ts';
import { flatten } from './state.ts';
import { make } from './string-expressions.ts';
import { childNamed, childrenOf, sourceOf, splitAtCommas } from './syntax.ts';
import { TEXT_METHODS, textMethod } from './text-methods.ts';
import { cleandoc, dedent } from './text-operations.ts';
import { type At, alternativesOf, forced, type Member, notKnown, plainOf, Ref, textOf, type Value } from './value.ts';

/** Names of what takes a text and stands for it: a document made of a text is that text. */
const STANDS_FOR = new Set(['gql', 'graphql', 'DocumentNode', 'parse', 'Source', 'str', 'GraphQLRequest', 'dedent_gql']);
/** Calls that change nothing that they are given. */
const HARMLESS =
  /^(print|len|str|repr|isinstance|dumps|sorted|list|dict|tuple|set|any|all|bool|type|id|deepcopy|copy|debug|info|warning|error|exception|critical|log|get|items|keys|values|enumerate|zip|hash|join|format|append|gql|graphql|cast|Field|field)$|execute|query|request|post|graphql|mutat|send|run|call|fetch|subscribe/i;

export function callExpression(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const [calleeNode] = childrenOf(node);
  const list = childNamed(node, 'ArgList');
  const what = sourceOf(file, node);
  if (calleeNode === undefined || list === null) return notKnown('call', what, file, node.from);
  const property = calleeNode.name === 'MemberExpression' ? childNamed(calleeNode, 'PropertyName') : null;
  const objectNode = property === null ? null : calleeNode.firstChild;
  const object = objectNode === null ? null : evaluate(objectNode, frame);
  const args = argumentsOf(list, frame);
  const method = property === null ? null : sourceOf(file, property);
  let result = object === null || method === null ? null : methodCall(object, method, args, node, frame);
  let callee: Value = notKnown('call', what, file, node.from);
  if (result === null) {
    callee = object === null ? forced(evaluate(calleeNode, frame)) : attributeOfCallee(object, calleeNode, frame);
    const external = callee.kind === 'external' ? callee.dotted : null;
    const name = external?.split('.').at(-1) ?? method ?? lastWord(calleeNode, frame);
    result = called(callee, name, args, node, frame);
  }
  const name = callee.kind === 'external' ? (callee.dotted.split('.').at(-1) ?? '') : (method ?? lastWord(calleeNode, frame));
  if (frame.recording) frame.session.recorder.called({ node, name, callee, args, result }, frame);
  else if (frame.calls > 0 && !frame.settling) frame.session.probe?.({ node, name, callee, args, result }, frame);
  if (!HARMLESS.test(name) && callee.kind !== 'function' && callee.kind !== 'class') lose(args, frame);
  return result;
}

function attributeOfCallee(object: Value, calleeNode: SyntaxNode, frame: Frame): Value {
  const property = childNamed(calleeNode, 'PropertyName');
  return property === null ? evaluate(calleeNode, frame) : attributeOfValue(object, sourceOf(frame.file, property), frame, calleeNode);
}

import { attributeOf } from './names.ts';

function attributeOfValue(object: Value, name: string, frame: Frame, node: SyntaxNode): Value {
  return forced(attributeOf(object, name, frame, { file: frame.file, at: node.from }, sourceOf(frame.file, node)));
}

function lastWord(callee: SyntaxNode, frame: Frame): string {
  return callee.name === 'VariableName' ? sourceOf(frame.file, callee) : '';
}

/** The arguments of a call, each worked out in its order. */
export function argumentsOf(list: SyntaxNode, frame: Frame): Argument[] {
  const nodes = childrenOf(list).filter((child) => !/^[()⚠]$/.test(child.name));
  if (nodes.some((child) => child.name === 'for')) {
    const [first] = nodes;
    if (first === undefined) return [];
    return [{ name: null, spread: '', node: first, value: comprehended(nodes, frame, { file: frame.file, at: first.from }) }];
  }
  return splitAtCommas(nodes).flatMap((part): Argument[] => {
    const [first, second, third] = part;
    if (first === undefined) return [];
    if ((first.name === '*' || first.name === '**') && second !== undefined) {
      return [{ name: null, spread: first.name, node: second, value: evaluate(second, frame) }];
    }
    if (second?.name === 'AssignOp' && third !== undefined) {
      return [{ name: sourceOf(frame.file, first), spread: '', node: third, value: evaluate(third, frame) }];
    }
    return isExpression(first) ? [{ name: null, spread: '', node: first, value: evaluate(first, frame) }] : [];
  });
}

function methodCall(object: Value, method: string, args: readonly Argument[], node: SyntaxNode, frame: Frame): Value | null {
  const place = { file: frame.file, at: node.from };
  const now =
    object.kind === 'later' && !TEXT_METHODS.has(method) && !/^(get|update|copy|append|extend)$/.test(method) ? object : forced(object);
  if (TEXT_METHODS.has(method) && alternativesOf(now).some((one) => one.kind === 'text')) return textMethod(now, method, args, node, frame);
  if (now.kind === 'object' && now.ref.class === null) {
    // What was dumped as JSON stands for what it was dumped from.
    if (method === 'encode') return now;
    const content = frame.state.contentOf(now.ref);
    const done =
      flatten(content, place).kind === 'list' ? listMethod(now, method, args, frame) : recordMethod(now, method, args, node, frame);
    if (done !== null) return done;
  }
  if (method === 'get' || method === 'pop') {
    const [key, usual] = args;
    if (key !== undefined && plainOf(key.value) === '__typename') return { kind: 'typename', ...place };
    if (now.kind === 'choice' && key !== undefined && usual === undefined)
      return itemOf(now, key.value, frame, place, sourceOf(frame.file, node));
  }
  return null;
}

function called(callee: Value, name: string, args: readonly Argument[], node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const place = { file, at: node.from };
  const what = sourceOf(file, node);
  const first = args[0];
  if (STANDS_FOR.has(name) && first !== undefined && first.spread === '') {
    const now = forced(first.value);
    if (alternativesOf(now).some((one) => one.kind === 'text') || name === 'gql' || name === 'str') return now;
  }
  if (callee.kind === 'function') return callFunction(callee, args, frame, place);
  if (callee.kind === 'class') return instanceOf(callee, args, frame, place);
  const dotted = callee.kind === 'external' ? callee.dotted : '';
  const known = libraryCall(dotted, callee.kind === 'unknown' && callee.reason === 'not-found' ? name : dotted, args, node, frame);
  if (known !== null) return known;
  if (callee.kind === 'choice') return notKnown('call', what, file, node.from);
  return notKnown(callee.kind === 'unknown' && callee.reason === 'import' ? 'import' : 'call', what, file, node.from);
}

/** Python's own functions, by name, and those of its library, by dotted name. */
function libraryCall(dotted: string, name: string, args: readonly Argument[], node: SyntaxNode, frame: Frame): Value | null {
  const { file } = frame;
  const place = { file, at: node.from };
  const [first, second] = args;
  const asText = (): boolean => first !== undefined && alternativesOf(first.value).some((one) => one.kind === 'text');
  switch (name) {
    case 'textwrap.dedent':
    case 'inspect.cleandoc': {
      if (first === undefined || !asText()) return null;
      const operation = name === 'textwrap.dedent' ? dedent : cleandoc;
      const of = textOf(first.value, sourceOf(file, node));
      return make(of.kind === 'text' ? textValue(operation(of.runs)) : mapped(of, operation), node, frame, [first.value]);
    }
    case 'string.Template': {
      if (first === undefined || !asText()) return null;
      const hole = notKnown('format', sourceOf(file, node), file, node.from);
      return make(joined([textOf(first.value, '...'), hole]), node, frame, [first.value], first.node.from);
    }
    case 'json.dumps':
    case 'copy.copy':
    case 'copy.deepcopy':
      return first === undefined ? null : frozen(first.value, frame.state);
    case 'typing.cast':
      return second?.value ?? null;
    case 'dict':
      return dictCall(args, frame, place);
    case 'list':
    case 'tuple':
    case 'sorted':
      return first === undefined
        ? { kind: 'object', ref: new Ref({ kind: 'list', items: [], open: false }), ...place }
        : frozen(first.value, frame.state);
  }
  const last = dotted.split('.').at(-1);
  if (last === 'field' || last === 'Field') return args.find((arg) => arg.name === 'default')?.value ?? null;
  return null;
}

function dictCall(args: readonly Argument[], frame: Frame, place: At): Value {
  let open = false;
  const members = new Map<string, Member>();
  for (const arg of args) {
    if (arg.name !== null) members.set(arg.name, { value: arg.value, always: true, file: frame.file, at: arg.node.from });
    else {
      const now = forced(arg.value);
      const content = now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), place) : null;
      if (content?.kind !== 'record') open = true;
      else {
        for (const [name, member] of content.members) members.set(name, member);
        open ||= content.open;
      }
    }
  }
  return { kind: 'object', ref: new Ref({ kind: 'record', members, open }), ...place };
}

/** An instance: of a TypedDict a dictionary, of anything else an object whose attributes its class tells. */
function instanceOf(of: Extract<Value, { kind: 'class' }>, args: readonly Argument[], frame: Frame, place: At): Value {
  const bases = of.bases.map((base) => (base.kind === 'external' ? base.dotted.split('.').at(-1) : ''));
  if (bases.includes('TypedDict')) return dictCall(args, frame, place);
  if (bases.some((base) => base?.endsWith('Enum')) && args[0] !== undefined) return args[0].value;
  const members = new Map<string, Member>();
  for (const arg of args)
    if (arg.name !== null) members.set(arg.name, { value: arg.value, always: true, file: frame.file, at: arg.node.from });
  const own = of.frame.state.get('__init__') === undefined ? members : new Map<string, Member>();
  return { kind: 'object', ref: new Ref({ kind: 'record', members: own, open: true }, of), ...place };
}

/** What is handed to something that may change it is not known after. */
function lose(args: readonly Argument[], frame: Frame): void {
  for (const arg of args) {
    if (arg.value.kind === 'object' && arg.value.ref.class === null) frame.state.setContent(arg.value.ref, { kind: 'lost' });
  }
}
