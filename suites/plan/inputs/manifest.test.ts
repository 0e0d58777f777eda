/** Manifests as people write them, and bundles that are only nearly the right one. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../case/suite-files.ts';
import { checkPlan } from '../check-plan.ts';
import { NO_EXPECTATIONS } from '../expectations.ts';

const scratch = mkdtempSync(join(tmpdir(), 'crosscheck-manifest-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const corpus = join(root, 'fixtures/corpus/plan/bundle-assets');

const stages = 'stages:\n  dev: { stage: DEV, domain: { region: us-east-1 }, project: { name: orders-dev } }\n';
let count = 0;

/** Checks a manifest beside bundles that are copies of the corpus's. */
async function check(manifest: string, bundles: Readonly<Record<string, 'breaks' | 'legal'>> = {}) {
  const folder = join(scratch, String(count++));
  mkdirSync(join(folder, 'artifacts'), { recursive: true });
  writeFileSync(join(folder, 'manifest.yaml'), manifest);
  for (const [name, of] of Object.entries(bundles)) cpSync(join(corpus, of, 'artifacts/Orders.zip'), join(folder, 'artifacts', name));
  const result = await checkPlan([folder], { ...NO_EXPECTATIONS, modes: { '*': 'bundle' } });
  expect(result.unreadable).toEqual([]);
  return result;
}

const sales = `applicationName: Orders\ncontent:\n  quicksight:\n    - { name: NotInAny, type: dashboard }\n${stages}`;

test('an older bundle beside the right one is not taken for it', async () => {
  const { findings } = await check(sales, { 'Orders-old.zip': 'legal', 'Orders.zip': 'breaks' });
  expect(findings.map(({ rule, expected }) => [rule, expected.endsWith('/artifacts/Orders.zip')])).toEqual([['bundle-assets', true]]);
});

test('of two versions neither is known to be the one, and a single version is', async () => {
  const two = await check(sales, { 'Orders-1.zip': 'legal', 'Orders-2.zip': 'breaks' });
  expect(two.findings.map(({ rule }) => rule)).not.toContain('bundle-assets');
  const one = await check(sales, { 'Orders-1.zip': 'legal' });
  expect(one.findings.map(({ rule }) => rule)).toEqual(['bundle-assets']);
});

test('an asset whose file is named by source is told with or without a bundle', async () => {
  const { findings } = await check(
    `applicationName: Orders\ncontent:\n  quicksight:\n    - { name: Costs, type: dashboard, source: quicksight/costs.qs }\n${stages}`,
  );
  expect(findings.filter(({ rule }) => rule === 'bundle-assets').map(({ got, line }) => [got, line])).toEqual([
    ['source: quicksight/costs.qs', 4],
  ]);
});

test.each(['project', 'datazone'])('%s.create_connection makes a connection', async (prefix) => {
  const made = (type: string) =>
    check(
      `applicationName: Orders\ncontent:\n  storage:\n  workflows:\n    - { workflowName: load, connectionName: mlflow }\nstages:\n  dev:\n    project: { name: orders-dev, create: true }\n    bootstrap: { actions: [{ type: ${type}, name: mlflow }] }\n`,
    );
  expect((await made(`${prefix}.create_connection`)).findings).toEqual([]);
  expect((await made(`${prefix}.create_environment`)).findings.map(({ rule }) => rule)).toEqual(['stage-connections']);
});
