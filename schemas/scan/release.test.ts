/** The release that this project began with: policy functions that did not fit the schema, in Python and in TypeScript, and what sets them right. */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { finders } from '../inventory/finders.ts';
import { SourceFile } from '../inventory/source-file.ts';
import { contractFromSdl } from '../load-contract.ts';
import { type ScanSettings, scan } from './scan.ts';
import type { Violation } from './violation.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../fixtures/corpus/release');
const contract = contractFromSdl(readFileSync(join(root, 'schema.graphql'), 'utf8'), 'release');
const settings: ScanSettings = { today: '2026-01-01' };

function scanFolder(folder: string, edit: (text: string) => string = (text) => text) {
  const files = new Map(
    globSync('*.{py,ts}', { cwd: join(root, folder) })
      .sort()
      .map((path) => [path, new SourceFile(path, edit(readFileSync(join(root, folder, path), 'utf8')))]),
  );
  const tree = { paths: [...files.keys()], unreadable: [], read: (path: string) => files.get(path) ?? null };
  return scan(tree, [{ name: 'release', contract }], finders, settings);
}

/** The incident that a violation is of. */
function incidentOf({ rule, message }: Violation): string {
  if (rule === 'FieldsOnCorrectTypeRule') return 'C-01';
  if (/\.bucket(?:Name)?:/.test(message)) return 'C-02';
  return message.includes('.roles:') ? 'C-03' : 'C-04';
}

/** The text of a place, up to the end of its word or bracket. */
function wordAt(folder: string, { file, line, column }: Violation): string {
  const text = readFileSync(join(root, folder, file), 'utf8').split('\n')[line - 1] ?? '';
  return /^(?:["']?\w+["']?|.)/.exec(text.slice(column - 1))?.[0] ?? '';
}

const field = 'FieldsOnCorrectTypeRule';
const unknown = 'unknown-input-field';
const missing = 'missing-input-field';

/** What a person found in the broken files: place, incident, rule, and the word that stands there. */
const wrong: Readonly<Record<string, readonly string[]>> = {
  'policies.py': [
    `19:13 C-02 ${missing} {`,
    `20:17 C-02 ${unknown} "bucketName"`,
    `29:31 C-03 ${missing} {`,
    `29:31 C-04 ${missing} {`,
    `30:13 C-04 ${unknown} "name"`,
    `41:13 C-01 ${field} name`,
    `56:17 C-01 ${field} name`,
    `71:33 C-01 ${field} name`,
    `95:17 C-01 ${field} name`,
    `102:26 C-03 ${missing} {`,
    `102:26 C-04 ${missing} {`,
    `103:9 C-04 ${unknown} "name"`,
    `105:13 C-02 ${missing} {`,
    `105:14 C-02 ${unknown} "bucketName"`,
    `118:32 C-01 ${field} name`,
    `123:15 C-03 ${missing} dict`,
    `123:15 C-04 ${missing} dict`,
    `124:14 C-04 ${unknown} name`,
    `135:41 C-01 ${field} name`,
    `139:15 C-03 ${missing} {`,
    `139:15 C-04 ${missing} {`,
    `140:21 C-04 ${unknown} "name"`,
  ],
  'policies.ts': [
    `17:33 C-02 ${missing} {`,
    `18:5 C-02 ${unknown} bucketName`,
    `26:17 C-03 ${missing} {`,
    `26:17 C-04 ${missing} {`,
    `27:5 C-04 ${unknown} name`,
    `38:9 C-01 ${field} name`,
    `50:13 C-01 ${field} name`,
    `63:28 C-01 ${field} name`,
    `81:11 C-01 ${field} name`,
    `89:22 C-02 ${missing} {`,
    `89:24 C-02 ${unknown} bucketName`,
    `93:12 C-03 ${missing} {`,
    `93:12 C-04 ${missing} {`,
    `94:7 C-04 ${unknown} name`,
    `105:29 C-01 ${field} name`,
    `111:21 C-03 ${missing} {`,
    `111:21 C-04 ${missing} {`,
    `112:5 C-04 ${unknown} name`,
    `122:39 C-01 ${field} name`,
    `127:17 C-03 ${missing} {`,
    `127:17 C-04 ${missing} {`,
    `127:28 C-04 ${unknown} name`,
  ],
};

test.each(Object.entries(wrong))('C-01 to C-04 in %s, each at its line and column', async (file, expected) => {
  const { violations, unresolved } = await scanFolder('broken');
  const here = violations.filter((one) => one.file === file);
  const told = here.map((one) => `${one.line}:${one.column} ${incidentOf(one)} ${one.rule} ${wordAt('broken', one)}`);
  expect(told.sort()).toEqual([...expected].sort());
  expect(here.filter(({ severity }) => severity !== 'error')).toEqual([]);
  expect(unresolved).toEqual([]);
  for (const [wrongName, rightName] of [
    ['"name" on type "Policy"', 'title'],
    ['got "name"', 'title'],
    ['got "bucketName"', 'bucket'],
  ] as const) {
    const messages = here.map(({ message }) => message).filter((message) => message.includes(wrongName));
    expect(messages.length).toBeGreaterThan(0);
    for (const message of messages) expect(message).toContain(`did you mean "${rightName}"`);
  }
});

test.each([
  ['corrected', 12],
  ['tabulator', 4],
])('%s: every document is found and judged, and nothing is said', async (folder, documents) => {
  const result = await scanFolder(folder);
  expect({ documents: result.documents, violations: result.violations, unresolved: result.unresolved }).toEqual({
    documents,
    violations: [],
    unresolved: [],
  });
});

test("the tabulator's variables are read: with another key each of its calls is a violation", async () => {
  const { violations } = await scanFolder('tabulator', (text) =>
    text.replaceAll(/"bucketName":/g, '"bucket":').replaceAll(/\bbucketName(?=: bucket\b|, tableName }\))/g, 'bucket'),
  );
  const lacking = violations.filter(({ rule, message }) => rule === 'missing-variable' && message.startsWith('$bucketName:'));
  expect(lacking.map(({ file, operation }) => `${file} ${operation}`).sort()).toEqual([
    'tables.py TableRename',
    'tables.py TableSet',
    'tables.ts TableRename',
    'tables.ts TableSet',
  ]);
});
