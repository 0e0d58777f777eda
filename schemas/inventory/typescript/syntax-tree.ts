/** A TypeScript or JavaScript file as a tree, with the way up from each node. */
import { type Comment, type Node, parseSync } from 'oxc-parser';
import type { SourceFile } from '../source-file.ts';
import { tooDeepAt } from './nesting.ts';

/** A file that was parsed. */
export interface SyntaxTree {
  readonly file: SourceFile;
  readonly program: Node & { readonly type: 'Program' };
  readonly comments: readonly Comment[];
  /** Every node, each before what is in it. */
  readonly nodes: readonly Node[];
}

/** Why a file has no tree. */
export interface SyntaxFailure {
  readonly at: number;
  readonly message: string;
}

/** Characters of files whose trees are kept; a tree takes some hundred bytes for each. */
const MOST_CHARACTERS = 200_000;
const kept = new Map<SourceFile, SyntaxTree | SyntaxFailure>();
let keptCharacters = 0;

/** The tree of a file, parsed once as long as it is in use. Never throws. */
export function parseFile(file: SourceFile): SyntaxTree | SyntaxFailure {
  const known = kept.get(file);
  if (known !== undefined) return known;
  const parsed = parse(file);
  kept.set(file, parsed);
  keptCharacters += file.text.length;
  for (const oldest of kept.keys()) {
    if (keptCharacters <= MOST_CHARACTERS || oldest === file) break;
    kept.delete(oldest);
    keptCharacters -= oldest.text.length;
  }
  return parsed;
}

export const isTree = (parsed: SyntaxTree | SyntaxFailure): parsed is SyntaxTree => 'program' in parsed;

/** What each extension is tried as; plain JavaScript may be typed, or JSX. */
function languagesOf(path: string): readonly ('js' | 'jsx' | 'ts' | 'tsx' | 'dts')[] {
  if (/\.d\.[mc]?ts$/.test(path)) return ['dts'];
  if (/\.[mc]?ts$/.test(path)) return ['ts'];
  if (path.endsWith('.tsx')) return ['tsx'];
  return ['jsx', 'tsx', 'ts'];
}

function parse(file: SourceFile): SyntaxTree | SyntaxFailure {
  const deep = tooDeepAt(file.text);
  if (deep !== null) return { at: deep, message: 'nests too deeply to be read' };
  let failure: SyntaxFailure | undefined;
  for (const lang of languagesOf(file.path)) {
    const { program, errors, comments } = parseSync(file.path, file.text, { lang, astType: 'ts', preserveParens: false });
    const error = errors[0];
    // A tree that is there in spite of an error lacks nothing: the parser gives none when it cannot go on.
    if (error === undefined || program.body.length > 0) return { file, program, comments, nodes: linked(program) };
    failure ??= { at: error.labels[0]?.start ?? 0, message: error.message };
  }
  return failure ?? { at: 0, message: 'cannot be read' };
}

/** Sets the way up on each node, and lists them. Keeps its own stack: a sum of ten thousand terms is ten thousand deep. */
function linked(program: Node): readonly Node[] {
  const nodes: Node[] = [];
  const waiting: Node[] = [program];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    nodes.push(node);
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index--) {
      const child = children[index];
      if (child === undefined) continue;
      (child as { parent?: Node }).parent = node;
      waiting.push(child);
    }
  }
  return nodes;
}

function childrenOf(node: Node): readonly Node[] {
  const children: Node[] = [];
  const fields = node as unknown as Readonly<Record<string, unknown>>;
  for (const key in fields) {
    const value = fields[key];
    if (typeof value !== 'object' || value === null || key === 'parent') continue;
    if (Array.isArray(value)) {
      for (const one of value) if (isNode(one)) children.push(one);
    } else if (isNode(value)) children.push(value);
  }
  return children;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
