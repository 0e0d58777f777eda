import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControlClient } from '../../fixtures/control-client.ts';
import { type EmbeddedChild, startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { cleanTenants } from './clean-tenants.ts';

let up: EmbeddedChild;
let dir: string;
beforeAll(async () => {
  up = await startEmbeddedChild();
  dir = mkdtempSync(join(tmpdir(), 'clean-tenants-'));
});
afterAll(async () => {
  await up[Symbol.asyncDispose]();
  rmSync(dir, { recursive: true });
});

/** A target file on the \`up\` of these tests, with what it takes from the environment. */
function targetFile() {
  const { origin, hash } = new URL(up.line.controlUrl);
  const file = join(dir, 'target.yaml');
  writeFileSync(
    file,
    `name: by-hand\nwrites: namespace\nregion: us-east-1\ncatalog: { url: "${up.line.catalogUrl}" }\nregistry: { url: "${up.line.registryUrl}" }
s3: { endpoint: "${up.line.s3Endpoint}", buckets: [${up.line.bucket}] }\ncontrol: { url: "${origin}", token: { env: CONTROL_TOKEN } }\n`,
  );
  return { file, origin, env: { CONTROL_TOKEN: hash.slice(1) } };
}

test('removes the tenants of a killed run by the bearer that the target file names', async () => {
  const { file, origin, env } = targetFile();
  const tenant = await createControlClient(up.line.controlUrl, 'run-1').newTenant({});
  expect(await cleanTenants({ targetFile: file, control: origin, owner: 'run-1' }, env)).toBeNull();
  await expect(createControlClient(up.line.controlUrl).truth(tenant.id)).rejects.toThrow('404');
});

test('says which secret is missing while the target still answers, and that nothing is left once it has ended', async () => {
  const { file, origin } = targetFile();
  const left = { targetFile: file, control: origin, owner: 'run-2' };
  const tenant = await createControlClient(up.line.controlUrl, 'run-2').newTenant({});
  expect(await cleanTenants(left, {})).toBe(
    `${origin} still answers, and its bearer is needed: ${file}: control.token: environment variable CONTROL_TOKEN: expected to be set, got nothing`,
  );
  expect(await cleanTenants(left, { CONTROL_TOKEN: 'another' })).toContain('401');
  expect((await createControlClient(up.line.controlUrl).truth(tenant.id)).requests).toEqual([]);
  expect(await cleanTenants({ ...left, control: 'http://127.0.0.1:9' }, {})).toBeNull();
});
