import { describe, expect, it } from 'vitest';
import { mapAtOnce } from './at-once.ts';

describe('work on many at once', () => {
  it('keeps the order and at most ten under way', async () => {
    let underWay = 0;
    let most = 0;
    const results = await mapAtOnce(
      Array.from({ length: 35 }, (_, at) => at),
      async (at) => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay -= 1;
        return at * 2;
      },
    );
    expect(results).toEqual(Array.from({ length: 35 }, (_, at) => at * 2));
    expect(most).toBe(10);
  });

  it('starts nothing after a failure, and throws it when the others have ended', async () => {
    let ended = 0;
    const work = mapAtOnce(
      Array.from({ length: 100 }, (_, at) => at),
      async (at) => {
        if (at === 3) throw new Error('third');
        await new Promise((resolve) => setImmediate(resolve));
        ended += 1;
      },
    );
    await expect(work).rejects.toThrow('third');
    expect(ended).toBe(9);
  });
});
