import { expect, test } from 'vitest';
import { isOlder } from './engine-version.ts';

test.each([
  ['15.7', '15.12', true],
  ['15.12', '15.7', false],
  ['10', '9.6', false],
  ['9.6', '10', true],
  ['15', '15.12', false],
  ['15.12', '15', false],
  ['14', '15.12', true],
  ['8.0.mysql_aurora.3.04.1', '8.0.mysql_aurora.3.05.2', true],
  ['8.0.mysql_aurora.3.05.2', '8.0.mysql_aurora.3.05.2', false],
  ['OpenSearch_2.11', 'OpenSearch_2.9', false],
  ['OpenSearch_1.3', 'Elasticsearch_7.10', null],
] as const)('%s after %s', (after, before, older) => {
  expect(isOlder(after, before)).toBe(older);
});
