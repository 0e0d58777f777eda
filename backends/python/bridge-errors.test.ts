import { describe, expect, it } from 'vitest';
import { type About, toQuiltError } from './bridge-errors.ts';

const none = { module: 'm', message: '', field: null, asked: null, lookup: false, aws: null, failure: null, graphql: null, http: null };
const about: About = {
  bucket: 'b',
  missing: { package: 't/p' },
  path: 'x',
  subject: { subject: 'carol' },
  conflicts: { Conflict: { subject: 'carol' } },
};
const errorOf = (said: object) => {
  const { name, detail } = toQuiltError('browse', { ...none, ...said }, about);
  const { text: _, ...facts } = detail;
  return [name, facts];
};
const aws = (code: string, status: number, operation = 'GetObject') => ({
  classes: ['ClientError', 'Exception'],
  aws: { code, message: 'm', status, operation },
});
const quilt = (message: string, name = 'QuiltException') => ({ classes: [name, 'QuiltException', 'Exception'], message });

describe('an exception of quilt3', () => {
  it.each([
    ['S3: no such key', aws('NoSuchKey', 404), 'NotFoundError', { package: 't/p', code: 'NoSuchKey' }],
    ['S3: 404 of a HEAD', aws('404', 404, 'HeadObject'), 'NotFoundError', { package: 't/p', code: '404' }],
    [
      'S3: the revision that was asked for',
      { ...aws('404', 404, 'HeadObject'), asked: 'abc' },
      'NotFoundError',
      { package: 't/p', hash: 'abc', code: '404' },
    ],
    ['S3: a 404 that says nothing', aws('404', 404), 'BackendError', { code: '404' }],
    ['S3: a 401', aws('401', 401), 'AuthenticationError', { code: '401' }],
    ['S3: no such bucket', aws('NoSuchBucket', 404), 'NotFoundError', { bucket: 'b', code: 'NoSuchBucket' }],
    ['S3: access denied', aws('AccessDenied', 403), 'PermissionError', { bucket: 'b', code: 'AccessDenied' }],
    ['S3: expired', aws('ExpiredToken', 400), 'AuthenticationError', { code: 'ExpiredToken' }],
    ['S3: wrong key', aws('SignatureDoesNotMatch', 403), 'AuthenticationError', { code: 'SignatureDoesNotMatch' }],
    ['S3: internal error', aws('InternalError', 500), 'BackendError', { code: 'InternalError' }],
    ['nothing at the path', { classes: ['KeyError'], lookup: true }, 'NotFoundError', { package: 't/p', path: 'x' }],
    ['a defect of its own', { classes: ['KeyError'] }, 'BackendError', { code: 'broken-body' }],
    ['refused before it was asked', { classes: ['Refused'], field: 'uris' }, 'ValidationError', { field: 'uris' }],
    ['no matches', quilt("Found zero matches for 'abcdef'"), 'NotFoundError', { package: 't/p' }],
    ['conflict', quilt('exists', 'QuiltConflictException'), 'ConflictError', { package: 't/p' }],
    [
      'workflow message',
      quilt('Commit message is required by workflow', 'WorkflowValidationError'),
      'ValidationError',
      { field: 'message' },
    ],
    ['token cannot be renewed', quilt('Failed to update the access token (…)'), 'AuthenticationError', {}],
    [
      'registry: 401',
      { ...quilt('Authentication failed.'), http: { status: 401, text: '{"message":"m"}' } },
      'AuthenticationError',
      { code: '401' },
    ],
    ['registry: 403', { ...quilt('m'), http: { status: 403, text: '' } }, 'PermissionError', { code: '403' }],
    ['registry: 400', { classes: ['KeyError'], http: { status: 400, text: '' } }, 'BackendError', { code: '400' }],
    ['GraphQL: forbidden', { classes: ['E'], graphql: [{ message: 'm', code: 'FORBIDDEN' }] }, 'PermissionError', { code: 'FORBIDDEN' }],
    ['GraphQL: errors', { classes: ['E'], graphql: [{ message: 'm', code: null }] }, 'BackendError', { code: 'graphql-errors' }],
    ['no such user', { classes: ['UserNotFoundError', 'Quilt3AdminError'] }, 'NotFoundError', { subject: 'carol' }],
    [
      'role name taken',
      { classes: ['RoleNameExistsError', 'Quilt3AdminError'] },
      'ConflictError',
      { subject: 'carol', code: 'RoleNameExists' },
    ],
    [
      'typed failure that has a meaning',
      { classes: ['Quilt3AdminError'], failure: { name: 'Conflict', message: 'm' } },
      'ConflictError',
      { subject: 'carol', code: 'Conflict' },
    ],
    [
      'typed failure of a parameter',
      { classes: ['InvalidInputError'], failure: { errors: [{ path: 'input.permissions.0.bucket', name: 'X', message: 'm' }] } },
      'ValidationError',
      { field: 'permissions', code: 'X' },
    ],
    ['no connection', { classes: ['EndpointConnectionError', 'ConnectionError'] }, 'BackendError', { code: 'connect' }],
    ['anything else', { classes: ['ZeroDivisionError'] }, 'BackendError', {}],
  ])('%s', (_, said, name, facts) => {
    expect(errorOf(said)).toEqual([name, facts]);
  });

  it('keeps the words of the server', () => {
    expect(toQuiltError('browse', { ...none, ...aws('AccessDenied', 403) }, about).detail.text).toBe('m');
  });
});
