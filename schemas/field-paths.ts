/** Where a field lives that was asked for at the wrong place (C-09). */
import { type GraphQLSchema, getNamedType, isInterfaceType, isObjectType } from 'graphql';
import { wordsOf } from './suggest.ts';

interface Place {
  /** `Mutation.admin.user.create`. */
  readonly path: string;
  readonly field: string;
  readonly words: readonly string[];
}

const placesOf = new WeakMap<GraphQLSchema, ReadonlyMap<string, readonly Place[]>>();

/** Most places that are named. */
const MOST = 3;

/**
 * Paths from the root types to fields that `wrong` may have meant when it was asked on `parent`, a root or a namespace: those of that name, else those
 * of whose path it says the words (`createUser` is `Mutation.admin.user.create`). Of the operation type `root` before the other, shortest first; none when
 * there are too many to be of help (`id`).
 */
export function placesWhereItLives(schema: GraphQLSchema, wrong: string, root: string | null, parent: string): readonly string[] {
  if (!isNamespace(schema, parent)) return [];
  const asked = stemsOf(wrong);
  const roots = [...obtainPlaces(schema)].sort(([a], [b]) => Number(b === root) - Number(a === root));
  for (const [, places] of roots) {
    const exact = places.filter((place) => stemsOf(place.field).join() === asked.join());
    if (exact.length > 0 && exact.length <= MOST) return exact.map((place) => place.path);
    const worded = places
      .filter((place) => stemsOf(place.field).every((word) => asked.includes(word)) && asked.every((word) => place.words.includes(word)))
      .sort((a, b) => a.words.length - b.words.length);
    if (asked.length > 1 && worded.length > 0) return worded.slice(0, MOST).map((place) => place.path);
  }
  return [];
}

/** Words of a name without their plural: `listUsers` says what `user.list` says. */
const stemsOf = (name: string) => wordsOf(name).map((word) => word.replace(/s$/, ''));

/** Root types, and the types that group operations below them. */
export function isNamespace(schema: GraphQLSchema, typeName: string): boolean {
  return [schema.getQueryType(), schema.getMutationType()].some((root) => root?.name === typeName) || /(Queries|Mutations)$/.test(typeName);
}

function obtainPlaces(schema: GraphQLSchema): ReadonlyMap<string, readonly Place[]> {
  const known = placesOf.get(schema);
  if (known) return known;
  const made = new Map<string, readonly Place[]>();
  for (const root of [schema.getQueryType(), schema.getMutationType()]) if (root) made.set(root.name, walk(schema, root.name));
  placesOf.set(schema, made);
  return made;
}

/** Every field below a root by the shortest way there; a type is entered once, and the members of a result union are no way anywhere. */
function walk(schema: GraphQLSchema, root: string): readonly Place[] {
  const places: Place[] = [];
  const entered = new Set([root]);
  let level = [{ type: root, path: root }];
  while (level.length > 0) {
    const next: typeof level = [];
    for (const { type, path } of level) {
      const found = schema.getType(type);
      if (!isObjectType(found) && !isInterfaceType(found)) continue;
      for (const field of Object.values(found.getFields())) {
        const words = wordsOf(field.name);
        const here = `${path}.${field.name}`;
        if (words.length > 0)
          places.push({
            path: here,
            field: field.name,
            words: here
              .slice(root.length + 1)
              .split('.')
              .flatMap(stemsOf),
          });
        const below = getNamedType(field.type).name;
        if (entered.has(below)) continue;
        entered.add(below);
        next.push({ type: below, path: here });
      }
    }
    level = next;
  }
  return places;
}
