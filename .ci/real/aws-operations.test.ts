/** The embedded AWS serves what the door lets through, no more and no less, and asks for the actions that the printed policy names. */
import { expect, test } from 'vitest';
import { AWS_ACTIONS } from '../../backends/wire/aws-actions.ts';
import { actionOf, OPERATIONS } from '../../fixtures/embedded/aws/operations.ts';

test('each operation of the door is served with its action, and no other is', () => {
  const served = Object.entries(OPERATIONS).flatMap(([service, operations]) =>
    Object.keys(operations).map((name) => {
      const action = actionOf(`${service}:${name}`);
      return [`${service}:${name}`, action === null ? [] : [action]];
    }),
  );
  expect(Object.fromEntries(served)).toEqual(AWS_ACTIONS);
});
