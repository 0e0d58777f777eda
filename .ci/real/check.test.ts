import { describe, expect, it } from 'vitest';
import { describeOutcomes, failOn, type RealCheck, runCheck } from './check.ts';
import { openRoom } from './room.ts';

const quiet = () => undefined;
const open = (name: string) => openRoom(name, quiet);
const run = (check: RealCheck['run']) => runCheck({ name: 'a check', run: check }, open, quiet);

describe('a real check', () => {
  it('passes with what it saw', async () => {
    expect(await run(async () => ({ detail: 'seen' }))).toMatchObject({ verdict: 'passed', detail: 'seen' });
  });

  it('fails with every finding, and with whatever it threw', async () => {
    expect(await run(async () => failOn(['a', 'b']) ?? { detail: '' })).toMatchObject({ verdict: 'FAILED', detail: 'a\nb' });
    expect(await run(() => Promise.reject(new Error('uv: expected it, got none')))).toMatchObject({
      verdict: 'FAILED',
      detail: 'uv: expected it, got none',
    });
  });

  it('counts what was not asked neither way, and says so', async () => {
    const outcomes = [await run(async () => ({ detail: 'seen' })), await run(async () => ({ notAsked: 'no reference' }))];
    const text = describeOutcomes(outcomes);
    expect(text).toContain('NOT ASKED a check: no reference');
    expect(text.trimEnd().split('\n').at(-1)).toBe('1 passed, 0 failed');
  });

  it('leaves no child and no folder', async () => {
    let dir = '';
    const outcome = await run(async (room) => {
      dir = room.dir;
      await room.run([process.execPath, '-e', 'setInterval(() => {}, 1000)'], { deadlineMs: 300 });
      return { detail: '' };
    });
    expect(outcome.detail).toContain('expected its end within 300 ms, got none');
    await expect(import('node:fs/promises').then(({ access }) => access(dir))).rejects.toThrow('ENOENT');
  });
});
