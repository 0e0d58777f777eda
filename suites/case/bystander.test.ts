import { expect, test } from 'vitest';
import type { Door, WireRequest } from '../../backends/wire/door.ts';
import { WireError } from '../../backends/wire/door.ts';
import { createBystander } from './bystander.ts';

const keys = { accessKeyId: 'key', secretAccessKey: 'secret', sessionToken: null };

/** What a bystander says of a URL that a subject signed, when the door answers so. */
function fetched(url: string, answer: (request: WireRequest) => { status: number; body: Uint8Array }): Promise<string> {
  const door = { request: async (request: WireRequest) => ({ ...answer(request), headers: {}, exchange: {} }) } as unknown as Door;
  return createBystander(door, { endpoint: 'http://s3.test', region: 'us-east-1', keys }).fetchPresigned(url);
}
const gives = (status: number) => () => ({ status, body: Buffer.from('a') });
const fails = (failure: WireError['failure']) => (): never => {
  throw new WireError(failure, 'http://stranger.test', 'no');
};

test.each<[string, string, Parameters<typeof fetched>[1], RegExp]>([
  ['a URL that ends', 'http://s3.test/b/a?X-Amz-Expires=60', gives(200), /^content:[0-9a-f]{64}:1$/],
  ['a URL that never ends', 'http://s3.test/b/a', gives(200), /^endless:[0-9a-f]{64}:1$/],
  ['a URL that is refused', 'http://s3.test/b/a?X-Amz-Expires=60', gives(403), /^refused:403$/],
  ['what is no URL', 's3 / b / a', gives(200), /^no URL$/],
  ['a URL of no web server', 's3://b/a', gives(200), /^no URL$/],
  [
    'a URL of a place that the target does not name',
    'http://stranger.test/b/a',
    fails('refused'),
    /^of a stranger: http:\/\/stranger\.test$/,
  ],
])('%s is told as such, so that the subject fails', async (_, url, answer, says) => {
  expect(await fetched(url, answer)).toMatch(says);
});

test('a storage that cannot be reached tells nothing of the subject', async () => {
  await expect(fetched('http://s3.test/b/a', fails('connect'))).rejects.toThrow(WireError);
});
