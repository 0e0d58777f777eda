import { expect, test } from 'vitest';
import type { WireRequest } from './door.ts';
import { foreignWrite } from './own-keys.ts';

const own = ['xc1/n/', '.quilt/packages/'];
const request = (path: string, changes: Partial<WireRequest> = {}): WireRequest => ({
  protocol: 's3',
  operation: 'PutObject',
  method: 'PUT',
  url: `http://127.0.0.1:9000/bucket/${path}`,
  headers: {},
  reads: false,
  ...changes,
});
const remove = (...keys: string[]) =>
  request('?delete', { body: `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join('')}</Delete>` });

test.each([
  ['an object below the prefix', request('xc1/n/d/a%20%2B.txt')],
  ['an upload in parts', request('xc1/n/a.txt?uploads=')],
  ['a manifest', request('.quilt/packages/abc')],
  ['a removal of own keys', remove('xc1/n/a &amp; b', 'xc1/n/&#x1F9EC;')],
  ['a read of anything', request('a.txt', { reads: true, method: 'GET' })],
  ['another protocol', request('graphql', { protocol: 'graphql' })],
])('%s may leave', (_, one) => expect(foreignWrite(one, own)).toBeNull());

test.each([
  ['an object elsewhere', request('a.txt'), '"a.txt"'],
  ['a key that only begins alike', request('xc1/nn/a.txt'), '"xc1/nn/a.txt"'],
  ['a removal of one that is not', remove('xc1/n/a', 'a &lt;b&gt;'), '"a <b>"'],
  ['a removal whose keys cannot be read', request('?delete', { body: (async function* () {})() }), '""'],
  ['the bucket itself', request(''), '""'],
])('%s may not', (_, one, key) => expect(foreignWrite(one, own)).toContain(`key ${key} begins with none of xc1/n/`));
