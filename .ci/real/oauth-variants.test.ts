/** Every check of OAuth apps, seen to pass on the healthy app and to fail on one that is broken; all variants on all checks run in `verify:real`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadPatchedApp } from '../../fixtures/embedded/app/patched-app.ts';
import { VARIANTS } from '../../fixtures/embedded/app/variants.ts';
import { type RunningAppPart, startAppPart } from '../../fixtures/embedded/app-part.ts';
import { suitePaths } from '../../suites/case/suite-files.ts';
import { runOAuth } from './oauth-run.ts';

let healthy: RunningAppPart;
beforeAll(async () => {
  healthy = await startAppPart();
});
afterAll(() => healthy.close());

test('the healthy app passes every check', async () => {
  const verdicts = await runOAuth(healthy.part);
  expect(Object.fromEntries([...verdicts].map(([check, { verdict, message }]) => [check, message ?? verdict]))).toEqual(
    Object.fromEntries([...verdicts.keys()].map((check) => [check, 'passed'])),
  );
  const written = suitePaths(['oauth']).filter((path) => path.startsWith('suites/oauth/') && !path.includes('/graphql-'));
  expect(verdicts.size).toBe(written.length);
});

const first = [...new Map(VARIANTS.toReversed().map((variant) => [variant.catches.join(), variant])).values()];

describe('each check fails on an app, or provider, with its defect', () => {
  test.each(first.map((variant) => [variant.catches.join(), variant.id, variant] as const))('%s: %s', async (_checks, _id, variant) => {
    using app = await loadPatchedApp(variant.patches ?? []);
    await using broken = await startAppPart({ app: app.create, defects: variant.defects ?? [] });
    const verdicts = await runOAuth(broken.part, variant.catches);
    for (const check of variant.catches) {
      expect(verdicts.get(check)?.verdict, verdicts.get(check)?.message).toBe('failed');
      for (const text of variant.says) expect(verdicts.get(check)?.message).toContain(text);
    }
  });
});
