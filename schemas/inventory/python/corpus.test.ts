/** The labelled Python corpus: everything that is labelled is found, exactly where it is labelled, and nothing else. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import type { Found } from '../found.ts';
import { mergeFound } from '../merge-found.ts';
import type { SeenValue } from '../seen-value.ts';
import { type Place, SourceFile } from '../source-file.ts';
import { originOf } from '../text-value.ts';
import { findInPython } from './find-in-python.ts';

interface Label {
  readonly documents: readonly {
    readonly at: string;
    readonly variant?: number;
    readonly text: string;
    readonly probes?: readonly string[];
    readonly variables?: readonly string[];
  }[];
  readonly unresolved: readonly string[];
  readonly comparisons: readonly string[];
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../fixtures/corpus/python');
const labels = globSync('**/*.yaml', { cwd: root }).sort();

/** Files of a case: one beside its label, or all of the folder of its name. */
function caseAt(label: string): { readonly folder: string; readonly files: readonly string[] } {
  const own = label.replace(/\.yaml$/, '');
  const within = globSync('**/*.py', { cwd: join(root, own) }).sort();
  return within.length > 0
    ? { folder: join(root, own), files: within }
    : { folder: dirname(join(root, own)), files: [`${own.split('/').at(-1)}.py`] };
}

function find(folder: string, files: readonly string[]): { found: Found; read: number } {
  const sources = new Map(files.map((path) => [path, new SourceFile(path, readFileSync(join(folder, path), 'utf8'))]));
  const tree = { read: (path: string) => sources.get(path) ?? null };
  return { found: mergeFound([...sources.values()].map((file) => findInPython(file, tree))), read: files.length };
}

const shown = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

function told(value: SeenValue): string {
  switch (value.kind) {
    case 'scalar':
      return JSON.stringify(value.value);
    case 'list':
      return `[${[...value.items.map(told), ...(value.open ? ['...'] : [])].join(',')}]`;
    case 'record':
      return `{${[...value.members.map((member) => `${member.name}${member.always ? '' : '?'}:${told(member.value)}`), ...(value.open ? ['...'] : [])].join(', ')}}`;
    case 'choice':
      return `(${value.of.map(told).join('|')})`;
    case 'unknown':
      return '?';
  }
}

const totals = { files: 0, labelled: 0, found: 0, right: 0 };

test.each(labels)('%s', (label) => {
  const expected: Label = parse(readFileSync(join(root, label), 'utf8'));
  const { folder, files } = caseAt(label);
  const { found, read } = find(folder, files);
  const documents = found.documents.map((one) => `${shown(one.place)} ${one.variant ?? ''} ${JSON.stringify(one.text)}`);
  const wanted = expected.documents.map((one) => `${one.at} ${one.variant ?? ''} ${JSON.stringify(one.text)}`);
  const unresolved = found.unresolved.map((one) => `${shown(one.place)} ${one.reason}`);
  const comparisons = found.comparisons.map((one) => `${shown(one.place)} ${one.typeName}`);
  const all = [...documents, ...unresolved, ...comparisons];
  const labelled = new Set([...wanted, ...expected.unresolved, ...expected.comparisons]);
  totals.files += read;
  totals.labelled += labelled.size;
  totals.found += all.length;
  totals.right += all.filter((one) => labelled.has(one)).length;
  expect({ documents: documents.sort(), unresolved: unresolved.sort(), comparisons: comparisons.sort() }).toEqual({
    documents: [...wanted].sort(),
    unresolved: [...expected.unresolved].sort(),
    comparisons: [...expected.comparisons].sort(),
  });
  for (const want of expected.documents) {
    const document = found.documents.find((one) => shown(one.place) === want.at && one.text === want.text);
    if (document === undefined) throw new Error(`no document at ${want.at}`);
    expect(document.runs.map((run) => run.text).join('')).toBe(want.text);
    for (const probe of want.probes ?? []) {
      const [word = '', at] = probe.split(' ');
      const places = [...want.text.matchAll(new RegExp(`(?<![\\w])${word.replace('$', '\\$')}(?![\\w])`, 'g'))].map(({ index }) => {
        const origin = originOf(document.runs, index);
        return origin === null ? '' : shown(origin.file.placeOf(origin.at));
      });
      expect(places.map((place) => place.replace(/^[^:]*:/, ''))).toContain(at);
    }
    if (want.variables !== undefined) {
      expect(document.variables.map((one) => `${told(one.value)}${one.operationName === null ? '' : ` ${one.operationName}`}`)).toEqual(
        want.variables,
      );
    }
  }
});

test('the corpus has at least 200 files; recall and precision are 100%', ({ annotate, skip }) => {
  // Tests are shuffled: count anew what the cases above may not have counted yet.
  let [files, wanted, right, all] = [0, 0, 0, 0];
  for (const label of labels) {
    const expected: Label = parse(readFileSync(join(root, label), 'utf8'));
    const { folder, files: paths } = caseAt(label);
    const { found } = find(folder, paths);
    const places = new Set([
      ...expected.documents.map((one) => one.at),
      ...expected.unresolved.map((one) => one.split(' ')[0]),
      ...expected.comparisons.map((one) => one.split(' ')[0]),
    ]);
    const got = new Set([...found.documents, ...found.unresolved, ...found.comparisons].map((one) => shown(one.place)));
    files += paths.length;
    wanted += places.size;
    all += got.size;
    right += [...got].filter((place) => places.has(place)).length;
  }
  void skip;
  void annotate(
    `${files} files, ${wanted} labelled, recall ${((100 * right) / wanted).toFixed(1)}%, precision ${((100 * right) / all).toFixed(1)}%`,
  );
  expect(files).toBeGreaterThanOrEqual(200);
  expect({ recall: right / wanted, precision: right / all }).toEqual({ recall: 1, precision: 1 });
});
