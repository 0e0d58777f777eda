/** The driver with an Alembic that only says what it is asked: what a history may do to the lines between the two. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { CheckBroken } from '../case/resource-check.ts';
import { openAlembic } from './alembic-source.ts';
import { MigrationFailed, type MigrationSource } from './migration-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'crosscheck-alembic-'));
afterAll(() => rmSync(folder, { recursive: true }));
afterEach(() => vi.unstubAllEnvs());

const write = (name: string, text: string) => {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
};
write('alembic.ini', '');
write('packages/alembic/__init__.py', '');
write(
  'packages/alembic/config.py',
  `class Config:
    def __init__(self, ini, stdout): pass
    def set_main_option(self, name, value): self.url = value
`,
);
write(
  'packages/alembic/script.py',
  `class ScriptDirectory:
    def from_config(config): return ScriptDirectory()
    def walk_revisions(self): return []
    def get_heads(self): return ["2"]
`,
);
write(
  'packages/alembic/command.py',
  `import os, subprocess, sys
def upgrade(config, to):
    print("printed")
    print("printed to what was stdout", file=sys.__stdout__, flush=True)
    os.write(1, b"written to 1\\n")
    subprocess.run(["echo", "said by a process"])
    assert sys.stdin.read() == ""
    if to == "fails": raise ValueError("no column x")
    if to == "ends": print(config.url, flush=True); os.kill(os.getppid(), 9)
`,
);

const URL = 'postgresql://somebody:s3cretpassword@127.0.0.1:5432/x';

/** The source, with a program in the place of uv. */
function open(uv: string): MigrationSource {
  chmodSync(write('bin/uv', `#!/bin/sh\n${uv}\n`), 0o755);
  vi.stubEnv('PATH', `${join(folder, 'bin')}${delimiter}${process.env['PATH']}`);
  vi.stubEnv('PYTHONPATH', join(folder, 'packages'));
  const key = { kind: 'alembic' as const, config: 'alembic.ini', with: [], scheme: 'postgresql+psycopg', environment: {} };
  return openAlembic(key, { base: folder, deadlineMs: 10_000, currentOf: async () => [] });
}
const PYTHON = 'while [ "$1" != python ]; do shift; done; shift; exec python3 "$@"';

describe.skipIf(spawnSync('python3', ['--version']).error !== undefined)('where python3 is on the PATH', () => {
  test('what a history prints in whichever way is no answer, and what it reads is no request', async () => {
    const source = open(PYTHON);
    await source.migrate(URL, '1');
    await expect(source.migrate(URL, 'fails')).rejects.toThrow(new MigrationFailed('alembic upgrade fails: ValueError: no column x'));
    await source.migrate(URL, '2');
    expect(await source.heads()).toEqual(['2']);
    await source.close();
  });

  test('a driver that is ended from within is a failure of the migration, without the password', async () => {
    const source = open(PYTHON);
    const failure = await source.migrate(URL, 'ends').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MigrationFailed);
    expect((failure as Error).message).toMatch(/^alembic upgrade ends: its end; it said: .*postgresql\+psycopg:\/\/somebody:\[redacted\]@/);
    await source.close();
  });
});

test.for(['Resolved 3 packages', '3', 'null'])('a line that is no answer is told with its text: %s', async (line) => {
  const source = open(`echo '${line}'; cat > /dev/null`);
  await expect(source.heads()).rejects.toThrow(new CheckBroken(`alembic history: expected an answer in JSON, got ${JSON.stringify(line)}`));
  await source.close();
});

test('no uv at all', async () => {
  const source = open('');
  rmSync(join(folder, 'bin/uv'));
  vi.stubEnv('PATH', join(folder, 'bin'));
  await expect(source.heads()).rejects.toThrow(new CheckBroken('alembic history: uv: expected to run, got spawn uv ENOENT'));
  await source.close();
});
