import { expect, test } from 'vitest';
import { ADMIN_ONLY, NULL_SAYS, RESULT_UNIONS } from '../../schemas/result-unions.ts';
import { rootFieldsAsked } from '../../schemas/root-fields.ts';
import { questions } from './root-field-questions.ts';

const fields = new Set(questions.flatMap(({ field }) => field.split('.').map((_, at, names) => names.slice(0, at + 1).join('.'))));

test('each question asks the field that it is named after, and stands once', () => {
  for (const { field, text } of questions) expect(rootFieldsAsked(text, null, fields).map(({ path }) => path)).toContain(field);
  const names = questions.map(({ field, case: kind }) => `${field} ${kind}`);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('what only administrators may ask is refused to an ordinary user, and all else to nobody', () => {
  const wrong = questions.filter(({ field, case: kind, as }) => {
    const adminOnly = [...ADMIN_ONLY].some((root) => field === root || field.startsWith(`${root}.`));
    return kind === 'refused' && as !== (adminOnly ? 'user' : 'nobody');
  });
  expect(wrong.map(({ field }) => field)).toEqual([]);
});

test('a typed failure is expected as a member that says no, or as null for what is missing', () => {
  const failures = Object.values(RESULT_UNIONS).flatMap(({ failure }) => failure);
  for (const { field, case: kind, expect: expected } of questions) {
    if (kind !== 'typed-failure') continue;
    const at = `data.${field.split('.').slice(1).join('.')}`;
    if (NULL_SAYS[field] === undefined) expect(failures).toContain(JSON.parse(expected[`${at}.__typename`] ?? '""'));
    else expect(expected[at]).toBe('null');
  }
});
