/** Follows expressions of a program to what makes their value. */
import type { Node } from 'oxc-parser';
import type { Tree } from '../found.ts';
import type { SourceFile } from '../source-file.ts';
import { depthOf } from '../text-size.ts';
import { type TextValue, type Unknown, unknown } from '../text-value.ts';
import type { FunctionNode, Names } from './bindings.ts';
import { evaluateText } from './evaluate-text.ts';
import { reachNode } from './reach.ts';

/** A call whose function is being read with what it was given. */
export interface Frame {
  readonly fn: FunctionNode;
  readonly names: Names;
  /** What each parameter gets; `null` from the first spread argument on. */
  readonly args: readonly (Spot | null)[];
  /** More arguments may follow, of which nothing is known. */
  readonly open: boolean;
  /** The call that this one was made in. */
  readonly caller: Frame | null;
  readonly depth: number;
  /** The object whose method it is, if any. */
  readonly self: Spot | null;
}

/** An expression where it stands, in the call that is being read. */
export interface Spot {
  readonly kind: 'spot';
  readonly node: Node;
  readonly names: Names;
  readonly frame: Frame | null;
}

/** Where following an expression ends: an expression that makes a value, a whole module, text put together elsewhere, or nobody knows. */
export type Reached =
  | Spot
  | { readonly kind: 'module'; readonly names: Names }
  | { readonly kind: 'text'; readonly text: TextValue }
  /** A file of GraphQL that is imported as a document. */
  | { readonly kind: 'document'; readonly file: SourceFile; readonly operation: string | null }
  | Unknown;

export const spotAt = (node: Node, { names, frame }: { readonly names: Names; readonly frame: Frame | null }): Spot => ({
  kind: 'spot',
  node,
  names,
  frame,
});

/** What the program says at a node, for a message. */
export const sourceOf = (node: Node, names: Names): string =>
  names.tree.file.text.slice(node.start, Math.min(node.end, node.start + 200)).replace(/\s+/g, ' ');

/** Deepest chain of expressions that is followed, and of calls. */
const DEEPEST = 400;
export const MOST_CALLS = 8;

/** Follows expressions of one tree of files, each once. */
export class Reader {
  readonly tree: Tree;
  /** Nodes that following stops at, as if they made the value themselves. */
  readonly #stops: (node: Node, names: Names) => boolean;
  // A reader lives as long as one file is read: plain maps, since many weak ones make collecting slow.
  readonly #reached: Readings<readonly Reached[]> = { made: new Map(), active: new Map() };
  readonly #texts: Readings<TextValue> = { made: new Map(), active: new Map() };
  #depth = 0;

  constructor(tree: Tree, stops: (node: Node, names: Names) => boolean = () => false) {
    this.tree = tree;
    this.#stops = stops;
  }

  /** What an expression can be, in the order of the program; never empty. */
  reach(spot: Spot): readonly Reached[] {
    if (this.#stops(spot.node, spot.names)) return [spot];
    return this.#once(
      spot,
      this.#reached,
      () => reachNode(this, spot),
      (why) => [why],
    );
  }

  /** What an expression makes as text. */
  textOf(spot: Spot): TextValue {
    return this.#once(
      spot,
      this.#texts,
      () => {
        const value = evaluateText(this, spot);
        const { file } = spot.names.tree;
        return depthOf(value) > DEEPEST ? unknown('too-many-variants', sourceOf(spot.node, spot.names), file, spot.node.start) : value;
      },
      (why) => why,
    );
  }

  #once<V>(spot: Spot, { made, active }: Readings<V>, read: () => V, refuse: (why: Unknown) => V): V {
    const { node, names, frame } = spot;
    const known = frame === null ? made.get(node) : undefined;
    if (known !== undefined) return known;
    let nodes = active.get(frame);
    if (nodes === undefined) {
      nodes = new Set();
      active.set(frame, nodes);
    }
    if (nodes.has(node) || this.#depth > DEEPEST) return refuse(unknown('cyclic', sourceOf(node, names), names.tree.file, node.start));
    nodes.add(node);
    this.#depth++;
    try {
      const value = read();
      if (frame === null) made.set(node, value);
      return value;
    } finally {
      this.#depth--;
      nodes.delete(node);
      if (nodes.size === 0) active.delete(frame);
    }
  }
}

/** What was read of expressions, and which are being read, by the call that they are read in. */
interface Readings<V> {
  readonly made: Map<Node, V>;
  readonly active: Map<Frame | null, Set<Node>>;
}
