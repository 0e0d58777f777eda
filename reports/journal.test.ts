import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { journalLeftovers, openJournal, readJournals } from './journal.ts';
import { identifyProcess } from './process-identity.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'journal-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bucket = { kind: 'bucket', id: 'crosscheck-1', target: 'staging', remove: { endpoint: 'https://s3.example' } } as const;
const packageOf = { kind: 'package', id: 'crosscheck/one', target: 'staging', remove: { registry: 's3://crosscheck-1' } } as const;

test('what was created and not removed is left, newest first', () => {
  using journal = openJournal(root);
  journal.willCreate(bucket);
  journal.willCreate({ kind: 'directory', id: '/tmp/x', target: 'local', remove: { path: '/tmp/x' } });
  journal.willCreate(packageOf);
  journal.removed('/tmp/x');
  expect(journalLeftovers(root)).toEqual([
    { ...packageOf, process: null },
    { ...bucket, process: null },
  ]);
});

test('made, removed and made again is left', () => {
  using journal = openJournal(root);
  journal.willCreate(bucket);
  journal.removed(bucket.id);
  expect(journalLeftovers(root)).toEqual([]);
  journal.willCreate(bucket);
  expect(journalLeftovers(root)).toHaveLength(1);
});

test('a started process is left with its pid and its identity', () => {
  using journal = openJournal(root);
  journal.willCreate({ kind: 'process', id: 'up', target: 'local', remove: {} });
  journal.started('up', 4711, 'boot:12');
  journal.started('nobody', 4712, 'boot:13');
  expect(journalLeftovers(root)).toMatchObject([{ id: 'up', process: { pid: 4711, identity: 'boot:12' } }]);
});

test('a run that died in the middle of a line is found, and another writer goes on behind it', () => {
  const dir = join(root, 'run-1');
  mkdirSync(dir);
  mkdirSync(join(root, 'run-2'));
  openJournal(dir).willCreate(bucket);
  appendFileSync(join(dir, 'journal.ndjson'), '{"event":"create","ki');
  using journal = openJournal(dir);
  journal.willCreate(packageOf);
  const [run, ...more] = readJournals(root);
  expect(more).toEqual([]);
  expect(run?.leftovers.map((left) => left.id)).toEqual(['crosscheck/one', 'crosscheck-1']);
  expect(run?.troubles).toEqual([`${dir}/journal.ndjson:2: expected a journal line, got "{\\"event\\":\\"create\\",\\"ki"`]);
  expect(readJournals(join(root, 'nowhere'))).toEqual([]);
});

test('runs are listed newest first, and a run that left nothing is not', () => {
  for (const name of ['run-1', 'run-2', 'run-3']) {
    mkdirSync(join(root, name));
    using journal = openJournal(join(root, name));
    journal.willCreate(bucket);
    if (name === 'run-2') journal.removed(bucket.id);
  }
  writeFileSync(join(root, 'notes'), '');
  expect(readJournals(root).map(({ dir }) => dir)).toEqual([join(root, 'run-3'), join(root, 'run-1')]);
});

test.runIf(existsSync('/proc'))('a zombie is nobody', async () => {
  // The shell becomes a `cat` that never asks after the child it inherits; the child ends only then, so that nobody reaps it.
  const script = 'cat <&3 >/dev/null & echo $!; exec 3<&-; exec cat';
  const parent = spawn('sh', ['-c', script], { stdio: ['pipe', 'pipe', 'ignore', 'pipe'] });
  const [line] = (await once(parent.stdout ?? parent, 'data')) as [Buffer];
  const pid = Number(line.toString());
  await until(() => readFileSync(`/proc/${parent.pid}/cmdline`, 'utf8').startsWith('cat'));
  expect(identifyProcess(pid)).not.toBeNull();
  (parent.stdio[3] as Writable).end();
  await until(() => /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8')));
  expect(identifyProcess(pid)).toBeNull();
  parent.stdin?.end();
  await once(parent, 'exit');
});

/** Asks again in each turn of the event loop; the test's own deadline ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test('a process is itself as long as it lives, nobody afterwards, and never another', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] });
  await once(child, 'spawn');
  const pid = child.pid ?? 0;
  const identity = identifyProcess(pid);
  expect(identity).toMatch(/./);
  expect(identifyProcess(pid)).toBe(identity);
  expect(identity).not.toBe(identifyProcess(process.pid));
  child.stdin.end();
  await once(child, 'exit');
  expect(identifyProcess(pid)).toBeNull();
});
