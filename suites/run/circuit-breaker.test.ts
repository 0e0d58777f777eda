import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Target } from '../../fixtures/target.ts';
import type { CaseResult } from '../../reports/result.ts';
import { samplePlanned, sampleResult } from '../../reports/sample-run.ts';
import { createBreaker } from './circuit-breaker.ts';

const server = createServer((_request, response) => response.writeHead(404).end());
let up = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  up = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const GONE = 'http://127.0.0.1:9';
const target = (registryUrl: string) =>
  ({
    hasPlatform: true,
    catalogUrl: up,
    registryUrl,
    graphqlUrl: null,
    s3Endpoint: up,
    buckets: [],
    controlUrl: null,
    ca: null,
  }) as unknown as Target;
const planned = samplePlanned('parity/a');
const result = (verdict: CaseResult['verdict'], message: string) => sampleResult('parity/b', { verdict, message });
const unreachable = result('broken', 'broken: platform: browse (call 1): the target could not be reached: …');

test('after three unreachable cases, and whatever passed in between, the rest is not run, with one cause', async () => {
  const breaker = createBreaker(target(GONE));
  for (const one of [unreachable, result('passed', ''), unreachable]) await breaker.after(one);
  expect(await breaker.before(planned, 'command')).toBeNull();
  await breaker.after(unreachable);
  const stopped = await breaker.before(planned, 'command');
  expect(stopped).toMatchObject({ id: 'parity/a', verdict: 'not-run', reproduce: 'command' });
  expect(stopped?.message).toMatch(/^not run: http:\/\/127\.0\.0\.1:9 gives no answer/);
  expect((await breaker.before(planned, 'command'))?.message).toBe(stopped?.message);
});

test('a target that answers is not given up', async () => {
  const breaker = createBreaker(target(up));
  for (const one of [unreachable, unreachable, unreachable]) await breaker.after(one);
  expect(await breaker.before(planned, 'command')).toBeNull();
});

test('cases that failed, or broke for another reason, do not count', async () => {
  const breaker = createBreaker(target(GONE));
  for (const one of [result('failed', 'could not be reached'), result('broken', 'deadline: …'), unreachable, unreachable])
    await breaker.after(one);
  expect(await breaker.before(planned, 'command')).toBeNull();
});

test('a connection that was lost fails the case, unless the target is gone: then it is broken, and so is nothing else tried', async () => {
  const lost = result(
    'failed',
    'browse (call 1) outcome: expected a value, got …: expected a whole answer, got an end of the connection before it',
  );
  expect(await createBreaker(target(up)).after(lost)).toBe(lost);
  const breaker = createBreaker(target(GONE));
  const { verdict, message } = await breaker.after(lost);
  expect([verdict, message]).toEqual([
    'broken',
    expect.stringMatching(/^broken: http:\/\/127\.0\.0\.1:9 gives no answer.*browse \(call 1\)/s),
  ]);
  expect(await breaker.before(planned, 'command')).toMatchObject({ verdict: 'not-run' });
});
