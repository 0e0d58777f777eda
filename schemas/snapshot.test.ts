import { describe, expect, test } from 'vitest';
import { contractFromSdl, contractFromText } from './load-contract.ts';
import { printSnapshot } from './print-snapshot.ts';
import { snapshotDrift } from './snapshot-drift.ts';

const directive = 'directive @admin on FIELD_DEFINITION';
const one = contractFromSdl(`${directive} type Query { b: Int a(x: Int): Int } enum E { B A }`, 'one');

describe('printSnapshot', () => {
  test('is the same text for the same schema, and reads as that schema again', () => {
    const other = contractFromSdl(`enum E { A B } type Query { a(x: Int): Int @admin  b: Int } ${directive}`, 'other');
    expect(printSnapshot(other)).toBe(printSnapshot(one));
    expect(contractFromText(printSnapshot(one), 'again').hash).toBe(one.hash);
    expect(printSnapshot(one)).toMatch(/^directive @admin[\s\S]*\}\n$/);
  });
});

describe('snapshotDrift', () => {
  test('nothing between a snapshot and its schema, with directives applied in one of them', async () => {
    const snapshot = contractFromSdl(`${directive} type Query { a(x: Int): Int @admin  b: Int @admin } enum E { A B }`, 'snapshot');
    expect(await snapshotDrift(snapshot, one)).toEqual([]);
  });

  test('each change in words, breaking ones first', async () => {
    const live = contractFromSdl(`${directive} type Query { a(x: Int): Int c: Int } enum E { A B C }`, 'live');
    expect(await snapshotDrift(one, live)).toEqual([
      "breaking: Field 'b' was removed from object type 'Query'",
      "dangerous: Enum value 'C' was added to enum 'E'",
      "non breaking: Field 'c' was added to object type 'Query'",
    ]);
  });
});
