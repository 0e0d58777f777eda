import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readTree, watchTree } from './process-tree.ts';

const held = 64 * 1024 * 1024;
/** A process that starts one of its own, which holds memory and burns time until its stdin closes. */
const inner = `const held = Buffer.alloc(${held}, 1); const until = Date.now() + 300; while (Date.now() < until); console.log(held.length); process.stdin.resume()`;
const outer = `const child = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(inner)}], { stdio: ['inherit', 'inherit', 'inherit'] }); child.on('exit', () => process.exit())`;

describe.skipIf(process.platform !== 'linux')('watchTree', () => {
  it('counts what a child of a child holds and burns, and nothing of ours', async () => {
    const child = spawn(process.execPath, ['-e', outer], { stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    const watched = watchTree(child.pid ?? -1, ended, 5);
    await once(child.stdout, 'data');
    expect([...readTree(child.pid ?? -1).keys()]).not.toContain(process.pid);
    // It holds its memory until its stdin closes, so the watcher sees that too.
    const largest = Math.max(...[...readTree(child.pid ?? -1).values()].map(({ bytes }) => bytes));
    expect(largest).toBeGreaterThan(held);
    child.stdin.end();
    const { seconds, atPeak } = await watched;
    expect(atPeak.length).toBeLessThanOrEqual(2);
    expect(seconds.length).toBe(2);
  });
});
