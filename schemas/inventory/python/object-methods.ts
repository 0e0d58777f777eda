/** Methods of dictionaries and lists that change or read them. */
import type { SyntaxNode } from '@lezer/common';
import { overlaid } from './displays.ts';
import type { Argument, Frame } from './frame.ts';
import { frozen, listOf } from './functions.ts';
import { itemOf } from './members.ts';
import { changed, flatten } from './state.ts';
import { sourceOf } from './syntax.ts';
import { type At, branchOf, type Content, choose, forced, type Member, notKnown, plainOf, type Value } from './value.ts';

type ObjectValue = Extract<Value, { kind: 'object' }>;

/** Sets `object[key]`; a key that is not known may be any. */
export function setItem(object: ObjectValue, key: string | null, value: Value, frame: Frame, at: At): void {
  const content = frame.state.contentOf(object.ref);
  frame.state.setContent(
    object.ref,
    changed(content, (one) => {
      if (one.kind === 'list') return { ...one, open: true };
      if (one.kind !== 'record') return one;
      if (key === null) return overlaid(one, null, at);
      const members = new Map(one.members);
      members.set(key, { value, always: true, file: at.file, at: at.at });
      return { ...one, members };
    }),
  );
}

/** Deletes `object[key]`. */
export function deleteItem(object: ObjectValue, key: string | null, frame: Frame): void {
  const content = frame.state.contentOf(object.ref);
  frame.state.setContent(
    object.ref,
    changed(content, (one) => {
      if (one.kind !== 'record') return one.kind === 'list' ? { ...one, open: true } : one;
      const members = new Map<string, Member>();
      for (const [name, member] of one.members) {
        if (key === null) members.set(name, { ...member, always: false });
        else if (name !== key) members.set(name, member);
      }
      return { ...one, members };
    }),
  );
}

const NOTHING = (frame: Frame, node: SyntaxNode): Value => ({ kind: 'scalar', type: 'null', value: null, file: frame.file, at: node.from });

/** What a dictionary's method does and gives; null when it is none that is followed. */
export function recordMethod(object: ObjectValue, method: string, args: readonly Argument[], node: SyntaxNode, frame: Frame): Value | null {
  const { file } = frame;
  const place = { file, at: node.from };
  const what = sourceOf(file, node);
  const [first, second] = args;
  const key = first === undefined || first.name !== null ? null : plainOf(first.value);
  switch (method) {
    case 'get': {
      if (first === undefined) return null;
      const content = flatten(frame.state.contentOf(object.ref), place);
      if (content.kind !== 'record') return itemOf(object, first.value, frame, place, what);
      const member = key === null ? undefined : content.members.get(key);
      if (member?.always === true) return member.value;
      const usual = second?.value ?? NOTHING(frame, node);
      if (key !== null && member === undefined && !content.open) return usual;
      const worth = itemOf(object, first.value, frame, place, what);
      return worth.kind === 'typename' || second === undefined ? worth : choose([worth, usual], branchOf(2), place, true);
    }
    case 'update': {
      let over: Content | null = { kind: 'record', members: new Map(), open: false };
      for (const arg of args) {
        if (arg.name !== null) {
          over = overlaid(
            over ?? { kind: 'lost' },
            { kind: 'record', members: new Map([[arg.name, { value: arg.value, always: true, file, at: arg.node.from }]]), open: false },
            place,
          );
          continue;
        }
        const now = forced(arg.value);
        over = now.kind === 'object' ? frame.state.contentOf(now.ref) : null;
        if (over !== null && flatten(over, place).kind !== 'record') over = null;
      }
      const put = over;
      frame.state.setContent(
        object.ref,
        changed(frame.state.contentOf(object.ref), (one) => overlaid(one, put, place)),
      );
      return NOTHING(frame, node);
    }
    case 'setdefault': {
      if (first === undefined) return null;
      const content = flatten(frame.state.contentOf(object.ref), place);
      const member = content.kind === 'record' && key !== null ? content.members.get(key) : undefined;
      if (member?.always === true) return member.value;
      const value = second?.value ?? NOTHING(frame, node);
      if (content.kind !== 'record' || key === null || content.open) {
        setItem(object, key, notKnown('operator', what, file, node.from), frame, place);
        return notKnown('operator', what, file, node.from);
      }
      const set = member === undefined ? value : choose([member.value, value], branchOf(2), place);
      setItem(object, key, set, frame, { file, at: first.node.from });
      return set;
    }
    case 'pop': {
      const content = flatten(frame.state.contentOf(object.ref), place);
      const member = content.kind === 'record' && key !== null ? content.members.get(key) : undefined;
      deleteItem(object, key, frame);
      return member?.value ?? (key === '__typename' ? { kind: 'typename', ...place } : notKnown('subscript', what, file, node.from));
    }
    case 'popitem':
      deleteItem(object, null, frame);
      return notKnown('subscript', what, file, node.from);
    case 'clear':
      frame.state.setContent(object.ref, { kind: 'record', members: new Map(), open: false });
      return NOTHING(frame, node);
    case 'copy':
      return frozen(object, frame.state);
    case 'values':
    case 'items':
    case 'keys': {
      const content = flatten(frame.state.contentOf(object.ref), place);
      if (content.kind !== 'record') return null;
      const entries = [...content.members].map(([name, member]): Value => {
        const origin = { file: member.file, at: member.at, to: member.at, name: '' };
        const text: Value = {
          kind: 'text',
          text: { kind: 'text', runs: [{ text: name, file: member.file, at: member.at, verbatim: false }] },
          origin,
          file: member.file,
          at: member.at,
        };
        if (method === 'keys') return text;
        return method === 'values' ? member.value : listOf([text, member.value], false, member);
      });
      return listOf(entries, content.open, place);
    }
    default:
      return null;
  }
}

/** What a list's method does and gives; null when it is none that is followed. */
export function listMethod(object: ObjectValue, method: string, args: readonly Argument[], frame: Frame): Value | null {
  const first = args[0]?.value;
  const content = frame.state.contentOf(object.ref);
  const grow = (items: readonly Value[], open: boolean, ordered = true): Value => {
    frame.state.setContent(
      object.ref,
      changed(content, (one) =>
        one.kind === 'list' ? { kind: 'list', items: [...one.items, ...items], open: one.open || open || !ordered } : one,
      ),
    );
    return { kind: 'scalar', type: 'null', value: null, file: object.file, at: object.at };
  };
  switch (method) {
    case 'append':
      return first === undefined ? null : grow([first], false);
    case 'extend': {
      const now = first === undefined ? null : forced(first);
      const more = now?.kind === 'object' ? flatten(frame.state.contentOf(now.ref), now) : null;
      return more?.kind === 'list' ? grow(more.items, more.open) : grow([], true);
    }
    case 'insert':
      return grow(args[1] === undefined ? [] : [args[1].value], true, false);
    case 'copy':
      return frozen(object, frame.state);
    case 'pop':
    case 'remove':
    case 'clear':
    case 'sort':
    case 'reverse':
      frame.state.setContent(object.ref, { kind: 'list', items: [], open: true });
      return notKnown('subscript', method, object.file, object.at);
    default:
      return null;
  }
}
