/** The syntax tree of a Python file, by @lezer/python, which recovers from errors. */
import type { SyntaxNode } from '@lezer/common';
import { parser } from '@lezer/python';
import type { SourceFile } from '../source-file.ts';

const roots = new WeakMap<SourceFile, SyntaxNode | null>();

/** The root of a file's tree, parsed once; null when it nests too deep for a tree to be made of it. */
export function parsePython(file: SourceFile): SyntaxNode | null {
  const known = roots.get(file);
  if (known !== undefined) return known;
  let root: SyntaxNode | null;
  try {
    // The grammar knows neither a byte order mark nor a lone carriage return; a stand-in of one unit keeps every offset.
    root = parser.parse(file.text.replace(/^\uFEFF/, '\n').replace(/\r(?!\n)/g, '\n')).topNode;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    root = null;
  }
  roots.set(file, root);
  return root;
}

/** Children of a node, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) if (child.name !== 'Comment') children.push(child);
  return children;
}

export const childNamed = (node: SyntaxNode, name: string): SyntaxNode | null =>
  childrenOf(node).find((child) => child.name === name) ?? null;

export const sourceOf = (file: SourceFile, node: SyntaxNode): string => file.text.slice(node.from, node.to);

/** Calls for every node below and including one, until the visitor answers false to leave a node's children out. No recursion, so depth is no matter. */
export function visit(root: SyntaxNode, visitor: (node: SyntaxNode) => boolean): void {
  const waiting = [root];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (!visitor(node)) continue;
    const children: SyntaxNode[] = [];
    for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child !== undefined) waiting.push(child);
    }
  }
}

/** Splits a list of nodes at its commas, empty parts left out. */
export function splitAtCommas(nodes: readonly SyntaxNode[]): SyntaxNode[][] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === ',') parts.push([]);
    else parts.at(-1)?.push(node);
  }
  return parts.filter((part) => part.length > 0);
}
