/** The lies that nothing can be told about: each stands by its own name, with a reason of its own. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { BACKENDS } from '../../backends/quilt-ops.ts';
import { root } from '../case/suite-files.ts';
import { allLies } from './lies.ts';

export interface Waiver {
  readonly backend: string;
  /** Name of exactly one lie. */
  readonly lie: string;
  readonly reason: string;
}

const FILE = 'suites/lies/waivers.yaml';

const format = z.array(z.strictObject({ backend: z.enum(BACKENDS), lie: z.string().min(1), reason: z.string().trim().min(20) }));

/** The waivers of `suites/lies/waivers.yaml`. Throws as `parseWaivers` does. */
export function readWaivers(): readonly Waiver[] {
  return parseWaivers(readFileSync(join(root, FILE), 'utf8'));
}

/**
 * The waivers in a text. Throws an Error with a line for each that names no generated lie (a pattern names none), stands twice, or has a
 * reason that another one has too: a reason for many is a reason for none.
 */
export function parseWaivers(text: string): readonly Waiver[] {
  const waivers = format.parse(parse(text) ?? []);
  const names = new Set(allLies().map(({ name }) => name));
  const key = ({ backend, lie }: Waiver) => `${backend} ${lie}`;
  const wrong = waivers.flatMap((waiver, index) => [
    ...(names.has(waiver.lie) ? [] : [`${key(waiver)}: expected the exact name of a generated lie, got none of that name`]),
    ...(waivers.findIndex((other) => key(other) === key(waiver)) === index ? [] : [`${key(waiver)}: expected once, got it again`]),
    ...(waivers.some((other) => other.lie !== waiver.lie && other.reason === waiver.reason)
      ? [`${key(waiver)}: expected a reason of its own, got that of another lie`]
      : []),
  ]);
  if (wrong.length > 0) throw new Error(wrong.map((line) => `${FILE}: ${line}`).join('\n'));
  return waivers;
}
