/** The texts that a value can be, each with the way of every branch that makes it so. */
import { isUnknown, MOST_VARIANTS, type Run, type TextValue, type Unknown, type Variant } from '../text-value.ts';

/** Branch → the way that was gone. */
export type Decisions = ReadonlyMap<object, number>;

export interface World {
  readonly variant: Variant;
  readonly decisions: Decisions;
}

const NONE: Decisions = new Map();
const known = new WeakMap<TextValue, readonly World[] | null>();

/** Every text that the value can be, the same branch going the same way throughout; null when there are more than `MOST_VARIANTS`. */
export function worldsOf(value: TextValue): readonly World[] | null {
  let worlds = known.get(value);
  if (worlds === undefined) {
    worlds = distinct(expand(value));
    known.set(value, worlds);
  }
  return worlds;
}

function expand(value: TextValue): readonly World[] | null {
  switch (value.kind) {
    case 'text':
      return [{ variant: value.runs, decisions: NONE }];
    case 'unknown':
      return [{ variant: [value], decisions: NONE }];
    case 'choice': {
      const all: World[] = [];
      const { by } = value;
      for (const [index, one] of value.of.entries()) {
        const worlds = worldsOf(one);
        if (worlds === null) return null;
        for (const world of worlds) {
          const decisions = by === undefined ? world.decisions : agreed(world.decisions, new Map([[by.at, by.ways[index] ?? index]]));
          if (decisions !== null) all.push({ variant: world.variant, decisions });
        }
        if (all.length > MOST_VARIANTS) return null;
      }
      return all;
    }
    case 'joined':
      return product(spineOf(value));
    case 'mapped':
      return (
        worldsOf(value.of)?.map(({ variant, decisions }) => {
          const runs = variant.filter((one): one is Run => !isUnknown(one));
          return { variant: runs.length === variant.length ? value.map(runs) : variant, decisions };
        }) ?? null
      );
  }
}

/** Parts of a text that was added to again and again, without going down into each of its stages. */
function spineOf(value: TextValue): TextValue[] {
  const reversed: TextValue[] = [];
  let left: TextValue | undefined = value;
  while (left?.kind === 'joined' && known.get(left) === undefined) {
    for (let index = left.parts.length - 1; index > 0; index--) {
      const part = left.parts[index];
      if (part !== undefined) reversed.push(part);
    }
    left = left.parts[0];
  }
  if (left !== undefined) reversed.push(left);
  return reversed.reverse();
}

function product(parts: readonly TextValue[]): readonly World[] | null {
  let whole: { pieces: (Run | Unknown)[]; decisions: Decisions }[] = [{ pieces: [], decisions: NONE }];
  for (const part of parts) {
    const worlds = worldsOf(part);
    if (worlds === null) return null;
    const [only] = worlds;
    if (worlds.length === 1 && only !== undefined && only.decisions.size === 0) {
      for (const one of whole) for (const piece of only.variant) one.pieces.push(piece);
      continue;
    }
    const next: typeof whole = [];
    for (const one of whole) {
      for (const world of worlds) {
        const decisions = agreed(one.decisions, world.decisions);
        if (decisions !== null) next.push({ pieces: [...one.pieces, ...world.variant], decisions });
      }
    }
    if (next.length > MOST_VARIANTS) return null;
    whole = next;
  }
  return whole.map(({ pieces, decisions }) => ({ variant: pieces, decisions }));
}

/** Both together, or null when one branch would have to go two ways. */
function agreed(one: Decisions, other: Decisions): Decisions | null {
  if (other.size === 0) return one;
  if (one.size === 0) return other;
  const both = new Map(one);
  for (const [branch, way] of other) {
    const before = both.get(branch);
    if (before !== undefined && before !== way) return null;
    both.set(branch, way);
  }
  return both;
}

/** Worlds of the same text and the same ways once. Those of the same text and other ways stay, for what goes with them. */
function distinct(worlds: readonly World[] | null): readonly World[] | null {
  if (worlds === null || worlds.length < 2) return worlds;
  const seen = new Map<string, World[]>();
  return worlds.filter((world) => {
    const key = keyOf(world.variant);
    const same = seen.get(key);
    if (same === undefined) seen.set(key, [world]);
    else if (same.some((one) => sameDecisions(one.decisions, world.decisions))) return false;
    else same.push(world);
    return true;
  });
}

/** Two variants with one key are the same text from the same places. */
export const keyOf = (variant: Variant): string =>
  variant.map((one) => (isUnknown(one) ? `\0${one.file.path}:${one.at}\0` : one.text)).join('');

function sameDecisions(one: Decisions, other: Decisions): boolean {
  return one.size === other.size && [...one].every(([branch, way]) => other.get(branch) === way);
}
