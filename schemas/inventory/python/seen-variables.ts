/** Turns what is known of a value into what a report can show, on the way of one text. */

import type { SeenMember, SeenValue } from '../seen-value.ts';
import { isUnknown, plainText } from '../text-value.ts';
import type { State } from './state.ts';
import { type Content, forced, type Value } from './value.ts';
import { type Decisions, worldsOf } from './worlds.ts';

const MOST_DEPTH = 20;

/** A value as it is where the branches of `decisions` have gone their way. */
export function seenValue(value: Value, state: State, decisions: Decisions, depth = 0): SeenValue {
  const now = forced(value);
  const at = { file: now.file, at: now.at };
  if (depth > MOST_DEPTH) return { kind: 'unknown', ...at };
  switch (now.kind) {
    case 'scalar':
      return { kind: 'scalar', type: now.type, value: now.value, ...at };
    case 'text': {
      const worlds = worldsOf(now.text)?.filter((world) => agrees(world.decisions, decisions)) ?? [];
      const seen = worlds.map(({ variant }): SeenValue => {
        if (variant.some(isUnknown)) return { kind: 'unknown', ...at };
        return { kind: 'scalar', type: 'string', value: plainText(variant), ...at };
      });
      return oneOf(seen, at);
    }
    case 'choice': {
      const way = decisions.get(now.by.at);
      if (way !== undefined) {
        const index = now.by.ways.indexOf(way);
        const taken = now.of[index];
        if (taken !== undefined) return seenValue(taken, state, decisions, depth + 1);
      }
      if (now.of.length > 16) return { kind: 'unknown', ...at };
      return oneOf(
        now.of.map((one) => seenValue(one, state, decisions, depth + 1)),
        at,
      );
    }
    case 'object':
      return now.ref.class === null ? seenContent(state.contentOf(now.ref), state, decisions, depth, at) : { kind: 'unknown', ...at };
    default:
      return { kind: 'unknown', ...at };
  }
}

type Place = Pick<SeenValue, 'file' | 'at'>;

function oneOf(of: readonly SeenValue[], at: Place): SeenValue {
  const [first] = of;
  if (first === undefined) return { kind: 'unknown', ...at };
  if (of.length === 1) return first;
  return of.every((one) => one.kind === 'unknown') ? { kind: 'unknown', ...at } : { kind: 'choice', of, ...at };
}

function seenContent(content: Content, state: State, decisions: Decisions, depth: number, at: Place): SeenValue {
  switch (content.kind) {
    case 'lost':
      return { kind: 'unknown', ...at };
    case 'list':
      return { kind: 'list', items: content.items.map((item) => seenValue(item, state, decisions, depth + 1)), open: content.open, ...at };
    case 'record': {
      const members = [...content.members].map(
        ([name, member]): SeenMember => ({
          name,
          value: seenValue(member.value, state, decisions, depth + 1),
          always: member.always,
          file: member.file,
          at: member.at,
        }),
      );
      return { kind: 'record', members, open: content.open, ...at };
    }
    case 'branch': {
      const way = decisions.get(content.by.at);
      const taken = way === undefined ? undefined : content.of[content.by.ways.indexOf(way)];
      if (taken !== undefined) return seenContent(taken, state, decisions, depth + 1, at);
      return together(
        content.of.map((one) => seenContent(one, state, decisions, depth + 1, at)),
        at,
      );
    }
  }
}

/** Ways of one object that nothing tells apart, as one. */
function together(ways: readonly SeenValue[], at: Place): SeenValue {
  const records = ways.filter((way) => way.kind === 'record');
  if (records.length === ways.length) {
    const names = [...new Set(records.flatMap((record) => record.members.map((member) => member.name)))];
    const members = names.flatMap((name): SeenMember[] => {
      const known = records.flatMap((record) => record.members.filter((member) => member.name === name));
      const [first] = known;
      if (first === undefined) return [];
      const values = [
        ...new Map(known.map((member) => [JSON.stringify([member.value.kind, member.at, member.value.at]), member.value])).values(),
      ];
      return [
        { ...first, value: oneOf(values, first.value), always: known.length === records.length && known.every((member) => member.always) },
      ];
    });
    return { kind: 'record', members, open: records.some((record) => record.open), ...at };
  }
  const lists = ways.filter((way) => way.kind === 'list');
  if (lists.length === ways.length) {
    const items = [...new Map(lists.flatMap((list) => list.items.map((item) => [item.at, item]))).values()];
    return { kind: 'list', items, open: true, ...at };
  }
  return { kind: 'unknown', ...at };
}

function agrees(one: Decisions, other: Decisions): boolean {
  return [...one].every(([branch, way]) => {
    const decided = other.get(branch);
    return decided === undefined || decided === way;
  });
}
