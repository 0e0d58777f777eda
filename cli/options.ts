/** Options that several commands share, parsed and checked in one place. */
import { Option } from 'commander';
import type { BackendName } from '../backends/quilt-ops.ts';
import { didYouMean } from '../reports/did-you-mean.ts';
import { BACKENDS, DEFAULT_BACKENDS, isBackend } from '../suites/run/backends.ts';
import type { Selection } from '../suites/run/selection.ts';
import { UsageError } from './failure.ts';

export const targetOption = () => new Option('--target <file>', 'what to run on: embedded, or a target file').default('embedded');
export const jsonOption = () => new Option('--json', 'one JSON document on stdout, everything else on stderr');
export const backendOption = () =>
  new Option('--backend <names>', `backends, separated by commas (default: ${DEFAULT_BACKENDS.join(',')})`);
export const seedOption = () => new Option('--seed <number>', 'order of the cases and choice of generated data').default('1');

/** Backends named by `--backend a,b`. Throws UsageError for an unknown one. */
export function parseBackends(text: string | undefined): readonly BackendName[] {
  if (text === undefined) return DEFAULT_BACKENDS;
  return text.split(',').map((name) => {
    const trimmed = name.trim();
    if (!isBackend(trimmed))
      throw new UsageError(
        `--backend: expected one of ${BACKENDS.join(', ')}, got ${JSON.stringify(trimmed)}${didYouMean(trimmed, BACKENDS)}`,
      );
    return trimmed;
  });
}

/** A whole number. Throws UsageError. */
export function parseWhole(option: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`${option}: expected a whole number, got ${JSON.stringify(text)}`);
  return Number(text);
}

/** `i/n` with 1 ≤ i ≤ n. Throws UsageError. */
export function parseShard(text: string | undefined): Selection['shard'] {
  if (text === undefined) return null;
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  const shard = { index: Number(index), count: Number(count) };
  if (!(shard.index >= 1 && shard.index <= shard.count))
    throw new UsageError(`--shard: expected i/n with 1 ≤ i ≤ n, got ${JSON.stringify(text)}`);
  return shard;
}
