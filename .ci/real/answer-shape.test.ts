import { expect, test } from 'vitest';
import { answered, differences, shapeOf } from './answer-shape.ts';

const shape = (value: unknown) => ({ shape: shapeOf(value) });

test('a shape has a path for each value, one for all elements of a list, and none for what is not there', () => {
  const value = { $metadata: {}, a: [{ b: 1 }, { c: new Date(0) }], d: null, e: { f: 'x' } };
  expect([...shapeOf(value)]).toEqual([
    ['a', 'list'],
    ['a[]', 'structure'],
    ['a[].b', 'number'],
    ['a[].c', 'date'],
    ['e', 'structure'],
    ['e.f', 'string'],
  ]);
});

test('another type, another code, another status, and an answer in place of an error are differences; what one side lacks is none', () => {
  expect([...differences(shape({ a: 1, b: 1 }), shape({ a: '1', c: 1 }))]).toEqual([['a', 'expected string, got number']]);
  const missing = { code: 'Missing', status: 400 };
  expect([...differences(missing, missing)]).toEqual([]);
  expect([...differences(missing, { ...missing, status: 404 })]).toEqual([['error', 'expected Missing (404), got Missing (400)']]);
  expect([...differences(shape({}), missing)]).toEqual([['error', 'expected Missing (400), got an answer']]);
  expect([...differences(missing, shape({}))]).toEqual([['error', 'expected an answer, got Missing (400)']]);
});

test('an error of a service is how it answered; any other is thrown', async () => {
  const said = Object.assign(new Error('no'), { name: 'Missing', $metadata: { httpStatusCode: 400 } });
  expect(await answered(() => Promise.reject(said))).toEqual({ code: 'Missing', status: 400 });
  await expect(answered(() => Promise.reject(new Error('no socket')))).rejects.toThrow('no socket');
});
