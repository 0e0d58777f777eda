/** Whether a value of two requests can be guessed: what two samples can show of that. */
import type { Statement } from '../case/check.ts';

/**
 * Bits that must at least differ. RFC 6749 10.10 asks for 128 of randomness; two samples of a random UUID (122) show some 115, a time in
 * nanoseconds or a counter at most 40, so 64 tells the one from the other and calls no honest value guessable.
 */
const FEWEST_BITS = 64;

/** Statements on a parameter: there, new in each request, and not to be guessed from another one. */
export function unpredictable(name: string, requests: readonly [URL, URL], mend: string): readonly Statement[] {
  const [a, b] = requests.map(({ searchParams }) => searchParams.get(name) ?? '') as [string, string];
  if (a === '' || b === '') return [{ what: name, expected: 'a value of its own in each request', got: 'none', mend }];
  const bits = differingBits(a, b);
  return [
    { what: `${name} of two requests`, expected: 'two that differ', got: a === b ? 'one and the same' : 'two that differ', mend },
    {
      what: `${name}: what differs between two requests`,
      expected: `at least ${FEWEST_BITS} bits`,
      got: bits >= FEWEST_BITS ? `at least ${FEWEST_BITS} bits` : `${bits} bits in ${a.length} characters`,
      mend,
    },
  ];
}

/** Characters that differ place by place, each with the bits of the smallest alphabet that both values fit. */
export function differingBits(a: string, b: string): number {
  const both = a + b;
  const perCharacter = /^\d+$/.test(both) ? Math.log2(10) : /^[0-9a-fA-F-]+$/.test(both) ? 4 : 6;
  const differing = [...a].filter((character, place) => character !== b[place]).length;
  return Math.floor(differing * perCharacter);
}
