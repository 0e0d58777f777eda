/** Terraform's language as a syntax tree, by the grammar that editors use: blocks, attributes, and whom an expression refers to. */
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { InputError } from '../plan-input.ts';
import { placeOf } from './open-file.ts';
import { DEEPEST } from './read-json.ts';

export type SyntaxNode = Node;

/** A block with its labels: `resource "aws_lb" "front" { … }`. */
export interface Block {
  readonly kind: string;
  readonly labels: readonly string[];
  readonly body: SyntaxNode | null;
  readonly node: SyntaxNode;
}

const LARGEST = 4 * 1024 * 1024;

let parser: Promise<Parser> | null = null;

async function openParser(): Promise<Parser> {
  await Parser.init();
  const opened = new Parser();
  const wasm = fileURLToPath(import.meta.resolve('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-terraform.wasm'));
  opened.setLanguage(await Language.load(wasm));
  return opened;
}

/** The blocks of a file. Throws InputError with line and column. */
export async function parseTerraform(path: string, text: string): Promise<readonly Block[]> {
  if (text.length > LARGEST)
    throw new InputError(placeOf(path), `expected at most ${LARGEST / 1024 / 1024} MB, got ${Math.ceil(text.length / 1024 / 1024)} MB`);
  parser ??= openParser();
  const tree = (await parser).parse(text);
  if (tree === null) throw new InputError(placeOf(path), "expected Terraform's language, got a text that cannot be parsed");
  const wrong = tree.rootNode.hasError ? firstError(tree.rootNode) : null;
  if (wrong !== null) {
    const { row, column } = wrong.startPosition;
    const said = wrong.isMissing ? `no ${wrong.type}` : JSON.stringify(wrong.text.slice(0, 40));
    throw new InputError(
      placeOf(path, row + 1, column + 1),
      `expected Terraform's language, got ${said}; a file that was half-written ends so: write it again`,
    );
  }
  refuseDepth(path, tree.rootNode);
  return tree.rootNode.namedChildren.flatMap((body) => (body.type === 'body' ? blocksOf(body) : []));
}

function firstError(root: SyntaxNode): SyntaxNode {
  let node = root;
  for (;;) {
    if (node.isError || node.isMissing) return node;
    const inner = node.children.find((child) => child.hasError || child.isMissing);
    if (inner === undefined) return node;
    node = inner;
  }
}

/** Expressions are walked by recursion; each level of the language has several of the tree. */
function refuseDepth(path: string, root: SyntaxNode): void {
  let level: readonly SyntaxNode[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > 5 * DEEPEST) throw new InputError(placeOf(path), `expected at most ${DEEPEST} levels of nesting, got more`);
    level = level.flatMap((node) => node.namedChildren);
  }
}

/** Blocks that stand in a body. */
export const blocksOf = (body: SyntaxNode | null): readonly Block[] =>
  (body?.namedChildren ?? [])
    .filter(({ type }) => type === 'block')
    .map((node) => {
      const [kind, ...rest] = node.namedChildren;
      const labels = rest
        .filter(({ type }) => type === 'string_lit' || type === 'identifier')
        .map((label) => label.text.replaceAll(/^"|"$/g, ''));
      return { kind: kind?.text ?? '', labels, body: rest.find(({ type }) => type === 'body') ?? null, node };
    });

/** Attributes that stand in a body, each with its expression. */
export const attributesOf = (
  body: SyntaxNode | null,
): readonly { readonly name: string; readonly value: SyntaxNode; readonly node: SyntaxNode }[] =>
  (body?.namedChildren ?? [])
    .filter(({ type }) => type === 'attribute')
    .flatMap((node) => {
      const [name, value] = node.namedChildren;
      return name === undefined || value === undefined ? [] : [{ name: name.text, value, node }];
    });

/** Whom everything in a node refers to, as it is written and without indices: `aws_lb.front.dns_name`, `local.name`. */
export function referencesIn(node: SyntaxNode): readonly string[] {
  const found: string[] = [];
  const walk = (at: SyntaxNode): void => {
    const children = at.namedChildren;
    for (const [index, child] of children.entries()) {
      if (child.type === 'variable_expr') {
        const parts = [child.text];
        for (const next of children.slice(index + 1)) {
          if (next.type === 'get_attr') parts.push(next.text.replace(/^\s*\.\s*/, ''));
          else if (next.type !== 'index') break;
        }
        found.push(parts.join('.'));
      } else walk(child);
    }
  };
  if (node.type === 'variable_expr') return [node.text];
  walk(node);
  return found;
}
