import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { BridgePool } from './bridge-pool.ts';
import { BridgeFailure } from './bridge-process.ts';

/** A child in Node that says what the real one says, and then does as told with each request. */
function child(onRequest: string, version = '1.2.3', home = '/nonexistent/home'): readonly [string, ...string[]] {
  const code = `
    const say = (line) => process.stdout.write(typeof line === 'string' ? line + '\\n' : JSON.stringify(line) + '\\n');
    console.error('a log line');
    say({ ready: { quilt3: ${JSON.stringify(version)}, home: ${JSON.stringify(home)} } });
    require('node:readline').createInterface({ input: process.stdin }).on('line', (text) => {
      const request = JSON.parse(text);
      ${onRequest}
    }).on('close', () => process.exit(0));`;
  return [process.execPath, '-e', code];
}

const echo = 'say({ id: request.id, value: [request.operation, process.pid] });';
const pools: BridgePool[] = [];
const folders: string[] = [];
const folder = () => {
  const made = mkdtempSync(join(tmpdir(), 'crosscheck-bridge-test-'));
  folders.push(made);
  return made;
};
const pool = (command: readonly [string, ...string[]], answerMs = 5_000, startMs = 10_000) => {
  const made = new BridgePool({ version: '1.2.3', command, answerMs, startMs });
  pools.push(made);
  return made;
};

afterEach(async () => {
  for (const each of pools.splice(0)) await each[Symbol.asyncDispose]();
  for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
});

const troubleOf = async (work: Promise<unknown>): Promise<unknown> => {
  const error: unknown = await work.then(
    () => 'an answer',
    (thrown: unknown) => thrown,
  );
  return error instanceof BridgeFailure ? error.trouble : error;
};

describe('the child of quilt3-python', () => {
  it('serves requests in turn, all by one process', async () => {
    const served = pool(child(echo));
    const answers = await Promise.all(['a', 'b', 'c'].map((operation) => served.ask({ operation })));
    const values = answers.map((answer) => ('value' in answer ? (answer.value as [string, number]) : ['', 0]));
    expect(values.map(([operation]) => operation)).toEqual(['a', 'b', 'c']);
    expect(new Set(values.map(([, pid]) => pid)).size).toBe(1);
  });

  it.each([
    ['dies', 'died', 'process.exit(7);'],
    ['prints garbage', 'garbage', "say('Traceback (most recent call last):');"],
    ['answers another request', 'garbage', 'say({ id: request.id + 1, value: 1 });'],
    ['says something else', 'garbage', 'say({ number: 1 });'],
    ['hangs', 'hung', ''],
    ['loops for ever', 'hung', 'for (;;);'],
  ])('that %s is one failure, and the next request is served by a new one', async (_, trouble, then) => {
    const once = folder();
    const flag = JSON.stringify(join(once, 'failed'));
    const failing = pool(
      child(`if (!require('node:fs').existsSync(${flag})) { require('node:fs').writeFileSync(${flag}, ''); ${then} } else { ${echo} }`),
      700,
    );
    const [first, second] = [failing.ask({ operation: 'a' }), failing.ask({ operation: 'b' })];
    expect(await troubleOf(first)).toBe(trouble);
    expect(await second).toMatchObject({ value: ['b', expect.any(Number)] });
  });

  it.each([
    ['does not exist', ['/nonexistent/python']],
    ['ends at once', [process.execPath, '-e', 'process.exit(1)']],
    ['never says that it is ready', [process.execPath, '-e', 'setInterval(() => {}, 1000)']],
    ['has another version', child(echo, '9.9.9')],
    ['says something else first', [process.execPath, '-e', 'console.log("hello")']],
  ] as const)('that %s is a failure to start', async (_, command) => {
    expect(await troubleOf(pool(command as readonly [string, ...string[]], 500, 700).ask({ operation: 'a' }))).toBe('start');
  });

  it('keeps the end of its log in the failure', async () => {
    const error = await pool(child('process.exit(1);'))
      .ask({ operation: 'a' })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'BridgeFailure', log: expect.stringContaining('a log line') });
  });

  it('takes the home of a child that had to be killed away', async () => {
    const home = folder();
    await troubleOf(pool(child('for (;;);', '1.2.3', home), 500).ask({ operation: 'a' }));
    expect(existsSync(home)).toBe(false);
  });

  it('is not started to be told something', async () => {
    const marker = join(folder(), 'started');
    await pool([process.execPath, '-e', `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`]).tell({ operation: 'forget' });
    expect(existsSync(marker)).toBe(false);
  });
});
