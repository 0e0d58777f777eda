/** Every rule that a scan can break, by id: those that look at documents, and the facts of those that are found elsewhere. */
import { NoDeprecatedCustomRule, NoUnusedVariablesRule, specifiedRules } from 'graphql';
import { LIMIT_RULE } from '../document-limits.ts';
import { maxComplexity } from './max-complexity.ts';
import { maxDepth } from './max-depth.ts';
import type { DocumentRule, RuleFacts } from './rule.ts';
import { silentLimit } from './silent-limit.ts';
import { unhandledUnionMembers } from './unhandled-union-members.ts';
import { typenameRules } from './unknown-typename.ts';
import { variableRules } from './variable-rules.ts';

const deprecated: DocumentRule = {
  id: 'deprecated',
  severity: 'warning',
  says: 'a field, argument, input field or enum value is used that the schema deprecates',
  because:
    'It will go, and the reason says what to use in its place. A live schema is asked for deprecated arguments and input fields too where its introspection knows them. In variables that the code passes, the rule is `deprecated-input`.',
  from: 'C-10; specification 3.13.3',
  create: () => NoDeprecatedCustomRule,
};

const unusedVariable: DocumentRule = {
  id: 'unused-variable',
  severity: 'error',
  says: 'an operation declares a variable that it does not use',
  because: 'Servers refuse the whole document. This is NoUnusedVariablesRule of graphql-js.',
  from: 'specification 5.8.4',
  create: () => NoUnusedVariablesRule,
};

/** The specification's rules under graphql-js's names. */
const specified: readonly DocumentRule[] = specifiedRules
  .filter((rule) => rule !== NoUnusedVariablesRule)
  .map((rule) => ({
    id: rule.name,
    severity: 'error',
    says: `a document breaks ${rule.name} of graphql-js; the message says what is wrong`,
    because: 'Servers refuse the whole document.',
    from: 'specification 5',
    create: () => rule,
  }));

/** Rules of documents, in the order in which they speak. */
export const documentRules: readonly DocumentRule[] = [
  ...specified,
  unusedVariable,
  deprecated,
  unhandledUnionMembers,
  silentLimit,
  maxDepth,
  maxComplexity,
];

const elsewhere: readonly RuleFacts[] = [
  {
    id: 'syntax',
    severity: 'error',
    says: 'a document cannot be parsed',
    because: 'Servers refuse it.',
    from: 'specification 2',
  },
  {
    id: LIMIT_RULE,
    severity: 'error',
    says: 'a document is longer, or nested deeper, than anything that is judged',
    because: 'A hostile document could exhaust the stack or the time of a judge; it is named, and nothing else is said about it.',
    from: 'bad input',
  },
  ...variableRules,
  ...typenameRules,
  {
    id: 'waiver-expired',
    severity: 'error',
    says: 'a waiver is past its last day',
    because: 'It waives nothing any more; what it waived is reported too. Mend the code, or agree on a new day.',
    from: 'waivers',
  },
  {
    id: 'waiver-unused',
    severity: 'error',
    says: 'a waiver matches nothing',
    because: 'What it waived is mended, moved or renamed. Left standing it would hide the next fault at that place.',
    from: 'waivers',
  },
];

/** Facts of every rule, by id. */
export const rulesById: ReadonlyMap<string, RuleFacts> = new Map([...documentRules, ...elsewhere].map((rule) => [rule.id, rule]));
