/** The labelled corpus of TypeScript and JavaScript: everything that a person marked is found, exactly there, and nothing else. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { Found } from '../found.ts';
import { findInGraphql, graphqlFile } from '../graphql/find-in-graphql.ts';
import { mergeFound } from '../merge-found.ts';
import { SourceTree } from '../read-tree.ts';
import type { SourceFile } from '../source-file.ts';
import { originOf } from '../text-value.ts';
import { findInTypeScript } from './find-in-typescript.ts';

const corpus = fileURLToPath(new URL('../../../fixtures/corpus/typescript', import.meta.url));
const label = /^\/\/# (\d+:\d+) (?:(document|unresolved|comparison) (.*)|probe (\w+))$/;

interface Probe {
  readonly at: string;
  readonly word: string;
}

/** Labels of a file as the lines that finding it must give, and the probes below each document. */
function labelsOf(file: SourceFile): { readonly expected: readonly string[]; readonly probes: ReadonlyMap<string, readonly Probe[]> } {
  const expected: string[] = [];
  const probes = new Map<string, Probe[]>();
  for (const line of file.text.split(/\r?\n/)) {
    const [, at, kind, says, word] = label.exec(line) ?? [];
    if (at === undefined) continue;
    if (kind !== undefined) expected.push(`${file.path}:${at} ${kind} ${says}`);
    else if (word !== undefined) {
      const last = (expected.findLast((one) => one.includes(' document ')) ?? '').replace(/ .*/, '');
      probes.set(last, [...(probes.get(last) ?? []), { at: `${file.path}:${at}`, word }]);
    }
  }
  return { expected, probes };
}

const at = ({ file, line, column }: { readonly file: string; readonly line: number; readonly column: number }) =>
  `${file}:${line}:${column}`;

const linesOf = (found: Found): Map<string, Found['documents'][number] | null> =>
  new Map([
    ...found.documents.map(
      (one) =>
        [`${at(one.place)} document ${one.name} ${one.variant === null ? '' : `${one.variant} `}${JSON.stringify(one.text)}`, one] as const,
    ),
    ...found.unresolved.map((one) => [`${at(one.place)} unresolved ${one.reason} ${one.name}`, null] as const),
    ...found.comparisons.map((one) => [`${at(one.place)} comparison ${one.typeName}`, null] as const),
  ]);

test('the corpus is found whole, exactly and alone', () => {
  const tree = new SourceTree(corpus);
  const files = [...tree.entries(['.'])].flatMap((entry) => ('file' in entry ? [entry.file] : []));
  const found = linesOf(mergeFound(files.map((file) => (graphqlFile.test(file.path) ? findInGraphql : findInTypeScript)(file, tree))));
  const labels = files.map(labelsOf);
  const expected = labels.flatMap((one) => one.expected);
  const missed = expected.filter((one) => !found.has(one));
  const falsely = [...found.keys()].filter((one) => !expected.includes(one));
  const misplaced = labels.flatMap(({ probes }) =>
    [...probes].flatMap(([place, list]) => {
      const variants = [...found.values()].filter((one) => one !== null && at(one.place) === place);
      return list
        .filter((probe) => !variants.some((one) => one && placesOf(one, probe.word).includes(probe.at)))
        .map((probe) => `${probe.word} at ${probe.at}`);
    }),
  );
  const recall = (expected.length - missed.length) / expected.length;
  const precision = (found.size - falsely.length) / found.size;
  expect({ missed, falsely, misplaced, recall, precision }).toEqual({ missed: [], falsely: [], misplaced: [], recall: 1, precision: 1 });
  expect(files.length).toBeGreaterThanOrEqual(200);
});

/** Where each occurrence of a word in a document stands in its file. */
const placesOf = ({ text, runs }: Found['documents'][number], word: string): readonly string[] =>
  [...text.matchAll(new RegExp(`\\b${word}\\b`, 'g'))].flatMap(({ index }) => {
    const origin = originOf(runs, index);
    return origin === null ? [] : [at(origin.file.placeOf(origin.at))];
  });
