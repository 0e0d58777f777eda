import { describe, expect, test } from 'vitest';
import { judgeVariables } from './judge-variables.ts';
import { sampleContract } from './sample-schema.ts';

const create =
  'mutation Create($input: ManagedPolicyInput!, $dry: Boolean = false) { policyCreateManaged(input: $input) @skip(if: $dry) { __typename } }';
const good = { title: 'a', permissions: [{ bucket: 'b', level: 'READ' }], roles: ['1'] };
const judge = (variables: unknown, text = create, name: string | null = null) => judgeVariables(sampleContract, text, name, variables);
const said = (variables: unknown, text?: string) => judge(variables, text).map(({ rule, path, message }) => [rule, path, message]);

describe('judgeVariables', () => {
  test('finds nothing in variables that fit, whatever is left out or null where it may be', () => {
    expect(judge({ input: good })).toEqual([]);
    expect(judge({ input: { ...good, roles: [] }, dry: null })).toEqual([]);
    expect(judge({ input: { ...good, roles: 'one', permissions: good.permissions[0] } })).toEqual([]);
  });

  test('C-02: names the path to a field that the input does not have, and the right one', () => {
    expect(said({ input: { ...good, permissions: [good.permissions[0], { bucketName: 'x', level: 'READ' }] } })).toEqual([
      [
        'missing-input-field',
        'input.permissions.1.bucket',
        '$input.permissions.1.bucket: expected String!, which PermissionInput requires, got nothing',
      ],
      [
        'unknown-input-field',
        'input.permissions.1.bucketName',
        '$input.permissions.1.bucketName: expected a field of PermissionInput, got "bucketName"; did you mean "bucket"?',
      ],
    ]);
  });

  test('C-03: a required field that is missing', () => {
    const { roles: _, ...without } = good;
    expect(said({ input: without })).toEqual([
      ['missing-input-field', 'input.roles', '$input.roles: expected [ID!]!, which ManagedPolicyInput requires, got nothing'],
    ]);
  });

  test('C-04: name in place of title, and beside it', () => {
    const { title: _, ...without } = good;
    expect(said({ input: { ...without, name: 'x' } }).map(([rule, path]) => [rule, path])).toEqual([
      ['missing-input-field', 'input.title'],
      ['unknown-input-field', 'input.name'],
    ]);
    expect(said({ input: { ...good, name: 'x' } })[0]?.[2]).toContain('did you mean "title" or "note"?');
  });

  test('every mistake of one request, and no text value in a message', () => {
    const secret = 'hunter2hunter2';
    const findings = judge({
      input: { title: null, permissions: [{ bucket: 7, level: 'reed' }, null], roles: [secret, 1.5] },
      dry: secret,
      other: 1,
    });
    expect(findings.map(({ rule, path, severity }) => `${severity} ${rule} ${path}`)).toEqual([
      'error null-for-non-null input.title',
      'error wrong-type input.permissions.0.bucket',
      'error unknown-enum-value input.permissions.0.level',
      'error null-for-non-null input.permissions.1',
      'error wrong-type input.roles.1',
      'error wrong-type dry',
      'warning undeclared-variable other',
    ]);
    expect(findings.map((finding) => finding.message).join('\n')).not.toContain(secret);
    expect(findings.find((finding) => finding.rule === 'unknown-enum-value')?.message).toContain(
      'expected a value of Level (READ, READ_WRITE, OLD), got "reed"; did you mean "READ"?',
    );
  });

  test('a declared non-null variable that is missing or null', () => {
    expect(said({})).toEqual([['missing-variable', 'input', '$input: expected ManagedPolicyInput!, got nothing']]);
    expect(said({ input: null })).toEqual([['null-for-non-null', 'input', '$input: expected ManagedPolicyInput!, got null']]);
    expect(said(null).map(([rule]) => rule)).toEqual(['missing-variable']);
  });

  test('oneOf takes exactly one field, and a deprecated field warns', () => {
    const role = 'query R($by: Choice!) { role(by: $by) { id } }';
    expect(said({ by: { id: '1' } }, role)).toEqual([]);
    expect(said({ by: { id: '1', name: 'n' } }, role).map(([rule]) => rule)).toEqual(['one-of']);
    expect(said({ by: { id: null } }, role).map(([rule]) => rule)).toEqual(['one-of']);
    expect(judge({ input: { ...good, note: 'x' } })).toEqual([
      expect.objectContaining({ rule: 'deprecated-input', severity: 'warning', path: 'input.note' }),
    ]);
  });

  test('what is no object, and an operation that is not there', () => {
    expect(said([1])).toEqual([['variables-shape', null, 'variables: expected an object, got a list of 1']]);
    expect(judge({}, create, 'Other').map((finding) => finding.rule)).toEqual(['no-operation']);
  });
});
