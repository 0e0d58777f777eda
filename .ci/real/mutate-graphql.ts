/** Edits the tree of a GraphQL document or schema somewhere: rename, drop, retype, misplace. It knows the shapes of trees and no rule of any judge. */
import { type DocumentNode, parse, print } from 'graphql';

/** Numbers from 0 to 1 that a seed determines. */
export type Random = () => number;

/** mulberry32: the same mutations in every run. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of a list that is not empty. */
export function pick<T>(list: readonly T[], random: Random): T {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error('pick: expected a list with something in it, got none');
  return one;
}

export const EDITS = ['rename', 'drop', 'retype', 'misplace'] as const;
export type Edit = (typeof EDITS)[number];

export interface Mutant {
  readonly text: string;
  /** What was edited: `rename Field`. */
  readonly edit: string;
  /** Names that stood where it was edited. */
  readonly names: readonly string[];
}

type Tree = { kind: string } & Record<string, unknown>;

/** Everything in a tree that an edit can take hold of. */
interface Handles {
  readonly names: { readonly owner: Tree; readonly name: Tree }[];
  readonly lists: { readonly owner: Tree; readonly key: string; readonly list: Tree[] }[];
  readonly optional: { readonly owner: Tree; readonly key: string }[];
  readonly types: { readonly owner: Tree; readonly key: string }[];
  readonly values: { readonly owner: Tree; readonly key: string }[];
}

const OPTIONAL = new Set(['alias', 'typeCondition', 'defaultValue', 'selectionSet']);
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && 'kind' in value;

function handlesOf(root: Tree): Handles {
  const handles: Handles = { names: [], lists: [], optional: [], types: [], values: [] };
  const walk = (owner: Tree) => {
    for (const [key, value] of Object.entries(owner)) {
      if (Array.isArray(value)) {
        const list = value.filter(isTree);
        if (list.length > 0) {
          owner[key] = list;
          handles.lists.push({ owner, key, list });
        }
        for (const one of list) walk(one);
      } else if (isTree(value)) {
        if (value.kind === 'Name') handles.names.push({ owner, name: value });
        if (OPTIONAL.has(key)) handles.optional.push({ owner, key });
        if (/^(?:Named|List|NonNull)Type$/.test(value.kind)) handles.types.push({ owner, key });
        if (/Value$|^Variable$/.test(value.kind) && key !== 'variable' && key !== 'description') handles.values.push({ owner, key });
        walk(value);
      }
    }
  };
  walk(root);
  return handles;
}

/** A mutant of the text, or null when the edit found nothing to take hold of or changed nothing. Names and pieces are taken from `others` too. */
export function mutate(text: string, others: readonly string[], edit: Edit, random: Random): Mutant | null {
  const document = treeOf(text);
  const before = print(document as unknown as DocumentNode);
  const done = edits[edit](handlesOf(document), () => handlesOf(treeOf(pick([text, ...others], random))), random);
  if (done === null) return null;
  const after = print(document as unknown as DocumentNode);
  return after === before ? null : { text: after, edit: `${edit} ${done.what}`, names: done.names };
}

const treeOf = (text: string): Tree => structuredClone(parse(text, { noLocation: true })) as unknown as Tree;

type Done = { readonly what: string; readonly names: readonly string[] } | null;
const nameOf = (tree: Tree): string[] => (isTree(tree['name']) ? [String(tree['name']['value'])] : []);

const edits: Readonly<Record<Edit, (own: Handles, other: () => Handles, random: Random) => Done>> = {
  rename({ names }, other, random) {
    if (names.length === 0) return null;
    const { owner, name } = pick(names, random);
    const was = String(name['value']);
    const taken = other().names.map((one) => String(one.name['value']));
    const becomes = random() < 0.5 || taken.length === 0 ? `${was}X` : pick(taken, random);
    // A name may be renamed wherever it stands, as a person would.
    const all = random() < 0.2;
    for (const one of names) if (one.name === name || (all && one.name['value'] === was)) one.name['value'] = becomes;
    return { what: `${owner.kind}${all ? ' everywhere' : ''}`, names: [was, becomes] };
  },
  drop({ lists, optional }, _other, random) {
    const index = Math.floor(random() * (lists.length + optional.length));
    const slot = optional[index - lists.length];
    if (slot !== undefined) {
      delete slot.owner[slot.key];
      return { what: `${slot.key} of ${slot.owner.kind}`, names: nameOf(slot.owner) };
    }
    const from = lists[index];
    if (from === undefined) return null;
    const [gone] = from.list.splice(Math.floor(random() * from.list.length), 1);
    return gone === undefined ? null : { what: gone.kind, names: [...nameOf(gone), ...nameOf(from.owner)] };
  },
  retype({ types, values }, other, random) {
    const slots = [...types, ...values];
    if (slots.length === 0) return null;
    const { owner, key } = pick(slots, random);
    const was = owner[key];
    if (!isTree(was)) return null;
    owner[key] = /Type$/.test(was.kind) ? otherType(was, other, random) : otherValue(random);
    return { what: `${was.kind} of ${owner.kind}`, names: nameOf(owner) };
  },
  misplace({ lists }, other, random) {
    if (lists.length === 0) return null;
    const from = pick(lists, random);
    const at = Math.floor(random() * from.list.length);
    const [moved] = random() < 0.5 ? from.list.splice(at, 1) : structuredClone(from.list.slice(at, at + 1));
    const places = [...lists, ...(random() < 0.3 ? other().lists : [])].filter(({ key, list }) => key === from.key && list !== from.list);
    if (moved === undefined || places.length === 0) return null;
    const to = pick(places, random);
    to.list.splice(Math.floor(random() * (to.list.length + 1)), 0, moved);
    return { what: `${moved.kind} into ${to.owner.kind}`, names: [...nameOf(moved), ...nameOf(to.owner), ...nameOf(from.owner)] };
  },
};

function otherType(was: Tree, other: () => Handles, random: Random): Tree {
  const how = random();
  if (how < 0.4 && was.kind === 'NonNullType') return was['type'] as Tree;
  if (how < 0.4) return { kind: 'NonNullType', type: was };
  if (how < 0.6) return was.kind === 'ListType' ? (was['type'] as Tree) : { kind: 'ListType', type: was };
  const named = ['String', 'Int', 'Float', 'Boolean', 'ID', ...other().names.map(({ name }) => String(name['value']))];
  return { kind: 'NamedType', name: { kind: 'Name', value: pick(named, random) } };
}

const otherValue = (random: Random): Tree =>
  structuredClone(
    pick<Tree>(
      [
        { kind: 'IntValue', value: '7' },
        { kind: 'IntValue', value: '99999999999' },
        { kind: 'FloatValue', value: '1.5' },
        { kind: 'StringValue', value: 'seven' },
        { kind: 'BooleanValue', value: true },
        { kind: 'NullValue' },
        { kind: 'EnumValue', value: 'SEVEN' },
        { kind: 'ListValue', values: [] },
        { kind: 'ListValue', values: [{ kind: 'NullValue' }] },
        { kind: 'ObjectValue', fields: [] },
        { kind: 'Variable', name: { kind: 'Name', value: 'id' } },
      ],
      random,
    ),
  );
