import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { checkPlan } from './check-plan.ts';
import { NO_EXPECTATIONS } from './expectations.ts';

test('an image that only the stack can name is told as not compared, and one that is named is compared', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'crosscheck-agreed-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const [one, other] = ['ab', 'cd'].map((byte) => `sha256:${byte.repeat(32)}`);
  const after = { function_name: 'jobs', image_uri: `registry.acme.io/shop@${one}` };
  const change = { address: 'aws_lambda_function.jobs', type: 'aws_lambda_function', change: { actions: ['create'], after } };
  writeFileSync(join(dir, 'plan.json'), JSON.stringify({ format_version: '1.2', resource_changes: [change] }));
  const check = (uri: string) =>
    checkPlan([join(dir, 'plan.json')], { ...NO_EXPECTATIONS, images: { shop: { uri, platform: 'linux/amd64', digest: `${other}` } } });
  const later = await check(`\${shop.Repository}:1`);
  expect(later.findings).toEqual([]);
  expect(later.unknown.map(({ rule, resource, reason }) => [rule, resource, reason])).toEqual([
    ['pinned-images', 'images.shop', `of \${shop.Repository}:1, which only the stack knows`],
  ]);
  const named = await check('registry.acme.io/shop:1');
  expect(named.unknown).toEqual([]);
  expect(named.findings.map(({ rule, got }) => [rule, got])).toEqual([['pinned-images', one]]);
});
