/** The names and objects of a scope at one point of the program, and how ways through it come together. */

import type { Branch } from '../text-value.ts';
import { type At, branchOf, type Content, choose, type Member, type Ref, type Value } from './value.ts';

/** Most ways of an object that are kept apart; beyond it they are merged member by member. */
const MOST_WAYS = 8;

export class State {
  readonly #base: State | null;
  /** The state of a call sees the objects of its caller, but none of its names. */
  readonly #call: boolean;
  readonly #names = new Map<string, Value>();
  readonly #contents = new Map<Ref, Content>();
  /** Control does not come here: after return, raise, break, continue. */
  dead = false;

  constructor(base: State | null = null, call = false) {
    this.#base = base;
    this.#call = call;
    this.dead = !call && (base?.dead ?? false);
  }

  get(name: string): Value | undefined {
    for (let state: State | null = this; state !== null; state = state.#call ? null : state.#base) {
      const value = state.#names.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  set(name: string, value: Value): void {
    this.#names.set(name, value);
  }

  /** The names set here, without those of what it was forked from. */
  ownNames(): ReadonlyMap<string, Value> {
    return this.#names;
  }

  contentOf(ref: Ref): Content {
    for (let state: State | null = this; state !== null; state = state.#base) {
      const content = state.#contents.get(ref);
      if (content !== undefined) return content;
    }
    return ref.initial;
  }

  setContent(ref: Ref, content: Content): void {
    this.#contents.set(ref, content);
  }

  /** The state in which control leaves here for elsewhere; this one is dead. */
  gone(): State {
    const state = new State(this.#base, this.#call);
    for (const [name, value] of this.#names) state.#names.set(name, value);
    for (const [ref, content] of this.#contents) state.#contents.set(ref, content);
    state.dead = this.dead;
    this.dead = true;
    return state;
  }

  /** Takes over what a call did to objects. */
  absorb(call: State): void {
    for (const [ref, content] of call.#contents) this.#contents.set(ref, content);
  }

  fork(): State {
    return new State(this);
  }

  /** Takes what the ways that were forked from here have done: one of them was gone. */
  join(ways: readonly State[], place: At, by: Branch = branchOf(ways.length), loose = false): void {
    const live = ways.map((state, index) => ({ state, way: by.ways[index] ?? index })).filter(({ state }) => !state.dead);
    if (live.length === 0) {
      this.dead = true;
      return;
    }
    const names = new Set(live.flatMap(({ state }) => [...state.#names.keys()]));
    for (const name of names) {
      const known = live.flatMap(({ state, way }) => {
        const value = state.get(name);
        return value === undefined ? [] : [{ value, way }];
      });
      const value = choose(
        known.map((one) => one.value),
        { at: by.at, ways: known.map((one) => one.way) },
        place,
        loose,
      );
      this.#names.set(name, value);
    }
    const refs = new Set(live.flatMap(({ state }) => [...state.#contents.keys()]));
    for (const ref of refs) {
      const contents = live.map(({ state }) => state.contentOf(ref));
      this.#contents.set(ref, joinContents(contents, { at: by.at, ways: live.map(({ way }) => way) }, place));
    }
  }
}

/** One of several contents; kept apart while they are few. */
function joinContents(of: readonly Content[], by: Branch, place: At): Content {
  const first = of[0];
  if (first === undefined) return { kind: 'lost' };
  if (of.every((one) => one === first)) return first;
  const branch: Content = { kind: 'branch', of, by };
  return leavesOf(branch) > MOST_WAYS ? flatten(branch, place) : branch;
}

function leavesOf(content: Content): number {
  return content.kind === 'branch' ? content.of.reduce((sum, one) => sum + leavesOf(one), 0) : 1;
}

/** All ways of an object as one: a member that not every way has is not always there. */
export function flatten(content: Content, place: At): Exclude<Content, { kind: 'branch' }> {
  if (content.kind !== 'branch') return content;
  const ways = content.of.map((one) => flatten(one, place));
  const records = ways.filter((way) => way.kind === 'record');
  if (records.length === ways.length) {
    const members = new Map<string, Member>();
    for (const name of new Set(records.flatMap((record) => [...record.members.keys()]))) {
      const known = records.flatMap((record, index) => {
        const member = record.members.get(name);
        return member === undefined ? [] : [{ member, way: content.by.ways[index] ?? index }];
      });
      const first = known[0]?.member;
      if (first === undefined) continue;
      const value = choose(
        known.map(({ member }) => member.value),
        { at: content.by.at, ways: known.map(({ way }) => way) },
        first,
      );
      members.set(name, { ...first, value, always: known.length === records.length && known.every(({ member }) => member.always) });
    }
    return { kind: 'record', members, open: records.some((record) => record.open) };
  }
  const lists = ways.filter((way) => way.kind === 'list');
  if (lists.length === ways.length) return { kind: 'list', items: [...new Set(lists.flatMap((list) => list.items))], open: true };
  return { kind: 'lost' };
}

/** Changes an object on every way that it can have come. */
export function changed(content: Content, change: (content: Exclude<Content, { kind: 'branch' }>) => Content): Content {
  if (content.kind !== 'branch') return change(content);
  return { ...content, of: content.of.map((one) => changed(one, change)) };
}
