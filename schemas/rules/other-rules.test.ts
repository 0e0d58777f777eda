import { describe, expect, test } from 'vitest';
import { parseDocument as parseYaml } from 'yaml';
import { SourceFile } from '../inventory/source-file.ts';
import { parseDocument } from '../prepared-document.ts';
import { sampleContract } from '../sample-schema.ts';
import { seenOf } from '../scan/stub-language.ts';
import { rulesById } from './rules.ts';
import { judgeSeenVariables } from './seen-variables.ts';
import { PolicyError, parseSeverities } from './severities.ts';
import { judgeTypename } from './unknown-typename.ts';

const DECLARED =
  'query Q($id: ID!, $n: Int, $f: Float, $b: Boolean, $level: Level, $in: ManagedPolicyInput, $ids: [ID!], $by: Choice, $json: Json, $d: Int! = 3) { me { name } }';

/** What is said of variables written as YAML, with the text at its place. */
function said(yaml: string, text = DECLARED): readonly string[] {
  const file = new SourceFile('a.yaml', yaml);
  const node = parseYaml(yaml).contents;
  const [operation] = parseDocument(text).operations;
  if (!node || !operation) throw new Error('expected a value and an operation');
  return judgeSeenVariables(sampleContract, operation, seenOf(node, file)).map(
    ({ rule, message, at }) => `${rule} at ${yaml.slice(at, at + 4)}: ${message}`,
  );
}

describe('variables that the code passes', () => {
  test('what fits, and what is not known, is not spoken of', () => {
    expect(said('{ id: a, n: 1, f: 1, b: true, level: READ, ids: one, by: { id: a }, json: [{ x: 1 }] }')).toEqual([]);
    expect(said('{ id: 7, n: any(), in: any(), ids: [a, any()], level: any() }')).toEqual([]);
    expect(said('null')).toEqual([]);
    expect(said('any()')).toEqual([]);
  });

  test('C-02, C-04: an unknown key, at the key', () => {
    expect(said('{ id: a, in: { ...: 1, permissions: [{ bucketName: b, ...: 1 }] } }')).toEqual([
      'unknown-input-field at buck: $in.permissions.0.bucketName: expected a field of PermissionInput, got "bucketName"; did you mean "bucket"?',
    ]);
  });

  test('C-03: a missing field, only when that is certain', () => {
    expect(said('{ id: a, in: { title: t, permissions: [] } }')).toEqual([
      'missing-input-field at { ti: $in.roles: expected [ID!]!, which ManagedPolicyInput requires, got nothing',
    ]);
    expect(said('{ id: a, in: { title: t, permissions: [], ?roles: [] } }')).toEqual([]);
    expect(said('{ id: a, in: { title: t, permissions: [], ...: 1 } }')).toEqual([]);
    expect(said('{ n: 1 }')).toEqual(['missing-variable at { n:: $id: expected ID!, got nothing']);
    expect(said('{ n: 1, ...: 1 }')).toEqual([]);
  });

  test('wrong kinds, enum values and nulls', () => {
    expect(
      said('{ id: true, n: one, f: x, b: 1, level: REED, ids: [1.5, null], json: 1, d: null }').map((one) =>
        one.split(':').slice(0, 2).join(':'),
      ),
    ).toEqual([
      'wrong-type at true: $id',
      'wrong-type at one,: $n',
      'wrong-type at x, b: $f',
      'wrong-type at 1, l: $b',
      'unknown-enum-value at REED: $level',
      'wrong-type at 1.5,: $ids.0',
      'null-for-non-null at null: $ids.1',
      'null-for-non-null at null: $d',
    ]);
    expect(said('{ id: a, level: REED }')[0]).toContain('did you mean "READ"');
    expect(said('{ id: a, n: 3000000000 }')).toHaveLength(1);
    expect(said('{ id: a, by: { id: a, name: b } }')).toEqual(['one-of at { id: $by: expected exactly one field of Choice, got 2']);
    expect(said('[1]')).toEqual(['variables-shape at [1]: variables: expected an object, got a list']);
  });

  test('every way of a choice', () => {
    expect(said('{ id: a, n: !choice [1, two] }')).toEqual(['wrong-type at two]: $n: expected Int, got a string']);
  });

  test('an undeclared variable, and a deprecated input field', () => {
    expect(said('{ id: a, lvl: READ }')).toEqual([
      'undeclared-variable at lvl:: $lvl: expected a variable that Q declares, got another; did you mean "level"?',
    ]);
    expect(said('{ id: a, in: { ...: 1, note: x } }')).toEqual([
      'deprecated-input at note: $in.note: expected no deprecated field, got ManagedPolicyInput.note: lost',
    ]);
  });

  test('a type that the schema lacks is a finding of the document alone', () => {
    expect(said('{ a: 1 }', 'query Q($a: Nothing!) { me { name } }')).toEqual([]);
  });
});

describe('compared typenames (C-07)', () => {
  const about = (name: string) => judgeTypename(sampleContract, name);
  test('a type that the schema lacks, with the one that was meant', () => {
    expect(about('PolicyResults')).toMatchObject({ rule: 'unknown-typename', severity: 'error' });
    expect(about('InvalidInputs')?.message).toBe(
      '__typename: expected a type of the schema, got "InvalidInputs"; did you mean "InvalidInput"?',
    );
  });
  test('a type that no value can have', () => {
    expect(about('PolicyResult')?.message).toBe('__typename: expected an object type, got PolicyResult, which is a union');
    expect(about('UserInput')?.message).toContain('which is an input type');
    expect(about('Level')?.message).toContain('which is an enum');
    expect(about('Role')?.message).toContain('which is an interface');
  });
  test('a type that some value can have', () => {
    for (const name of ['Policy', 'InvalidInput', 'ManagedRole', 'Query', 'Ok']) expect(about(name)).toBeNull();
  });
});

describe('policy', () => {
  test('sets one rule, or all of a group', () => {
    expect(parseSeverities(['silent-limit=error', 'silent-limit=off'])).toEqual({ 'silent-limit': 'off' });
    expect(parseSeverities(['variables=warning'])['unknown-input-field']).toBe('warning');
  });
  test('refuses what is no rule or no severity', () => {
    expect(() => parseSeverities(['silent-limits=error'])).toThrow(
      'expected the id of a rule, got "silent-limits"; did you mean "silent-limit"',
    );
    expect(() => parseSeverities(['silent-limit=bad'])).toThrow(PolicyError);
  });
  test('every rule says what and why', () => {
    for (const { id, says, because, from } of rulesById.values())
      expect([id, says, because, from].every((text) => text.length > 0)).toBe(true);
  });
});
