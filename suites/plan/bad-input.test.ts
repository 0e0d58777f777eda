/** Wrong, half-written, huge and hostile inputs: one clear error each, within 5 s; what stands beside them is judged. */
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { create } from 'tar';
import { afterAll, expect, test } from 'vitest';
import { root } from '../case/suite-files.ts';
import { checkPlan, exitOfPlan } from './check-plan.ts';
import { NO_EXPECTATIONS } from './expectations.ts';

const WITHIN_MS = 5_000;
const dir = mkdtempSync(join(tmpdir(), 'crosscheck-plan-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));
const corpus = join(root, 'fixtures/corpus/plan');

function put(name: string, content: string | Buffer): string {
  writeFileSync(join(dir, name), content);
  return join(dir, name);
}

const wholePlan = readFileSync(join(corpus, 'engine-downgrade/breaks.json'), 'utf8');
const template = readFileSync(join(corpus, 'open-origins/breaks.yaml'), 'utf8');
const manifest = readFileSync(join(corpus, 'storage-connection/legal/manifest.yaml'), 'utf8');
const configuration = readFileSync(join(corpus, 'dependency-cycle/breaks-terraform/main.tf'), 'utf8');
const neighbour = put('neighbour.json', wholePlan);

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
  .split('')
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
  .join('\n')}\nResources: *j\n`;

const cases: readonly (readonly [string, string | Buffer, string])[] = [
  ['half.json', wholePlan.slice(0, wholePlan.length / 2), 'half-written'],
  ['empty.json', '', 'an empty file'],
  ['null.json', 'null', 'got something else'],
  ['list.json', '[1, 2]', 'got something else'],
  ['no-changes.json', '{"format_version":"1.2","terraform_version":"1.9.8"}', 'expected resource_changes'],
  ['state.json', '{"format_version":"1.0","terraform_version":"1.9.8","values":{}}', 'got a state'],
  ['errored.json', '{"format_version":"1.2","errored":true,"resource_changes":[]}', 'ended with errors'],
  ['wrong-change.json', '{"format_version":"1.2","resource_changes":[{"address":"a.b","type":"a"}]}', 'resource_changes.0.change'],
  ['log.json', '{"@level":"info","@message":"Terraform 1.9.8"}\n{"@level":"info"}\n', 'got the log of `terraform plan -json`'],
  ['deep.json', `{"format_version":"1.2","resource_changes":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 'levels of nesting'],
  ['binary.json', Buffer.from([0x7b, 0, 1, 2, 0xff]), 'expected text'],
  ['huge.json', Buffer.alloc(50 * 1024 * 1024, '{"format_version":"1.2"} '), 'expected at most 32 MB'],
  ['half.yaml', `${template}\n  Other: { Type: "AWS::`, 'expected YAML or JSON'],
  ['no-type.yaml', 'AWSTemplateFormatVersion: x\nResources:\n  A: { Properties: {} }\n', 'Resources.A: expected Type'],
  ['no-resources.yaml', 'AWSTemplateFormatVersion: x\n', 'expected at least one resource'],
  ['alias-bomb.yaml', bomb, 'aliases included'],
  ['round.yaml', 'Resources: &r\n  A: *r\n', 'one around it'],
  ['deep.yaml', `Resources: ${'['.repeat(20_000)}${']'.repeat(20_000)}`, 'levels of nesting'],
  ['huge.yaml', Buffer.alloc(50 * 1024 * 1024, 'Resources: {}\n'), 'expected at most 32 MB'],
  ['manifest.yaml', manifest.replace('    project: { name: orders-dev }\n', ''), 'stages.dev.project'],
  ['half.tf', configuration.slice(0, configuration.length - 40), "expected Terraform's language"],
  ['deep.tf', `locals {\n  a = ${'['.repeat(20_000)}${']'.repeat(20_000)}\n}\n`, 'levels of nesting'],
  ['random.bin', Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 7919) % 256)), 'expected text'],
  ['plan.tfplan', Buffer.from('PK\x03\x04\x14\x00\x08\x00\x08\x00tfplan', 'latin1'), 'terraform show -json'],
  ['gzip-bomb.tar.gz', gzipSync(Buffer.alloc(300 * 1024 * 1024)), 'got'],
];

