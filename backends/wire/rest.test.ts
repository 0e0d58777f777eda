import { describe, expect, test } from 'vitest';
import { openDoor } from './open-door.ts';
import { RestError, type RestRequest, restJson, restToQuiltError } from './rest.ts';
import { scriptedServer } from './scripted-server.ts';

async function asked(status: number, headers: Record<string, string>, body: string, more: Partial<RestRequest> = {}) {
  await using server = await scriptedServer((_, response) => response.writeHead(status, headers).end(body));
  await using door = openDoor({ origins: [server.origin], writes: 'namespace', deadlineMs: 2000, bodyLimit: 100_000 }, null);
  const result = await restJson(door, { url: `${server.origin}/api/x`, ...more }).catch((error: unknown) => {
    if (error instanceof RestError) return error;
    throw error;
  });
  return { result, seen: server.seen[0], exchange: door.exchanges[0], origin: server.origin };
}

describe('restJson', () => {
  test('reads JSON, sends JSON or a form, with the bearer', async () => {
    const json = await asked(200, {}, '{"a":1}', { method: 'POST', json: { b: 2 }, token: 'canary-token-x' });
    expect(json.result).toMatchObject({ status: 200, json: { a: 1 } });
    expect(json.seen).toMatchObject({
      line: 'POST /api/x',
      body: '{"b":2}',
      headers: { authorization: 'Bearer canary-token-x', 'content-type': 'application/json' },
    });
    expect(json.exchange).toMatchObject({ protocol: 'rest', operation: 'POST /api/x' });
    expect(JSON.stringify(json.exchange)).not.toContain('canary');
    const form = await asked(200, {}, '{}', { method: 'POST', form: { refresh_token: 'canary=1&2' } });
    expect(form.result).toMatchObject({ json: {} });
    expect(form.seen).toMatchObject({
      body: 'refresh_token=canary%3D1%262',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(JSON.stringify(form.exchange)).not.toContain('canary');
  });

  test('P-21: HTML where JSON was due is one error that names the URL and the first bytes', async () => {
    const { result, origin } = await asked(200, { 'content-type': 'text/html' }, '<!DOCTYPE html><title>Quilt</title>', {
      protocol: 'catalog',
    });
    expect(result).toMatchObject({
      message: `${origin}/api/x: expected JSON, got text/html beginning "<!DOCTYPE html><title>Quilt</title>"`,
      code: 'broken-body',
    });
  });

  test.each([
    [401, '{"message":"expired"}', 'AuthenticationError', '401', 'expired'],
    [403, '{"error":"no"}', 'PermissionError', '403', 'no'],
    [404, '<html>', 'NotFoundError', '404', '<html>'],
    [400, '{"detail":"bad field"}', 'ValidationError', '400', 'bad field'],
    [500, '', 'BackendError', '500', undefined],
    [302, '', 'BackendError', '302', undefined],
    [200, 'half {', 'BackendError', 'broken-body', 'half {'],
    [200, '', 'BackendError', 'broken-body', undefined],
  ])('%i %s', async (status, body, name, code, text) => {
    const { result } = await asked(status, { location: 'http://login.example/' }, body);
    const error = restToQuiltError('awsCredentials', result);
    expect(error).toMatchObject({ name, detail: { code }, cause: result });
    expect(error.detail.text).toBe(text);
  });

  test('what is no failure of the wire is thrown on', () => {
    expect(() => restToQuiltError('awsCredentials', new TypeError('a mistake'))).toThrow('a mistake');
  });
});
