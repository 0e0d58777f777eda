import { describe, expect, test } from 'vitest';
import type { OperationName } from '../../backends/operations.ts';
import type { Operations } from '../../backends/quilt-ops.ts';
import { createRecorder } from './recorder.ts';

/** What is recorded of an operation that answers so. */
async function recorded(operation: OperationName, answer: unknown): Promise<unknown> {
  const recorder = createRecorder({ now: () => 0, fetchPresigned: async () => 'content' });
  const table = { [operation]: async () => answer } as unknown as Operations;
  const ops = recorder.record(table, (_, work) => work());
  void (operation === 'admin.sso.get' ? ops.admin.sso.get() : ops.admin.buckets.get({ name: 'b' }));
  await recorder.settled();
  const outcome = recorder.observations[0]?.outcome;
  return outcome !== undefined && 'value' in outcome ? outcome.value : outcome;
}

describe('what JSON would take for null is not recorded as null', () => {
  test.each<[string, OperationName, unknown, unknown]>([
    ['nothing at all', 'admin.sso.get', undefined, { 'no JSON': 'undefined' }],
    ['null itself', 'admin.sso.get', null, null],
    ['NaN', 'admin.buckets.get', { indexContentBytes: Number.NaN }, { indexContentBytes: { 'no JSON': 'NaN' } }],
    ['Infinity', 'admin.buckets.get', { tags: [Number.POSITIVE_INFINITY] }, { tags: [{ 'no JSON': 'Infinity' }] }],
    ['a hole in a list', 'admin.buckets.get', { tags: ['a', undefined] }, { tags: ['a', { 'no JSON': 'undefined' }] }],
    ['a function', 'admin.sso.get', () => null, { 'no JSON': 'function' }],
  ])('%s', async (_, operation, answer, expected) => {
    expect(await recorded(operation, answer)).toEqual(expected);
  });
});

test('a refusal that nobody waits for is recorded, and no trouble of the process', async () => {
  const recorder = createRecorder({ now: () => 0, fetchPresigned: async () => 'content' });
  const table = { listBuckets: () => Promise.reject(new TypeError('x')) } as unknown as Operations;
  void recorder.record(table, (_, work) => work()).listBuckets();
  await recorder.settled();
  expect(recorder.broken?.message).toBe('listBuckets: TypeError: x');
});
