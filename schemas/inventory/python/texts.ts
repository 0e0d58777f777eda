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

/** Most values that are looked at for the texts in one. */
const MOST_LOOKED_AT = 400;

/** Every text, or thing that is not known, that a value can be. */
export function textsIn(value: Value): OneText[] {
  const found: OneText[] = [];
  const waiting: { value: Value; decisions: Decisions; loose: boolean }[] = [{ value, decisions: new Map(), loose: false }];
  let looked = 0;
  for (let one = waiting.pop(); one !== undefined && looked < MOST_LOOKED_AT; one = waiting.pop()) {
    looked++;
    const now = forced(one.value);
    const { decisions, loose } = one;
    if (now.kind === 'text' || now.kind === 'unknown') found.push({ text: now, decisions, loose });
    else if (now.kind === 'external') found.push({ text: notKnown('import', now.dotted, now.file, now.at), decisions, loose });
    else if (now.kind === 'typename') found.push({ text: notKnown('attribute', '__typename', now.file, now.at), decisions, loose });
    else if (now.kind === 'choice') {
      for (let index = now.of.length - 1; index >= 0; index--) {
        const next = now.of[index];
        const way = now.by.ways[index] ?? index;
        const before = decisions.get(now.by.at);
        if (next === undefined || (before !== undefined && before !== way)) continue;
        waiting.push({ value: next, decisions: new Map([...decisions, [now.by.at, way]]), loose: loose || now.loose });
      }
    }
  }
  return found;
}
