/** The facts of what `judge-variables.ts` finds on the wire and `seen-variables.ts` in source; `variables` names them all in a policy. */
import type { RuleFacts, Severity } from './rule.ts';

const rule = <Id extends string>(id: Id, says: string, because: string, from: string, severity: Severity = 'error') => ({
  id,
  severity,
  says,
  because,
  from,
  group: 'variables',
});

const REFUSED = 'The server refuses the request, though the document by itself is valid.';

export const variableRules = [
  rule(
    'unknown-input-field',
    'the code passes a key that the input type does not have',
    `${REFUSED} The place is that of the key. The message offers the field that was meant.`,
    'C-02, C-04',
  ),
  rule(
    'missing-input-field',
    'the code passes an input without a field that its type requires',
    `${REFUSED} It speaks only where it is certain: every member of the record is known, and none of that name is set on some way through the program. The place is that of the record.`,
    'C-03',
  ),
  rule(
    'missing-variable',
    'the code passes no value for a variable that the operation requires',
    `${REFUSED} As certain as missing-input-field.`,
    'C-03',
  ),
  rule('null-for-non-null', 'the code passes null where the type does not allow it', REFUSED, 'C-03'),
  rule(
    'wrong-type',
    'the code passes a value of another kind than the type takes',
    `${REFUSED} A single value where a list is expected is right: it stands for a list of one. Scalars that the specification does not define take any value.`,
    'C-02 to C-04',
  ),
  rule('unknown-enum-value', 'the code passes text that is no value of the enum', REFUSED, 'C-02 to C-04'),
  rule('one-of', 'the code passes not exactly one field of a @oneOf input', REFUSED, 'specification 3.10.1'),
  rule('variables-shape', 'the code passes something else than a record as variables', REFUSED, 'GraphQL over HTTP 5'),
  rule('no-operation', 'the code names an operation that the document does not have', REFUSED, 'GraphQL over HTTP 5'),
  rule(
    'undeclared-variable',
    'the code passes a variable that the operation does not declare',
    'Servers ignore it, and its value is lost.',
    'C-04',
    'warning',
  ),
  rule('deprecated-input', 'the code passes an input field that the schema deprecates', 'It will go.', 'C-10', 'warning'),
] as const satisfies readonly RuleFacts[];

export type VariableRule = (typeof variableRules)[number]['id'];
