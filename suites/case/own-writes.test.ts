import { expect, test } from 'vitest';
import type { Operations } from '../../backends/quilt-ops.ts';
import { sharedNames } from './names.ts';
import { keepToOwn } from './own-writes.ts';

const names = sharedNames('20261125-071607-869-805985', 'a side');
const uri = `s3://bucket/${names.keyOf('a.txt')}?versionId=1`;
const name = names.packageName('data');

function guarded() {
  const calls: string[] = [];
  const perform = (operation: string) => async () => void calls.push(operation);
  const table = {
    createRevision: perform('create'),
    updateRevision: perform('update'),
    deletePackage: perform('delete'),
  } as unknown as Operations;
  return { calls, operations: keepToOwn(table, names, () => void calls.push('claim')) };
}

test('a revision whose entries or message hold the prefix is written, claimed before; an update keeps what its package holds', async () => {
  const { calls, operations } = guarded();
  await operations.createRevision({ name, uris: [uri], message: 'm' });
  await operations.updateRevision({ name });
  await operations.createRevision({ name: names.packageName('bare'), message: names.message('m') });
  await operations.deletePackage({ name });
  expect(calls).toEqual(['claim', 'create', 'claim', 'update', 'claim', 'create', 'delete']);
});

test.each([
  ['a name of another', { name: 'team/data', uris: [uri] }, 'world.packageName'],
  ['no entries and a plain message', { name, message: 'm' }, 'world.message'],
  ['entries by their last segment', { name, uris: [uri], organise: false, message: 'm' }, 'world.message'],
  ["another's objects", { name, uris: ['s3://bucket/a.txt'], message: 'm' }, 'world.message'],
])('%s is refused before anything is sent', async (_, params, says) => {
  const { calls, operations } = guarded();
  await expect(operations.createRevision(params)).rejects.toThrow(says);
  await expect(operations.updateRevision(params)).rejects.toThrow(says);
  expect(calls).toEqual([]);
});

test("another's package is not deleted", async () => {
  const { calls, operations } = guarded();
  await expect(operations.deletePackage({ name: 'team/data' })).rejects.toThrow('world.packageName');
  expect(calls).toEqual([]);
});
