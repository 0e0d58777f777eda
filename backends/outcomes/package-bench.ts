/** Packages of a populated model, and how to look at them. */
import type { Bench, Params } from './model-bench.ts';

export interface Info {
  readonly topHash: string;
  readonly metadata: unknown;
  readonly message: string | null;
  readonly workflow: string | null;
  readonly tags: readonly string[];
  readonly modified: string;
  readonly totalEntries: number;
}

export interface Node {
  readonly path: string;
  readonly kind: string;
  readonly size: number;
  readonly physicalKey: string | null;
  readonly metadata: unknown;
  readonly children: readonly Node[] | null;
}

export const bytes = (text: string) => Buffer.from(text);

/** A package of two revisions; the second has a directory and an entry with metadata. */
export async function two(bench: Bench): Promise<{ readonly first: string; readonly second: string }> {
  const a = bench.put('a.csv', 'aa');
  const first = await bench.push({ uris: [a], message: 'first', metadata: { run: 1 } });
  const files = [{ path: 'd/b.csv', bytes: bytes('bbb'), metadata: { kind: 'b' } }];
  const second = await bench.push({ uris: [a], files, message: 'second' });
  return { first, second };
}

export const named = (bench: Bench): Params => ({ name: bench.name });

/** `base` with two revisions made first. */
export const after =
  (params: (bench: Bench) => Params) =>
  async (bench: Bench): Promise<Params> => {
    await two(bench);
    return params(bench);
  };

export const info = (bench: Bench, params: Params = {}) => bench.run<Info>('packageInfo', { name: bench.name, ...params });
export const browse = (bench: Bench, path: string) => bench.run<Node>('browse', { name: bench.name, path });
export const children = (node: Node) => (node.children ?? []).map(({ path }) => path).sort();
export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

const WORKFLOWS = '.quilt/workflows/config.yml';
export const workflow = (config: object) => (bench: Bench) =>
  bench.put(WORKFLOWS, JSON.stringify({ version: '1', workflows: { w: { name: 'W', is_message_required: true } }, ...config }));
