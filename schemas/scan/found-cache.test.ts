import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Finder } from '../inventory/found.ts';
import type { SourceFile } from '../inventory/source-file.ts';
import { openFoundCache } from './found-cache.ts';
import { findAll } from './scan.ts';
import { treeOf } from './stub-language.ts';

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'crosscheck-found-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** `import FILE` lines, then text: a document is the texts of all, and what was made of a file is remembered, as a real finder does. */
function createFinder(): { readonly finder: Finder; readonly asked: string[] } {
  const asked: string[] = [];
  const known = new WeakMap<SourceFile, string>();
  const textOf = (file: SourceFile, read: (path: string) => SourceFile | null): string => {
    const before = known.get(file);
    if (before !== undefined) return before;
    const imports = [...file.text.matchAll(/import (\S+)/g)].map(([, path = '']) => read(path));
    const text = `${imports.map((one) => (one ? textOf(one, read) : 'none')).join(' ')} ${file.text.replaceAll(/import \S+/g, '')}`.trim();
    known.set(file, text);
    return text;
  };
  const finder: Finder = (file, tree) => {
    asked.push(file.path);
    const text = textOf(file, tree.read);
    const runs = [{ text, file, at: 0, verbatim: false }];
    const document = { language: 'python', place: file.placeOf(0), name: 'x', text, runs, variant: null, variables: [] } as const;
    return { documents: [document], unresolved: [], comparisons: [] };
  };
  return { finder, asked };
}

/** What is found with the cache, by file, and which files were read anew. Checked against what is found without it. */
async function find(files: Readonly<Record<string, string>>): Promise<{ readonly asked: readonly string[] }> {
  const warm = createFinder();
  const cache = openFoundCache(dir, 'tool', ['.']);
  const tree = treeOf(files);
  const found = await findAll(tree, { '.py': async () => warm.finder }, cache.remember);
  cache.save();
  const cold = await findAll(tree, { '.py': async () => createFinder().finder });
  expect(found).toEqual(cold);
  expect(found.documents.every(({ runs, place }) => runs[0]?.file === tree.read(place.file))).toBe(true);
  return warm;
}

const files = {
  'a.py': 'import m.py',
  'b.py': 'import m.py',
  'm.py': 'import n.py',
  'n.py': 'one',
  'p.py': 'import q.py',
  'q.py': '1',
  'z.py': 'alone',
};
const all = Object.keys(files);

test('nothing is read anew when nothing changed', async () => {
  expect((await find(files)).asked).toEqual(all);
  expect((await find(files)).asked).toEqual([]);
});

test('an import of an import counts, though the finder read it for another file only', async () => {
  await find(files);
  // b's finder read m.py and nothing else: what m.py makes of n.py was known from a.py.
  expect((await find({ ...files, 'n.py': 'two' })).asked).toEqual(['a.py', 'b.py', 'm.py', 'n.py']);
  expect((await find({ ...files, 'n.py': 'two' })).asked).toEqual([]);
  expect((await find({ ...files, 'n.py': 'two', 'z.py': 'other' })).asked).toEqual(['z.py']);
  expect((await find({ ...files, 'n.py': 'two', 'z.py': 'other', 'q.py': '2' })).asked).toEqual(['p.py', 'q.py']);
});

test('a file that comes into being, or goes, counts for those that import it', async () => {
  const { 'q.py': _, ...without } = files;
  await find(without);
  expect((await find(files)).asked).toEqual(['p.py', 'q.py']);
  expect((await find(without)).asked).toEqual(['p.py']);
});

test('half an entry is none', async () => {
  await find(files);
  const [name = ''] = readdirSync(dir);
  const text = readFileSync(join(dir, name), 'utf8');
  for (const broken of ['', text.slice(0, text.length / 2), text.replace('alone', 'alike')]) {
    writeFileSync(join(dir, name), broken);
    expect((await find(files)).asked).toEqual(all);
  }
});
