import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rerunOnChange } from './rerun-on-change.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rerun-'));
  for (const folder of ['backends', 'reports']) mkdirSync(join(root, folder));
  writeFileSync(join(root, 'backends/one.ts'), 'first');
});
afterEach(() => rmSync(root, { recursive: true }));

/** A watch over \`backends\` whose command runs \`script\`; \`runs\` counts the lines that it writes. */
function watching(script: string) {
  const controller = new AbortController();
  const said: string[] = [];
  const code = rerunOnChange({
    command: [process.execPath, '-e', script],
    cwd: root,
    root,
    folders: ['backends'],
    signal: controller.signal,
    say: (text) => said.push(text.trim()),
  });
  return { code, said, end: () => controller.abort() };
}

const log = () => {
  try {
    return readFileSync(join(root, 'log'), 'utf8').split('\n').filter(Boolean);
  } catch {
    return [];
  }
};

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !holds() && Date.now() < end; ) await wait(10);
}

const APPEND = `require('fs').appendFileSync('log', require('fs').readFileSync('backends/one.ts', 'utf8') + '\\n')`;

test('runs again with what was changed, once for one change, and not for what is no source', async () => {
  const { code, said, end } = watching(`${APPEND}; process.exitCode = 1`);
  await until(() => log().length === 1);
  await wait(100);
  writeFileSync(join(root, 'reports/x.ts'), '');
  for (let n = 0; n < 200; n++) {
    const passing = join(root, `backends/.${n}.swp`);
    writeFileSync(passing, '');
    rmSync(passing);
  }
  await wait(200);
  writeFileSync(join(root, 'backends/one.ts'), 'sec');
  writeFileSync(join(root, 'backends/one.ts'), 'second');
  await until(() => log().length === 2);
  await wait(200);
  end();
  expect(await code).toBe(1);
  expect(log()).toEqual(['first', 'second']);
  expect(said).toEqual(['backends/one.ts changed; running again']);
});

test('ends what still runs when a source changes, and when it is told to end', async () => {
  const { code, end } = watching(`${APPEND}; setInterval(() => {}, 1000)`);
  await until(() => log().length === 1);
  writeFileSync(join(root, 'backends/one.ts'), 'second');
  await until(() => log().length === 2);
  const from = Date.now();
  end();
  expect(await code).toBe(2);
  expect([log(), Date.now() - from < 1_000]).toEqual([['first', 'second'], true]);
});
