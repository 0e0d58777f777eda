import { describe, expect, test } from 'vitest';
import { applyWaivers } from './apply-waivers.ts';
import type { ScannedUnresolved, Violation } from './violation.ts';
import { parseWaivers } from './waivers.ts';

const violation: Violation = {
  file: 'src/a.py',
  line: 3,
  column: 1,
  operation: 'GetPolicy',
  name: 'Client.get',
  rule: 'silent-limit',
  severity: 'warning',
  schema: 's',
  message: 'm',
};
const unresolved: ScannedUnresolved = { file: 'src/b.py', line: 1, column: 1, name: 'build', reason: 'parameter', message: 'm' };
const result = { violations: [violation], unresolved: [unresolved] };
const waiver = (more: string) => `- { because: known, owner: team, ${more} }\n`;
const apply = (text: string, today = '2026-01-01') => applyWaivers(result, parseWaivers('w.yaml', text), today);
const mistakes = (text: string) => {
  try {
    parseWaivers('w.yaml', text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
};

describe('applyWaivers', () => {
  test('accepts a violation by rule, and an unresolved text by reason', () => {
    const both = `${waiver('file: src/*.py, name: Client.get, rule: silent-limit, expires: 2026-01-01')}${waiver('file: src/**, name: build, reason: parameter, expires: 2027-01-01')}`;
    expect(apply(both)).toEqual({
      violations: [],
      waived: [{ ...violation, because: 'known' }],
      unresolved: [{ ...unresolved, waived: 'known' }],
    });
    expect(apply(both.replace('Client.get', 'GetPolicy')).violations).toEqual([]);
  });

  test('one that is over its day waives nothing, and is a violation at its line', () => {
    const { violations, waived } = apply(`\n${waiver('file: src/a.py, name: Client.get, rule: silent-limit, expires: 2025-12-31')}`);
    expect(waived).toEqual([]);
    expect(violations.map(({ file, line, rule, severity }) => `${file}:${line} ${severity} ${rule}`)).toEqual([
      'src/a.py:3 warning silent-limit',
      'w.yaml:2 error waiver-expired',
    ]);
    expect(violations[1]?.message).toBe(
      'waiver of src/a.py Client.get silent-limit (team): expected a day from 2026-01-01 on, got 2025-12-31',
    );
  });

  test('one that matches nothing is a violation', () => {
    for (const other of [
      'file: lib/*.py, name: Client.get, rule: silent-limit',
      'file: src/a.py, name: Client.got, rule: silent-limit',
      'file: src/a.py, name: Client.get, rule: deprecated',
      'file: src/a.py, name: Client.get, reason: call',
    ])
      expect(apply(waiver(`${other}, expires: 2027-01-01`)).violations.map(({ rule }) => rule)).toEqual(['silent-limit', 'waiver-unused']);
  });

  test('a glob holds from the folder of the waivers file as well', () => {
    const text = waiver('file: a.py, name: Client.get, rule: silent-limit, expires: 2027-01-01');
    expect(applyWaivers(result, parseWaivers('src/w.yaml', text), '2026-01-01').violations).toEqual([]);
  });
});

describe('parseWaivers', () => {
  test('says every mistake with its place', () => {
    expect(mistakes('- {')).toMatch(/^w\.yaml:\d+:\d+: /);
    expect(mistakes('a: 1')).toBe('w.yaml:1:1: expected a list of waivers');
    const good = 'file: a, name: b, rule: deprecated, expires: 2027-01-01';
    expect(mistakes(waiver(good))).toBe('none');
    expect(mistakes('')).toBe('none');
    expect(mistakes(waiver(good.replace('name: b', "name: '*'")))).toContain(
      'name: expected the name of one definition, without * or ?, got "*"',
    );
    expect(mistakes(waiver(good.replace('name: b, ', '')))).toContain(
      'w.yaml:1:3: name: expected a string; put the value in quotes, got nothing',
    );
    expect(mistakes(waiver(good.replace('deprecated', 'silent-limits')))).toContain(
      'rule: expected the id of a rule; did you mean "silent-limit"',
    );
    expect(mistakes(waiver(good.replace('rule: deprecated', 'reason: magic')))).toContain('reason: expected one of parameter, call');
    expect(mistakes(waiver(`${good}, reason: call`))).toContain('expected either rule or reason');
    expect(mistakes(waiver(good.replace('rule: deprecated, ', '')))).toContain('expected either rule or reason');
    expect(mistakes(waiver(good.replace('2027-01-01', 'soon')))).toContain(
      'expires: expected the last day on which it holds, as YYYY-MM-DD, got "soon"',
    );
    expect(mistakes(waiver(`${good}, until: 1`))).toContain('until; expected file, name, rule, reason, because, owner, expires');
  });
});
