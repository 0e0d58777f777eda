import { afterAll, describe, expect, it } from 'vitest';
import { operationNames } from '../operations.ts';
import type { Door } from '../wire/door.ts';
import { pythonCommand } from './find-python.ts';
import { createPythonBackend } from './quilt3-python.ts';

// A child that answers each request with what it was asked, in place of Python; quilt3 itself is driven in verify:real.
const code = `
  process.stdout.write(JSON.stringify({ ready: { quilt3: '8.0.0', home: '/nonexistent/home' } }) + '\\n');
  require('node:readline').createInterface({ input: process.stdin }).on('line', (text) => {
    const { id, operation, session } = JSON.parse(text);
    process.stdout.write(JSON.stringify({ id, value: operation === 'registryUrl' ? JSON.stringify(session) : [operation] }) + '\\n');
  }).on('close', () => process.exit(0));`;
const backend = createPythonBackend('8.0.0', { command: [process.execPath, '-e', code] });
const door = (writes: 'never' | 'namespace', origins: readonly string[] = ['http://s3.test']) =>
  ({ policy: { origins, writes, deadlineMs: 1_000, bodyLimit: 1_000 }, learnSecret: () => undefined }) as unknown as Door;
const settings = { s3Endpoint: 'http://s3.test', registry: 'bucket', accessKeyId: 'id', secretAccessKey: 'secret-key' };

afterAll(() => backend.close?.());

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'an answer',
    ({ name, detail }: { name: string; detail: object }) => ({ name, ...detail }),
  );

describe('quilt3-python', () => {
  it('names its subject, and what it lacks with a reason', () => {
    expect(backend.subject).toBe('quilt3@8.0.0');
    for (const name of operationNames) expect(backend.supports[name]).toSatisfy((support) => support === true || support.no !== '');
  });

  it('refuses what it lacks, each write where nothing may be written, and other origins, before the child is asked', async () => {
    const reading = await backend.open(settings, door('never'));
    expect(await refusal(reading.operations.authStatus({}))).toMatchObject({ name: 'BackendError', code: 'unsupported' });
    for (const work of [
      reading.operations.createRevision({ name: 't/p' }),
      reading.operations.deletePackage({ name: 't/p' }),
      reading.operations['admin.users.setEmail']({ name: 'x', email: 'y' }),
      reading.operations['tabulator.setOpenQuery']({ enabled: true }),
    ])
      expect(await refusal(work)).toMatchObject({ name: 'BackendError', code: 'refused' });
    expect(await reading.operations.listPackages({})).toEqual(['listPackages']);
    const elsewhere = await backend.open({ ...settings, s3Endpoint: 'http://other.test' }, door('namespace'));
    expect(await refusal(elsewhere.operations.listPackages({}))).toMatchObject({ name: 'BackendError', code: 'refused' });
  });

  it('passes the keys, the endpoint and the variables of the client, and no others', async () => {
    const env = { AWS_ACCESS_KEY_ID: 'other', AWS_SESSION_TOKEN: 'other', HTTPS_PROXY: 'http://proxy.test', PATH: '/evil' };
    const session = await backend.open({ ...settings, registryUrl: 'http://s3.test/', env }, door('namespace'));
    const { registryUrl } = await session.operations.registryUrl({});
    expect(JSON.parse(registryUrl)).toMatchObject({ keys: true, token: null, registryUrl: 'http://s3.test', region: 'us-east-1' });
    expect(JSON.parse(registryUrl).env).toEqual({
      AWS_ACCESS_KEY_ID: 'id',
      AWS_SECRET_ACCESS_KEY: 'secret-key',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_ENDPOINT_URL_S3: 'http://s3.test',
      HTTPS_PROXY: 'http://proxy.test',
    });
  });

  it('tells how to get uv where there is none', () => {
    expect(() => pythonCommand('8.0.0', { PATH: '/nonexistent' })).toThrow('pip install uv');
    expect(pythonCommand('8.0.0', { PATH: '/nonexistent', CROSSCHECK_PYTHON_QUILT3: '/some/python' })).toEqual(['/some/python']);
  });
});
