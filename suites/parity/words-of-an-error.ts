/** The words of an error of one client: what no comparison of classes and facts can see. */
import type { Backend } from '../../backends/backend.ts';
import { QuiltError } from '../../backends/errors.ts';
import { platform } from '../../backends/platform/platform.ts';
import type { ClientSettings, Operations } from '../../backends/quilt-ops.ts';
import { quilt3 } from '../../backends/quilt3/quilt3.ts';
import type { Door } from '../../backends/wire/door.ts';

const backends: Readonly<Record<string, Backend>> = { quilt3, platform };

/** Backends whose words are looked at. */
export const worded = Object.keys(backends);

/** Opens a client, runs one operation, and gives the class and the words of its error. */
export async function wordsOf(
  backend: string | undefined,
  door: Door,
  settings: ClientSettings,
  run: (operations: Operations) => Promise<unknown>,
): Promise<{ readonly class: string; readonly words: string }> {
  await using session = await backends[backend ?? '']?.open(settings, door);
  if (session === undefined) throw new Error(`backend: expected one of ${worded.join(', ')}, got ${backend}`);
  try {
    await run(session.operations);
    return { class: 'none', words: '' };
  } catch (error) {
    if (error instanceof QuiltError) return { class: error.name, words: error.message };
    throw error;
  }
}
