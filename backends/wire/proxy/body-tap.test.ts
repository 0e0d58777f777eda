import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { bodyTap, roomOf } from './body-tap.ts';
import { takeBody } from './take-body.ts';

test('what is left out gives its room back, but for the beginning that a record shows', () => {
  const room = roomOf(300_000);
  const tap = bodyTap(250_000, room);
  tap.saw(Buffer.alloc(200_000));
  expect(room.take(100_001)).toBe(false);
  tap.saw(Buffer.alloc(100_000));
  const { kept, leftOut, bytes, complete } = tap.passed();
  expect([kept.length, leftOut, bytes, complete]).toEqual([64 * 1024, 'too large', 300_000, false]);
  expect(room.take(300_000 - 64 * 1024)).toBe(true);
  expect(room.take(1)).toBe(false);
});

test('a few bytes of a large block are copied, so that the block can go', () => {
  const block = Buffer.from(new ArrayBuffer(64 * 1024)).fill('a');
  const tap = bodyTap(100, roomOf(100));
  tap.saw(block.subarray(0, 3));
  block.fill('b');
  expect(Buffer.from(tap.passed().kept).toString()).toBe('aaa');
});

test('a body that outgrows what may be held is handed on once, whole, as a stream', async () => {
  const chunks = Array.from({ length: 20 }, (_, index) => Buffer.alloc(10_000, index));
  const request = Object.assign(Readable.from(chunks), { headers: { 'content-length': '200000' } }) as unknown as IncomingMessage;
  const tap = bodyTap(1_000_000, roomOf(1_000_000));
  const taken: (Buffer | Readable | null)[] = [];
  const got = await new Promise<Buffer>((resolve) => {
    takeBody(request, 25_000, tap, async (body) => {
      taken.push(body);
      if (taken.length === 1 && body instanceof Readable) resolve(Buffer.concat(await body.toArray()));
    });
  });
  expect(taken).toHaveLength(1);
  expect(got.equals(Buffer.concat(chunks))).toBe(true);
  expect(Buffer.from(tap.passed().kept).equals(got)).toBe(true);
});
