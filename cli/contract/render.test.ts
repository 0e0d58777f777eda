import official from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import type { ScanResult, Violation } from '../../schemas/scan/violation.ts';
import { renderGithub } from './render-github.ts';
import { toSarif } from './render-sarif.ts';
import { renderText } from './render-text.ts';

const violation: Violation = {
  file: 'src/a b.py',
  line: 2,
  column: 4,
  operation: 'Q',
  name: 'Client.q',
  rule: 'silent-limit',
  severity: 'warning',
  schema: 'now',
  message: 'a: 100%, b\nc',
};
const result: ScanResult = {
  files: 1,
  documents: 1,
  operations: [{ file: 'src/a b.py', line: 1, column: 1, operation: 'Q', schemas: { now: 'warning', next: 'fits' } }],
  violations: [violation, { ...violation, severity: 'error', rule: 'waiver-unused', operation: null, schema: null, message: 'm' }],
  unresolved: [
    { file: 'src/b.py', line: 1, column: 1, name: 'f', reason: 'call', message: 'what f() gives' },
    { file: 'src/b.py', line: 9, column: 1, name: 'g', reason: 'loop', message: 'g', waived: 'known' },
  ],
  waived: [{ ...violation, because: 'known' }],
};
const plain = { color: false, width: 80 };

describe('SARIF', () => {
  // The official schema, as a package of its makers carries it; of draft 4, whose words it uses that later drafts took over.
  const { $schema, id, ...schema } = official;
  expect([$schema, id]).toEqual([expect.stringContaining('draft-04'), expect.stringContaining('sarif-2.1.0')]);
  const validate = new Ajv({ strict: false, unicodeRegExp: false, validateFormats: false, allErrors: true }).compile(schema);

  test('is valid by the official schema', () => {
    expect([validate(toSarif(result, '1.0.0')), validate.errors]).toEqual([true, null]);
    expect(validate(toSarif({ ...result, violations: [], unresolved: [], waived: [] }, '1.0.0'))).toBe(true);
    // The schema does refuse.
    expect(validate({ ...toSarif(result, '1.0.0'), version: '2.0.0' })).toBe(false);
    const [run] = toSarif(result, '1').runs;
    expect(validate({ version: '2.1.0', runs: [{ ...run, results: [{ ruleId: 'a' }] }] })).toBe(false);
  });

  test('each result points at its rule; what is waived is suppressed', () => {
    const [run] = toSarif(result, '1.0.0').runs;
    expect(run.results.map((one) => run.tool.driver.rules[one.ruleIndex]?.id)).toEqual(run.results.map((one) => one.ruleId));
    expect(run.results.filter((one) => 'suppressions' in one).map((one) => one.ruleId)).toEqual(['silent-limit', 'unresolved-loop']);
    expect(run.results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: 'src/a%20b.py' },
      region: { startLine: 2, startColumn: 4 },
    });
  });
});

describe('GitHub annotations', () => {
  test('are escaped, and leave out what is waived', () => {
    expect(renderGithub({ ...result, violations: [{ ...violation, file: 'a,b:c.py' }] })).toBe(
      '::warning file=a%2Cb%3Ac.py,line=2,col=4,title=silent-limit (now)::a: 100%25, b%0Ac\n' +
        '::error file=src/b.py,line=1,col=1,title=unresolved%3A call::what f() gives\n',
    );
  });
});

describe('text', () => {
  const read = () => 'one\n\t\x1b[31mtwo\u202e three';

  test('shows the line with a caret, the matrix of several schemas, and the sum', () => {
    expect(renderText(result, ['now', 'next'], read, plain)).toBe(
      [
        'src/a b.py:2:4 warning silent-limit in Q by now',
        '  a: 100%, b c',
        '  2 | \t?[31mtwo? three',
        '    | \t  ^',
        '',
        'src/a b.py:2:4 error waiver-unused',
        '  m',
        '  2 | \t?[31mtwo? three',
        '    | \t  ^',
        '',
        'src/b.py:1:1 unresolved call in f',
        '  what f() gives',
        '  1 | one',
        '    | ^',
        '',
        'operation             now  next',
        'Q (src/a b.py:1)  warning  fits',
        '',
        '1 documents with 1 operations in 1 files, by now, next: 1 errors, 1 warnings, 1 unresolved, 2 waived',
        '',
      ].join('\n'),
    );
  });

  test('a long line is shown around the place', () => {
    const [, , line = '', caret = ''] = renderText(
      { ...result, violations: [{ ...violation, line: 1, column: 5001 }] },
      ['now'],
      () => `${'a'.repeat(5000)}X${'b'.repeat(5000)}`,
      plain,
    ).split('\n');
    expect(line.length).toBeLessThanOrEqual(80);
    expect(line[caret.indexOf('^')]).toBe('X');
  });

  test('colours only when told', () => {
    expect(renderText(result, ['now'], () => 'one', plain)).not.toContain('\x1b');
    expect(renderText(result, ['now'], () => 'one', { ...plain, color: true })).toContain('\x1b[31m');
  });
});
