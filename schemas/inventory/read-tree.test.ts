import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { LARGEST, SourceTree } from './read-tree.ts';

const made: string[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'read-tree-'));
  made.push(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const entriesOf = (folder: string, paths: readonly string[] = ['.']) =>
  [...new SourceTree(folder).entries(paths)].map((entry) =>
    'file' in entry ? entry.file.path : `${entry.unresolved.place.file} ${entry.unresolved.reason}`,
  );

const Q = 'const q = gql`query Q { a }`;';

test('sources that may hold GraphQL come by path, whatever they are named by', () => {
  const folder = folderOf({ 'b.ts': Q, 'a/z.py': Q, 'a/y.graphql': '{ me }', 'a/none.ts': 'const a = 1;', 'a/notes.txt': Q, 'c.jsx': Q });
  expect(entriesOf(folder)).toEqual(['a/y.graphql', 'a/z.py', 'b.ts', 'c.jsx']);
  expect(entriesOf(folder, ['./a/', 'b.ts', 'a/z.py'])).toEqual(['a/y.graphql', 'a/z.py', 'b.ts']);
  expect(entriesOf(folder, ['a/notes.txt'])).toEqual(['a/notes.txt']);
});

test('what others wrote and what git ignores is left out', () => {
  const folder = folderOf({
    '.git/HEAD': 'ref: refs/heads/main',
    '.gitignore': 'dist/\n*.gen.ts\n!kept.gen.ts\n/top.ts\n',
    'packages/.gitignore': 'local\n',
    'node_modules/a/index.js': Q,
    '.venv/lib/a.py': Q,
    'lib/quilt3-8.dist-info/a.py': Q,
    'dist/a.js': Q,
    'src/a.gen.ts': Q,
    'src/kept.gen.ts': Q,
    'src/top.ts': Q,
    'top.ts': Q,
    'packages/local/a.ts': Q,
    'src/local/a.ts': Q,
  });
  expect(entriesOf(folder)).toEqual(['src/kept.gen.ts', 'src/local/a.ts', 'src/top.ts']);
});

test('links come once and end', () => {
  const folder = folderOf({ 'src/a.ts': Q });
  symlinkSync('..', join(folder, 'src/up'));
  symlinkSync('a.ts', join(folder, 'src/b.ts'));
  symlinkSync('gone.ts', join(folder, 'src/c.ts'));
  expect(entriesOf(folder)).toEqual(['src/a.ts']);
});

test('what looks like a source and cannot be read is told', () => {
  const folder = folderOf({
    'latin.ts': new Uint8Array([...Buffer.from('// caf'), 0xe9, ...Buffer.from(`\n${Q}`)]),
    'latin-none.ts': new Uint8Array([0xe9, 0x0a]),
    'binary.ts': new Uint8Array([0x47, 0, 0xff, 0x11, ...Buffer.from(Q)]),
    'wide.ts': Buffer.from(`\uFEFF${Q}`, 'utf16le'),
    'marked.ts': `\uFEFF${Q}`,
    'large.ts': `${Q}\n${'x'.repeat(LARGEST)}`,
    'large-none.ts': ' '.repeat(LARGEST + 1),
  });
  expect(entriesOf(folder)).toEqual(['binary.ts encoding', 'large.ts too-large', 'latin.ts encoding', 'marked.ts', 'wide.ts']);
  expect(new SourceTree(folder).read('marked.ts')?.text).toBe(Q);
  expect(new SourceTree(folder).read('wide.ts')?.text).toBe(Q);
});

test('a path that is not there is told', () => {
  expect(entriesOf(folderOf({}), ['gone'])).toEqual(['gone unreadable']);
});

test('a file is the same object each time', () => {
  const tree = new SourceTree(folderOf({ 'a.ts': Q }));
  const [entry] = tree.entries(['.']);
  expect(entry !== undefined && 'file' in entry && entry.file).toBe(tree.read('a.ts'));
  expect(tree.read('b.ts')).toBeNull();
});