test.each(cases)('%s', { timeout: WITHIN_MS * 2 }, async (name, content, says) => {
  const path = put(name, content);
  const began = performance.now();
  const result = await checkPlan([path, neighbour], NO_EXPECTATIONS);
  expect(performance.now() - began).toBeLessThan(WITHIN_MS);
  expect(result.unreadable.map(({ message }) => message)).toEqual([expect.stringContaining(says)]);
  expect(result.unreadable[0]?.file).toBe(path);
  expect(result.unreadable[0]?.message).not.toContain('defect');
  expect(result.findings.map(({ rule }) => rule)).toEqual(['engine-downgrade']);
  expect(exitOfPlan(result)).toBe(2);
});

test('a path that is not there, an empty folder, and a layout without a blob', async () => {
  mkdirSync(join(dir, 'empty'));
  cpSync(join(corpus, 'image-platform/legal'), join(dir, 'layout'), { recursive: true });
  rmSync(join(dir, 'layout/blobs/sha256'), { recursive: true });
  const { unreadable } = await checkPlan([join(dir, 'nowhere'), join(dir, 'empty'), join(dir, 'layout')], NO_EXPECTATIONS);
  expect(unreadable.map(({ message }) => message)).toEqual([
    expect.stringContaining('got nothing there'),
    expect.stringContaining('got none'),
    expect.stringContaining('half-written'),
  ]);
});

test('an archive of a layout is read as its folder is, whole, gzipped and cut', async () => {
  const folder = join(corpus, 'image-platform/breaks');
  const tar = join(dir, 'image.tar');
  await create({ cwd: folder, file: tar }, ['.']);
  const gzipped = put('image.tar.gz', gzipSync(readFileSync(tar)));
  const cut = put('cut.tar', readFileSync(tar).subarray(0, 3_000));
  const { findings, unreadable } = await checkPlan([folder, tar, gzipped, cut], NO_EXPECTATIONS);
  expect(findings.map(({ file, got }) => [file, got])).toEqual([folder, gzipped, tar].map((path) => [path, 'linux/arm64']).sort());
  expect(unreadable.map(({ file }) => file)).toEqual([cut]);
});

test('what `docker save` wrote before it kept manifests is read from its configuration', async () => {
  const folder = join(dir, 'saved');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'config.json'),
    JSON.stringify({ architecture: 'arm64', os: 'linux', variant: 'v8', config: { Cmd: ['sh'] } }),
  );
  writeFileSync(join(folder, 'layer.tar'), 'x');
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify([{ Config: 'config.json', RepoTags: ['shop:1'], Layers: ['layer.tar'] }]));
  const tar = join(dir, 'saved.tar');
  await create({ cwd: folder, file: tar }, ['manifest.json', 'config.json', 'layer.tar']);
  const { findings, inputs } = await checkPlan([tar], NO_EXPECTATIONS);
  expect(inputs.map(({ format }) => format)).toEqual(['docker save archive']);
  expect(findings.map(({ resource, got }) => [resource, got])).toEqual([['shop:1', 'linux/arm64/v8']]);
  const fits = await checkPlan([tar], { ...NO_EXPECTATIONS, platform: 'linux/arm64' });
  expect(fits.findings).toEqual([]);
});

test('a plan in UTF-16, as PowerShell writes it, is read', async () => {
  const path = put('utf16.json', Buffer.from(`\uFEFF${wholePlan}`, 'utf16le'));
  const { findings, unreadable } = await checkPlan([path], NO_EXPECTATIONS);
  expect([findings.length, unreadable]).toEqual([1, []]);
});

test('other files of a folder are left alone', async () => {
  const folder = join(dir, 'mixed');
  mkdirSync(folder);
  writeFileSync(join(folder, 'tsconfig.json'), '{ // comments\n "compilerOptions": {} }');
  writeFileSync(join(folder, 'values.yaml'), 'name: {{ .Values.name }}');
  copyFileSync(neighbour, join(folder, 'plan.json'));
  const { inputs, unreadable } = await checkPlan([folder], NO_EXPECTATIONS);
  expect([inputs.length, unreadable]).toEqual([1, []]);
});
