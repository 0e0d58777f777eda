import { describe, expect, it } from 'vitest';
import { judgeClient, type KnownClients, readClientFindings } from './client-findings.ts';
import { clientsPage } from './client-page.ts';
import { CLIENTS, type SeenClient } from './client-scan.ts';

const client = 'quilt3==8.0.0';
const said = {
  file: 'a.py',
  line: 3,
  rule: 'FieldsOnCorrectTypeRule',
  severity: 'error',
  schema: 'reference',
  message: 'Cannot query field "x" on type "Query".',
} as const;
const seen: SeenClient = {
  client,
  newer: [],
  documents: 1,
  operations: [{ file: 'a.py', line: 2 }],
  unresolved: [],
  violations: [said],
  comparisons: 0,
  otherComparisons: 0,
  other: [
    { file: 'a.py', line: 2, text: '{ x }', errors: ["Cannot query field 'x' on type 'Query'. Did you mean 'y'?"] },
    { file: 'b.py', line: 9, text: '{uuid}', errors: ["Cannot query field 'uuid' on type 'Query'."] },
  ],
};
const { file, rule, message } = said;
const known: KnownClients = {
  counts: { [client]: { documents: 1, operations: 1, errors: 1, warnings: 0, unresolved: 0, comparisons: 0 } },
  verdicts: [{ title: 't', verdict: 'real', because: 'b', says: [{ rule, file, messages: [message], clients: [client] }] }],
  notGraphql: [{ file: 'b.py', text: '{uuid}', because: 'n' }],
};
const saying = (more: Partial<KnownClients['verdicts'][number]['says'][number]>) =>
  known.verdicts.map((one) => ({ ...one, says: one.says.map((said) => ({ ...said, ...more })) }));
const unresolved = [{ file: 'a.py', line: 1, name: 'f', reason: 'call', message: 'm' }];

describe('the findings of the published clients', () => {
  it('are known when everything has its verdict and graphql-core agrees', () => {
    expect(judgeClient(seen, known)).toEqual([]);
  });

  it.each<[string, Partial<SeenClient>, Partial<KnownClients>, string]>([
    ['a violation without a verdict', {}, { verdicts: [] }, 'expected one verdict, got 0'],
    ['a verdict of another file', {}, { verdicts: saying({ file: 'b.py' }) }, 'got nothing of it'],
    ['two verdicts', {}, { verdicts: [...known.verdicts, ...known.verdicts] }, 'expected one verdict, got 2'],
    ['a verdict without a violation', { violations: [] }, {}, 'verdict "t": expected "Cannot query field'],
    ['another count', { unresolved }, {}, '"unresolved":1'],
    ['a comparison that only CPython sees', { otherComparisons: 1 }, {}, 'expected the 1 comparisons of CPython, got 0'],
    [
      'one that a newer schema does not mend',
      { newer: [{ ...said, schema: 'newer' }] },
      { verdicts: known.verdicts.map((one) => ({ ...one, verdict: 'needs-newer' as const })) },
      'expected nothing of it by the newer schema',
    ],
    ['no count', {}, { counts: {} }, 'expected null, got {'],
    ['a document that only graphql-core finds', {}, { notGraphql: [] }, 'expected the 2 documents of graphql-core, got 1'],
    [
      'a document in another file',
      { operations: [{ file: 'c.py', line: 2 }] },
      {},
      'a.py: an operation: expected 1 as by graphql-core, got 0',
    ],
    [
      'an error that graphql-core does not have',
      { other: [{ file, line: 2, text: '{ x }', errors: [] }] },
      {},
      'expected 0 as by graphql-core, got 1',
    ],
  ])('fail when there is %s', (_, more, other, says) => {
    expect(judgeClient({ ...seen, ...more }, { ...known, ...other }).join('\n')).toContain(says);
  });

  it('are about clients that are scanned, each with its counts and no message twice', () => {
    const written = readClientFindings();
    expect(Object.keys(written.counts)).toEqual(CLIENTS);
    const keys = written.verdicts
      .flatMap(({ says }) => says)
      .flatMap((one) => one.messages.flatMap((text) => one.clients.map((name) => [one.rule, one.file, text, name].join(' '))));
    expect(new Set(keys).size).toBe(keys.length);
    expect(
      written.verdicts.flatMap(({ says }) => says.flatMap(({ clients }) => clients)).filter((name) => !CLIENTS.includes(name)),
    ).toEqual([]);
  });

  it('stand on the page with their places, versions that say the same in one row', () => {
    const page = clientsPage([seen, { ...seen, client: 'quilt3==9' }], {
      ...known,
      verdicts: saying({ clients: [client, 'quilt3==9'] }),
    });
    expect(page).toContain('| Cannot query field "x" on type "Query". | `FieldsOnCorrectTypeRule` | quilt3 8.0.0, quilt3 9 | `a.py:3` |');
    expect(page).toContain('| quilt3 8.0.0 | 1 | 1 | 1 | 0 | 0 | 0 | 1, 1, 0 |');
  });
});
