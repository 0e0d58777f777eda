/**
 * What finders found, kept by file, so that an edit of one file makes few files be read anew. A finder may remember what it made of an import, and then
 * not read it again for the next file; so files whose finders read a file in common are one group, and its answers count while every file
 * of the group has the text that it had.
 */
import { join } from 'node:path';
import type { Tree } from '../inventory/found.ts';
import { hashOf, hashOfFile, readEntry, writeEntry } from './entry-file.ts';
import { decodeFound, encodeFound } from './found-json.ts';
import type { Remember } from './scan.ts';

/** Path → hash of a file that answers depend on; null for one that was not there. */
type Read = readonly [path: string, hash: string | null];

interface Line {
  readonly path: string;
  readonly hash: string | null;
  /** Place of its group among the groups; null for a file whose finder read nothing else. */
  readonly group: number | null;
  /** Of `encodeFound`. */
  readonly found: string;
}

interface Pack {
  readonly groups: readonly (readonly Read[])[];
  readonly lines: readonly Line[];
}

export interface FoundCache {
  readonly remember: Remember;
  /** Writes what is known of the files that were asked for. */
  save(): void;
}

/** The cache of a tree. `tool` is what the finders are, `roots` names the tree among others. */
export function openFoundCache(dir: string, tool: string, roots: readonly string[]): FoundCache {
  const path = join(dir, `${hashOf(JSON.stringify(['found 2', tool, roots]))}.json`);
  const pack = JSON.parse(readEntry(path) ?? '{"groups":[],"lines":[]}') as Pack;
  const known = new Map(pack.lines.map((line) => [line.path, line]));
  const checked = new Map<number, boolean>();
  const kept: Line[] = [];
  const made: { readonly line: Omit<Line, 'group'>; readonly reads: ReadonlyMap<string, string | null> }[] = [];
  const holds = (group: number | null, tree: Tree): boolean => {
    if (group === null) return true;
    const before = checked.get(group) ?? (pack.groups[group]?.every(([read, hash]) => hashOfFile(tree.read(read)) === hash) || false);
    checked.set(group, before);
    return before;
  };
  return {
    remember(file, tree, find) {
      const before = known.get(file.path);
      if (before && before.hash === hashOfFile(file) && holds(before.group, tree)) {
        kept.push(before);
        return decodeFound(before.found, file, tree);
      }
      const reads = new Map<string, string | null>();
      const found = find({
        read(read) {
          const other = tree.read(read);
          reads.set(read, hashOfFile(other));
          return other;
        },
      });
      made.push({ line: { path: file.path, hash: hashOfFile(file), found: encodeFound(found) }, reads });
      return found;
    },
    save() {
      if (made.length === 0 && kept.length === known.size) return;
      const groups = [...pack.groups];
      const groupOf = groupsOf(made.map(({ line, reads }) => new Map([...reads, [line.path, line.hash]])));
      const placed = new Map<readonly Read[], number>();
      const lines = made.map(({ line, reads }): Line => {
        const group = groupOf.get(line.path);
        if (reads.size === 0 && group?.length === 1) return { ...line, group: null };
        if (group === undefined) return { ...line, group: null };
        const place = placed.get(group) ?? groups.push(group) - 1;
        placed.set(group, place);
        return { ...line, group: place };
      });
      writeEntry(path, JSON.stringify(compact({ groups, lines: [...kept, ...lines] })));
    },
  };
}

/** Sets that share a path are one group; path → its group. */
function groupsOf(sets: readonly ReadonlyMap<string, string | null>[]): ReadonlyMap<string, readonly Read[]> {
  const parent = new Map<string, string>();
  const hashes = new Map<string, string | null>();
  const rootOf = (path: string): string => {
    let root = path;
    for (let up = parent.get(root); up !== undefined && up !== root; up = parent.get(root)) root = up;
    parent.set(path, root);
    return root;
  };
  for (const set of sets) {
    const [first = ''] = set.keys();
    for (const [path, hash] of set) {
      hashes.set(path, hash);
      parent.set(rootOf(path), rootOf(first));
    }
  }
  const members = new Map<string, Read[]>();
  for (const [path, hash] of hashes) {
    const root = rootOf(path);
    const group = members.get(root) ?? [];
    group.push([path, hash]);
    members.set(root, group);
  }
  return new Map([...hashes.keys()].map((path) => [path, members.get(rootOf(path)) ?? []]));
}

/** Without the groups that no line belongs to any more. */
function compact({ groups, lines }: Pack): Pack {
  const used = [...new Set(lines.flatMap(({ group }) => (group === null ? [] : [group])))];
  const places = new Map(used.map((group, place) => [group, place]));
  return {
    groups: used.map((group) => groups[group] ?? []),
    lines: lines.map((line) => ({ ...line, group: line.group === null ? null : (places.get(line.group) ?? null) })),
  };
}
