/** The texts that a value is, each with its origin and the way that leads to it. */
import type { Unknown } from '../text-value.ts';
import { forced, notKnown, type Text, type Value } from './value.ts';
import type { Decisions } from './worlds.ts';

export interface OneText {
  readonly text: Text | Unknown;
  readonly decisions: Decisions;
  /** One of several, and which goes with things that are not followed. */
  readonly loose: boolean;
}

/** Every text, or thing that is not known, that a value can be. */
export function textsIn(value: Value, decisions: Decisions = new Map(), loose = false, found: OneText[] = []): OneText[] {
  if (found.length >= 64) return found;
  const now = forced(value);
  if (now.kind === 'text' || now.kind === 'unknown') found.push({ text: now, decisions, loose });
  else if (now.kind === 'external') found.push({ text: notKnown('import', now.dotted, now.file, now.at), decisions, loose });
  else if (now.kind === 'typename') found.push({ text: notKnown('attribute', '__typename', now.file, now.at), decisions, loose });
  else if (now.kind === 'choice') {
    for (const [index, one] of now.of.entries()) {
      const way = now.by.ways[index] ?? index;
      const before = decisions.get(now.by.at);
      if (before === undefined || before === way) textsIn(one, new Map([...decisions, [now.by.at, way]]), loose || now.loose, found);
    }
  }
  return found;
}
