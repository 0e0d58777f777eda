/** Path aliases of the nearest tsconfig.json or jsconfig.json (`@/queries` → `src/queries`). */
import { parseSync } from 'oxc-parser';
import type { Tree } from '../found.ts';
import type { SourceFile } from '../source-file.ts';
import { folderOf, joinPath } from './modules.ts';

interface Aliases {
  readonly base: string | null;
  readonly paths: readonly { readonly pattern: string; readonly to: readonly string[] }[];
}

const known = new WeakMap<SourceFile, Aliases>();

/** Where in the tree a specifier that is not relative may lie by the configuration around `from`. */
export function aliasesFor(tree: Tree, from: string, specifier: string): readonly string[] {
  for (let folder = folderOf(from), last = ''; ; last = folder, folder = folderOf(folder)) {
    if (folder === last && last !== '') break;
    for (const name of ['tsconfig.json', 'jsconfig.json', 'tsconfig.base.json']) {
      const file = tree.read(folder === '' ? name : `${folder}/${name}`);
      if (file !== null) {
        const found = applied(readAliases(file, folder), specifier);
        if (found.length > 0) return found;
      }
    }
    if (folder === '') break;
  }
  return [];
}

function applied({ base, paths }: Aliases, specifier: string): readonly string[] {
  for (const { pattern, to } of paths) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined ? specifier !== pattern : !(specifier.startsWith(before) && specifier.endsWith(after))) continue;
    const star = after === undefined ? '' : specifier.slice(before.length, specifier.length - after.length);
    return to.map((path) => path.replace('*', () => star));
  }
  return base === null ? [] : [joinPath(base, specifier)];
}

/** The configuration is JSON with comments and trailing commas, which is an expression of JavaScript. */
function readAliases(file: SourceFile, folder: string): Aliases {
  let aliases = known.get(file);
  if (aliases === undefined) {
    aliases = parseAliases(file.text, folder);
    known.set(file, aliases);
  }
  return aliases;
}

function parseAliases(text: string, folder: string): Aliases {
  const none: Aliases = { base: null, paths: [] };
  if (text.length > 100_000) return none;
  const { program } = parseSync('tsconfig.js', `(${text}\n)`, { preserveParens: false });
  const statement = program.body[0];
  const options = statement?.type === 'ExpressionStatement' ? member(statement.expression, 'compilerOptions') : null;
  if (options === null) return none;
  const baseUrl = stringOf(member(options, 'baseUrl'));
  const base = baseUrl === null ? null : joinPath(folder, baseUrl);
  const paths = member(options, 'paths');
  return {
    base,
    paths:
      paths?.type === 'ObjectExpression'
        ? paths.properties.flatMap((property) => {
            if (property.type !== 'Property' || property.key.type !== 'Literal' || property.value.type !== 'ArrayExpression') return [];
            const to = property.value.elements.flatMap((element) => stringOf(element as Json) ?? []);
            return [{ pattern: String(property.key.value), to: to.map((path) => joinPath(base ?? folder, path)) }];
          })
        : [],
  };
}

type Json = Extract<ReturnType<typeof parseSync>['program']['body'][number], { type: 'ExpressionStatement' }>['expression'];

function member(node: Json, name: string): Json | null {
  if (node.type !== 'ObjectExpression') return null;
  for (const property of node.properties)
    if (property.type === 'Property' && property.key.type === 'Literal' && property.key.value === name) return property.value;
  return null;
}

const stringOf = (node: Json | null): string | null => (node?.type === 'Literal' && typeof node.value === 'string' ? node.value : null);
