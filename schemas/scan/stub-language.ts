/**
 * A language of the tests' own, so that what stands on the finders is tested without any: YAML lists of `{ name, text, variables, operation, use, typename, unresolved }`.
 * `text` is a list of strings that are joined; `use` names a file whose first text goes before it.
 */
import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import type { Finder, Found, FoundDocument, Tree, TypenameComparison, Unresolved } from '../inventory/found.ts';
import { findOneDocument } from '../inventory/one-document.ts';
import type { SeenMember, SeenValue } from '../inventory/seen-value.ts';
import { SourceFile } from '../inventory/source-file.ts';
import type { Run } from '../inventory/text-value.ts';
import type { SourceTree } from './scan.ts';

const startOf = (node: unknown): number => (node as Node).range?.[0] ?? 0;

/** The finder of the stub language. */
export const findInStub: Finder = (file, tree): Found => {
  const documents: FoundDocument[] = [];
  const unresolved: Unresolved[] = [];
  const comparisons: TypenameComparison[] = [];
  const root = parseDocument(file.text).contents;
  for (const item of isSeq(root) ? root.items : []) {
    if (!isMap(item)) continue;
    const place = file.placeOf(startOf(item));
    const name = String(item.get('name') ?? '<module>');
    const typename = item.get('typename', true);
    if (isScalar(typename)) comparisons.push({ place: file.placeOf(startOf(typename)), typeName: String(typename.value) });
    const reason = item.get('unresolved');
    if (typeof reason === 'string')
      unresolved.push({ place, name, reason: reason as 'parameter', message: `${name}: text is a ${reason}` });
    const runs = runsOf(item.get('text', true), file, item.get('use'), tree);
    if (runs.length === 0) continue;
    const passed = item.get('variables', true) as Node | undefined;
    const variables = passed ? [{ value: seenOf(passed, file), operationName: (item.get('operation') as string | undefined) ?? null }] : [];
    documents.push({
      language: item.has('python') ? 'python' : 'typescript',
      place,
      name,
      text: runs.map((run) => run.text).join(''),
      runs,
      variant: null,
      variables,
    });
  }
  return { documents, unresolved, comparisons };
};

/** The finders of both. */
export const stubFinders = { '.stub': async () => findInStub, '.graphql': async () => findOneDocument };

/** A tree of files in memory. */
export function treeOf(files: Readonly<Record<string, string>>): SourceTree {
  const read = new Map(Object.entries(files).map(([path, text]) => [path, new SourceFile(path, text)]));
  return { paths: [...read.keys()], unreadable: [], read: (path) => read.get(path) ?? null };
}

/** The value of a YAML node. `?name` is a member that some ways leave out, `...` one that opens the record, `!any` what is not known. */
export function seenOf(node: Node, file: SourceFile): SeenValue {
  const at = { file, at: startOf(node) };
  if (isMap(node)) {
    const members = node.items
      .filter(({ key }) => String(key) !== '...')
      .map((pair): SeenMember => {
        const name = String(pair.key);
        return {
          file,
          at: startOf(pair.key),
          name: name.replace(/^\?/, ''),
          value: seenOf(pair.value as Node, file),
          always: !name.startsWith('?'),
        };
      });
    return { ...at, kind: 'record', members, open: members.length < node.items.length };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => seenOf(item as Node, file));
    return node.tag === '!choice' ? { ...at, kind: 'choice', of: items } : { ...at, kind: 'list', items, open: false };
  }
  const value: unknown = isScalar(node) ? node.value : null;
  if (value === 'any()') return { ...at, kind: 'unknown' };
  if (typeof value === 'boolean') return { ...at, kind: 'scalar', type: 'boolean', value };
  if (typeof value === 'number') return { ...at, kind: 'scalar', type: Number.isInteger(value) ? 'int' : 'float', value };
  if (typeof value === 'string') return { ...at, kind: 'scalar', type: 'string', value };
  return { ...at, kind: 'scalar', type: 'null', value: null };
}

function runsOf(text: unknown, file: SourceFile, use: unknown, tree: Tree): readonly Run[] {
  const used = typeof use === 'string' ? tree.read(use) : null;
  const before = used ? (findInStub(used, { read: () => null }).documents[0]?.runs ?? []) : [];
  const parts = isSeq(text) ? text.items : text === undefined ? [] : [text];
  return [
    ...before,
    ...parts.flatMap((part): readonly Run[] => {
      const value = isScalar(part) ? String(part.value) : '';
      const start = startOf(part);
      const quoted = file.text[start] === '"' || file.text[start] === "'" ? 1 : 0;
      if (file.text.startsWith(value, start + quoted)) return [{ text: value, file, at: start + quoted, verbatim: true }];
      // An escape is not what the file has: piece by piece.
      return piecesOf(file, start + 1);
    }),
  ];
}

function piecesOf(file: SourceFile, start: number): readonly Run[] {
  const runs: Run[] = [];
  for (let at = start; at < file.text.length && file.text[at] !== '"'; ) {
    if (file.text[at] === '\\') {
      runs.push({ text: file.text[at + 1] === 'n' ? '\n' : (file.text[at + 1] ?? ''), file, at, verbatim: false });
      at += 2;
    } else {
      const end = file.text.slice(at).search(/["\\]/);
      runs.push({ text: file.text.slice(at, at + end), file, at, verbatim: true });
      at += end;
    }
  }
  return runs;
}
