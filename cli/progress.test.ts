import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { createProgress } from './progress.ts';

/** A stream that says it is a terminal of so many columns, and what was written to it. */
function terminal(columns: number, isTTY = true) {
  const written: string[] = [];
  const stream = Object.assign(new PassThrough(), { isTTY, columns, write: (text: string) => written.push(text) > 0 });
  return { written, stream: stream as unknown as NodeJS.WriteStream };
}

const progress = { planned: 1_588, finished: 7, failed: 1, broken: 0 };

test('on a terminal there is one line, written over, never wider than it, and gone at the end', () => {
  const { written, stream } = terminal(20);
  const line = createProgress(stream);
  line.show(progress);
  line.show({ ...progress, finished: 8 });
  line.end();
  expect(written).toEqual(['\r\u001b[2K7 of 1588 cases, 1 ', '\r\u001b[2K8 of 1588 cases, 1 ', '\r\u001b[2K']);
});

test('elsewhere there is no control character', () => {
  const { written, stream } = terminal(80, false);
  const line = createProgress(stream);
  line.show(progress);
  line.end();
  expect(written).toEqual([]);
});
