/** Which file a module specifier means, and what a module exports. */
import type { Node } from 'oxc-parser';
import type { Tree } from '../found.ts';
import type { SourceFile } from '../source-file.ts';
import { type Binding, bindingAt, keyName, type Names, namesOf, parentOf } from './bindings.ts';
import { aliasesFor } from './path-aliases.ts';
import { isTree, parseFile } from './syntax-tree.ts';

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs', '.d.ts'];
/** What TypeScript lets a specifier be written as → what the file is called. */
const written: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx', '.d.ts'],
  '.jsx': ['.tsx', '.jsx'],
  '.mjs': ['.mts', '.mjs'],
  '.cjs': ['.cts', '.cjs'],
};

/** A path without `.` and `..`; null when it climbs out of where paths begin. */
export function joinPath(folder: string, relative: string): string {
  const parts: string[] = [];
  for (const part of `${folder}/${relative}`.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..' && parts.at(-1) !== '') parts.pop();
    else if (part !== '.' && (part !== '' || parts.length === 0)) parts.push(part);
  }
  return parts[0] === '' && !folder.startsWith('/') ? parts.slice(1).join('/') : parts.join('/');
}

export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '');

/** The file of the tree that `specifier` means in `from`, or null: a package, or not there. */
export function resolveModule(tree: Tree, from: string, specifier: string): SourceFile | null {
  const plain = specifier.replace(/\?.*$/, '');
  if (/^\.{1,2}(\/|$)/.test(plain)) return fileAt(tree, joinPath(folderOf(from), plain));
  for (const path of aliasesFor(tree, from, plain)) {
    const file = fileAt(tree, path);
    if (file !== null) return file;
  }
  return null;
}

function fileAt(tree: Tree, path: string): SourceFile | null {
  const extension = /\.[mc]?jsx?$/.exec(path)?.[0];
  const bare = extension === undefined ? path : path.slice(0, -extension.length);
  const candidates = [
    ...(written[extension ?? ''] ?? []).map((other) => bare + other),
    ...(/\.(?:[mc]?[jt]sx?|graphql|gql|json)$/.test(path) ? [path] : []),
    ...extensions.map((other) => path + other),
    ...extensions.map((other) => joinPath(path, `index${other}`)),
  ];
  for (const candidate of candidates) {
    const file = tree.read(candidate);
    if (file !== null) return file;
  }
  return null;
}

/** The names of a file of the tree; null for one that is no program, or cannot be parsed. */
export function moduleOf(file: SourceFile): Names | null {
  if (!/\.[mc]?[jt]sx?$/.test(file.path)) return null;
  const parsed = parseFile(file);
  return isTree(parsed) ? namesOf(parsed) : null;
}

/** What an export of a module is: a declaration or expression of the file, a name of another module, all of one, or not there. */
export type Export =
  | { readonly kind: 'binding'; readonly binding: Binding }
  | { readonly kind: 'node'; readonly node: Node }
  | { readonly kind: 'from'; readonly specifier: string; readonly name: string }
  | { readonly kind: 'all-of'; readonly specifier: string };

interface Exports {
  readonly named: ReadonlyMap<string, Export>;
  /** Specifiers of `export * from`. */
  readonly stars: readonly string[];
}

const known = new WeakMap<Names, Exports>();

/** What a module itself says it exports. */
export function exportsOf(names: Names): Exports {
  let exports = known.get(names);
  if (exports === undefined) {
    exports = readExports(names);
    known.set(names, exports);
  }
  return exports;
}

function readExports(names: Names): Exports {
  const named = new Map<string, Export>();
  const stars: string[] = [];
  const { program } = names.tree;
  const local = (name: string): Export | null => {
    const binding = bindingAt(names, name, program);
    return binding === null ? null : { kind: 'binding', binding };
  };
  const put = (name: string, value: Export | null) => value !== null && named.set(name, value);
  for (const statement of program.body) {
    switch (statement.type) {
      case 'ExportNamedDeclaration':
        for (const { local: from, exported } of statement.specifiers) {
          const name = nameOf(exported);
          put(name, statement.source ? { kind: 'from', specifier: statement.source.value, name: nameOf(from) } : local(nameOf(from)));
        }
        if (statement.declaration)
          for (const binding of declaredBy(names, statement.declaration)) put(binding.name, { kind: 'binding', binding });
        break;
      case 'ExportDefaultDeclaration':
        put('default', { kind: 'node', node: statement.declaration });
        break;
      case 'ExportAllDeclaration':
        if (statement.exported) put(nameOf(statement.exported), { kind: 'all-of', specifier: statement.source.value });
        else stars.push(statement.source.value);
        break;
      case 'TSExportAssignment':
        put('default', { kind: 'node', node: statement.expression });
        break;
    }
  }
  for (const use of [...(names.uses.get('module') ?? []), ...(names.uses.get('exports') ?? [])]) readCommonJs(use, put);
  return { named, stars };
}

/** `module.exports = value`, `module.exports.name = value`, `exports.name = value`. */
function readCommonJs(use: Node, put: (name: string, value: Export) => void): void {
  let target: Node | null = use;
  if (use.type === 'Identifier' && use.name === 'module') {
    target = parentOf(use);
    if (target?.type !== 'MemberExpression' || keyName(target.property, target.computed) !== 'exports') return;
  }
  const up = target === null ? null : parentOf(target);
  if (up?.type === 'AssignmentExpression' && up.left === target) put('default', { kind: 'node', node: up.right });
  if (up?.type !== 'MemberExpression') return;
  const assignment = parentOf(up);
  const name = keyName(up.property, up.computed);
  if (name !== null && assignment?.type === 'AssignmentExpression' && assignment.left === up)
    put(name, { kind: 'node', node: assignment.right });
}

function declaredBy(names: Names, declaration: Node): readonly Binding[] {
  return [...(names.scopes.get(names.tree.program)?.values() ?? [])].filter(
    ({ node }) => node === declaration || parentOf(node) === declaration,
  );
}

const nameOf = (node: Node): string => (node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '');
