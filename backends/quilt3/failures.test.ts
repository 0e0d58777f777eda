import { describe, expect, it } from 'vitest';
import type { Call } from './call.ts';
import { failureError, type Meanings } from './failures.ts';

const call = { operation: 'admin.users.create', session: null } as unknown as Call;
const meanings: Meanings = {
  'Conflict at email': ['ConflictError', { subject: 'a@b.c' }],
  LastAdmin: ['ConflictError', { subject: 'carol' }],
};
const mistake = (path: string | null, name: string) =>
  ({ __typename: 'InvalidInput', errors: [{ path, name, message: `said ${name}` }] }) as const;

describe('a failure of the registry', () => {
  it.each([
    [
      'a name that has a meaning at that place',
      mistake('input.email', 'Conflict'),
      'ConflictError',
      { subject: 'a@b.c', code: 'Conflict' },
    ],
    ['the same name elsewhere', mistake('input.name', 'Conflict'), 'ValidationError', { field: 'name', code: 'Conflict' }],
    [
      'a mistake deep in the input',
      mistake('input.permissions.0.bucket', 'BucketNotFound'),
      'ValidationError',
      { field: 'permissions', code: 'BucketNotFound' },
    ],
    [
      'a mistake in an argument that the interface has otherwise',
      mistake('newTableName', 'X'),
      'ValidationError',
      { field: 'newName', code: 'X' },
    ],
    ['a mistake nowhere', mistake(null, 'X'), 'ValidationError', { code: 'X' }],
  ])('InvalidInput, %s', (_, failure, name, detail) => {
    expect(failureError(call, failure, meanings)).toMatchObject({ name, detail: { ...detail, text: `said ${detail.code}` } });
  });

  it('OperationError by its name, else a BackendError with it', () => {
    const known = failureError(call, { __typename: 'OperationError', name: 'LastAdmin', message: 'm' }, meanings);
    expect(known).toMatchObject({ name: 'ConflictError', detail: { subject: 'carol', code: 'LastAdmin', text: 'm' } });
    const unknown = failureError(call, { __typename: 'OperationError', name: 'Odd', message: 'm' }, meanings);
    expect(unknown).toMatchObject({ name: 'BackendError', detail: { code: 'Odd', text: 'm' } });
  });

  it('a bare member that has no meaning is a BackendError of that name', () => {
    const error = failureError(call, { __typename: 'SubscriptionInvalid' }, meanings);
    expect([error.name, error.detail]).toEqual(['BackendError', { code: 'SubscriptionInvalid' }]);
  });
});
