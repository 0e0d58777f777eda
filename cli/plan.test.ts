/** The command as it is called: exit codes, text, JSON, options. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../suites/case/suite-files.ts';
import { type PlanOptions, planCommand, planOnce } from './plan.ts';

const corpus = 'fixtures/corpus/plan';
const dir = mkdtempSync(join(tmpdir(), 'crosscheck-plan-cli-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ exit: number; out: string }> {
  let out = '';
  let exit = -1;
  const command = planCommand().exitOverride();
  command.action(async (paths: string[], options: PlanOptions) => {
    exit = await planOnce(
      paths.map((path) => join(root, path)),
      options,
      (text) => {
        out += text;
      },
    );
  });
  await command.parseAsync(args, { from: 'user' });
  return { exit, out };
}

test('exits 1 for an error, 0 for none, 2 for what cannot be read, and names file, line, expected, got and mend', async () => {
  const broken = await run(`${corpus}/open-origins/breaks.yaml`);
  expect(broken.exit).toBe(1);
  expect(broken.out).toContain(
    'open-origins/breaks.yaml:12:13 error open-origins Api\n  CorsConfiguration.AllowOrigins lets in a wildcard\n  expected https',
  );
  expect(broken.out).toMatch(/\n {2}got {6}"\*"\n {2}mend {5}take it out of/);
  expect((await run(`${corpus}/open-origins/legal.yaml`)).exit).toBe(0);
  expect((await run(`${corpus}/open-origins/breaks.yaml`, `${corpus}/nothing.yaml`)).exit).toBe(2);
});

test('--json is one document with version, inputs, findings, unknown and unreadable', async () => {
  const { out } = await run(`${corpus}/name-limits/breaks.json`, '--json');
  const json = JSON.parse(out);
  expect(Object.keys(json)).toEqual(['version', 'inputs', 'findings', 'unknown', 'unreadable']);
  expect(Object.keys(json.findings[0]).sort()).toEqual(
    ['column', 'expected', 'file', 'got', 'line', 'mend', 'message', 'resource', 'rule', 'severity'].sort(),
  );
});

test('options say what is expected', async () => {
  const image = `${corpus}/image-platform/breaks`;
  expect((await run(image)).exit).toBe(1);
  expect((await run(image, '--platform', 'linux/arm64')).exit).toBe(0);
  const endpoints = `${corpus}/vpc-endpoint-exists/legal.json`;
  expect((await run(endpoints)).exit).toBe(0);
  expect((await run(endpoints, '--existing-endpoint', 'vpc-0c3=com.amazonaws.us-east-1.secretsmanager')).exit).toBe(1);
  await expect(run(image, '--platform', 'arm')).rejects.toThrow('expected os/architecture');
  await expect(run(image, '--existing-endpoint', 'vpc')).rejects.toThrow('expected VPC=SERVICE');
  await expect(run(image, '--mode', 'code=both')).rejects.toThrow('expected ITEM=direct or ITEM=bundle');
});

test('a target file is read without its secrets', async () => {
  const target = join(dir, 'target.yaml');
  writeFileSync(
    target,
    'name: t\nstage: dev\naws: { secretAccessKey: { env: NOT_SET_ANYWHERE } }\napis:\n  a: { url: https://api.acme.io, token: { command: "exit 1" }, routes: [{ path: / }] }\n',
  );
  const { exit, out } = await run(`${corpus}/open-origins/breaks.yaml`, '--target', target, '--json');
  expect([exit, JSON.parse(out).findings.length]).toEqual([1, 2]);
});

test('values that are sensitive, and values of settings, are in no output', async () => {
  const canary = 'canary-7f3a9c';
  const values = (text: string) => ({
    function_name: 'jobs',
    environment: [
      { variables: { API_URL: `https://user:${canary}@api.example.com/`, SETTINGS: text, ALLOWED_ORIGINS: `http://${canary}.acme.io` } },
    ],
  });
  const change = {
    actions: ['update'],
    before: values(`{"password":"${canary}"}`),
    after: values(`${canary} {`),
    after_sensitive: { environment: [{ variables: { ALLOWED_ORIGINS: true } }] },
  };
  const plan = join(dir, 'secret.json');
  writeFileSync(
    plan,
    JSON.stringify({
      format_version: '1.2',
      resource_changes: [{ address: 'aws_lambda_function.jobs', type: 'aws_lambda_function', change }],
    }),
  );
  const { status, stdout, stderr } = spawnSync(process.execPath, ['cli/crosscheck.mjs', 'plan', plan, '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([1, '']);
  expect(JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule)).toEqual([
    'open-origins',
    'placeholder-url',
    'required-settings',
  ]);
  expect(stdout).not.toContain(canary);
});
