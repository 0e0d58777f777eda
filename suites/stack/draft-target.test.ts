/** A drafted target file is one, and its stack passes what it asks. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { readTargetFile } from '../../fixtures/target-file.ts';
import { root } from '../case/suite-files.ts';

test('init writes the file of a live stack, refuses to write over it, and says what is no stack', async () => {
  await using child = await startEmbeddedChild();
  const { awsEndpoint, accessKeyId, secretAccessKey, region } = child.line;
  const dir = mkdtempSync(join(tmpdir(), 'crosscheck-init-'));
  const file = join(dir, 'shop.yaml');
  const env = { PATH: process.env['PATH'], HOME: dir, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey };
  const init = (stack: string) =>
    promisify(execFile)(
      process.execPath,
      ['cli/crosscheck.mjs', 'init', '--stack', stack, '--region', region, '--endpoint', awsEndpoint ?? '', '--out', file],
      { cwd: root, env },
    );
  try {
    await init('shop');
    expect(readFileSync(file, 'utf8')).not.toContain(secretAccessKey);
    expect(readTargetFile(file, {})).toMatchObject({
      name: 'shop',
      account: '123456789012',
      deployment: {
        stacks: { shop: { name: 'shop', outputs: { ClusterName: {} } } },
        services: { 'web-service': { kind: 'ecs', cluster: 'shop', name: 'web' } },
        tables: { sessions: { name: 'shop-sessions' } },
        userPools: { 'users-client': { id: 'us-east-1_Shop12345', clientId: '1h57kf5cpq17m0eml12EXAMPLE' } },
      },
    });
    await expect(init('shop')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('expected a new file that can be written, got EEXIST'),
    });
    await expect(init('gone')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('stack gone: expected a stack in us-east-1, got none'),
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
});
