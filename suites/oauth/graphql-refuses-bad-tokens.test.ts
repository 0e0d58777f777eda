/** The token matrix of GraphQL: passes on the embedded registry, and fails on one that looks at no signature, or takes what it should refuse. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { backendOfMode } from '../../backends/selection.ts';
import type { Door } from '../../backends/wire/door.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { originsOf, targetOfLine } from '../../fixtures/target.ts';
import matrix from './graphql-refuses-bad-tokens.suite.ts';

let child: EmbeddedChild;
beforeAll(async () => {
  child = await startEmbeddedChild();
});
afterAll(() => child[Symbol.asyncDispose]());

async function wrong(at: Readonly<Record<string, string>>, change: (door: Door) => Door = (door) => door) {
  const target = targetOfLine(child.line);
  await using door = openDoor({ origins: originsOf(target), writes: 'namespace', deadlineMs: 5_000, bodyLimit: 1024 * 1024 }, null);
  const statements = await matrix.ask({ target, door: change(door), contract: null, at, pickBackend: backendOfMode });
  expect(statements.length).toBeGreaterThan(0);
  return statements.filter(({ expected, got }) => expected !== got).map(({ what, got }) => `${what}: ${got}`);
}

test('the embedded registry refuses each', async () => {
  for (const at of matrix.points()) expect(await wrong(at)).toEqual([]);
});

/** A registry that takes every token for the first one that was good. */
const takesEverything = (door: Door): Door => {
  let good: string | undefined;
  return {
    ...door,
    request(request) {
      good ??= request.headers['authorization'];
      return door.request({ ...request, headers: { ...request.headers, authorization: good ?? '' } });
    },
  };
};

test('a registry that takes any token is caught at each', async () => {
  for (const at of matrix.points())
    expect(await wrong(at, takesEverything)).toEqual([
      expect.stringMatching(/^status .*: 200/),
      expect.stringMatching(/^data .*: a user’s name$/),
    ]);
});

test('a registry that refuses good tokens too says nothing', async () => {
  const refuses = (door: Door): Door => ({
    ...door,
    request: (request) => door.request({ ...request, headers: { ...request.headers, authorization: 'Bearer x.y.z' } }),
  });
  await expect(wrong({ token: 'expired' }, refuses)).rejects.toThrow('refusals prove nothing');
});
