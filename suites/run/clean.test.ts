import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../../reports/journal.ts';
import { identifyProcess } from '../../reports/process-identity.ts';
import { cleanLeftovers } from './clean.ts';
import { OWN_PROCESS, openRunFolder } from './run-folder.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'clean-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** The folder of a run that was killed, with a journal of what it had. */
function killedRun(runId: string, write: (journal: ReturnType<typeof openJournal>) => void): string {
  const dir = join(root, runId);
  mkdirSync(dir);
  using journal = openJournal(dir);
  journal.willCreate({ kind: 'process', id: OWN_PROCESS, target: 'local', remove: {} });
  journal.started(OWN_PROCESS, 2 ** 22 + 1, 'gone');
  write(journal);
  return dir;
}

function sleeper() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore', detached: true });
  return { child, pid: child.pid ?? -1, ended: once(child, 'exit') };
}

test('ends the processes and removes the folders of a killed run, and its own folder when it had no store', async () => {
  const { pid, ended } = sleeper();
  const data = join(root, 'data');
  mkdirSync(data);
  const dir = killedRun('a', (journal) => {
    journal.willCreate({ kind: 'directory', id: data, target: 'local', remove: { path: data } });
    journal.willCreate({ kind: 'process', id: 'vitest', target: 'local', remove: { group: 'true' } });
    journal.started('vitest', pid, identifyProcess(pid) ?? '');
  });
  expect(await cleanLeftovers(root)).toEqual({
    removed: ['process vitest of run a', `directory ${data} of run a`, 'folder of run a, which had no store'],
    remaining: [],
    running: [],
  });
  await ended;
  expect([existsSync(data), existsSync(dir)]).toEqual([false, false]);
});

test('leaves alone what a living run uses', async () => {
  using folder = openRunFolder(root);
  const data = join(root, 'data');
  mkdirSync(data);
  folder.journal.willCreate({ kind: 'directory', id: data, target: 'local', remove: { path: data } });
  expect(await cleanLeftovers(root)).toEqual({ removed: [], remaining: [], running: [basename(folder.dir)] });
  expect(existsSync(data)).toBe(true);
  folder.journal.removed(data);
});

test('leaves alone a process that got the number of a dead one', async () => {
  const { child, pid, ended } = sleeper();
  killedRun('a', (journal) => {
    journal.willCreate({ kind: 'process', id: 'embedded target', target: 'local', remove: {} });
    journal.started('embedded target', pid, 'another start');
  });
  await cleanLeftovers(root);
  expect(identifyProcess(pid)).not.toBeNull();
  child.kill('SIGKILL');
  await ended;
});

test('what stands on a deployment needs its target file again, and says what that lacks', async () => {
  const claim = (runId: string, more: Readonly<Record<string, string>>) =>
    killedRun(runId, (journal) =>
      journal.willCreate({
        kind: 'object-prefix',
        id: 'bucket/xc1/n',
        target: 'staging',
        remove: { bucket: 'bucket', own: 'xc1/n', since: '0', ...more },
      }),
    );
  const file = join(root, 'staging.yaml');
  writeFileSync(
    file,
    `name: staging\ncatalog: { url: 'http://127.0.0.1:9' }\nregistry: { url: 'http://127.0.0.1:9' }\ns3: { buckets: [bucket], accessKeyId: { env: CLEAN_TEST_UNSET } }\n`,
  );
  claim('b', {});
  claim('a', { targetFile: file });
  const { removed, remaining } = await cleanLeftovers(root);
  expect(removed).toEqual([]);
  expect(remaining).toEqual([
    expect.stringMatching(/bucket\/xc1\/n of run b: .*expected its target file, got none; name it by --target FILE/),
    expect.stringMatching(/s3\.accessKeyId: environment variable CLEAN_TEST_UNSET: expected to be set, got nothing; .*clean` again/),
  ]);
  writeFileSync(
    file,
    `name: other\ncatalog: { url: 'http://127.0.0.1:9' }\nregistry: { url: 'http://127.0.0.1:9' }\ns3: { buckets: [bucket] }\n`,
  );
  expect((await cleanLeftovers(root, file)).remaining).toEqual([
    expect.stringContaining('it stands on target staging: expected its target file, got that of other'),
    expect.stringContaining('got that of other'),
  ]);
});

test('keeps the store of a killed run', async () => {
  const dir = killedRun('a', () => undefined);
  writeFileSync(join(dir, 'run.json'), '{}');
  expect((await cleanLeftovers(root)).removed).toEqual([]);
  expect(existsSync(join(dir, 'run.json'))).toBe(true);
});

test('a folder without a store goes when its run ends, and one with a store stays', () => {
  openRunFolder(root)[Symbol.dispose]();
  expect(readdirSync(root)).toEqual([]);
  const folder = openRunFolder(root);
  writeFileSync(join(folder.dir, 'run.json'), '{}');
  folder[Symbol.dispose]();
  expect(readdirSync(root)).toEqual([folder.runId]);
});
