/** Generated names of two sides of a case, one to one. */
import { short } from './mismatch.ts';

/** Whether the oracle made the name up (`#role-1`); a path or a title that a user gave may begin with the same sign. */
export function isGenerated(name: string): boolean {
  return /^#[a-z][a-z-]*-\d+$/.test(name);
}

/** Pairs names as they are met; one that already has another partner does not pair. Kinds keep apart what cannot be the same thing. */
export class Pairing {
  readonly #observedOf = new Map<string, string>();
  readonly #expectedOf = new Map<string, string>();

  /** True when the two can be the same thing; from then on they are. */
  pair(kind: string, expected: string, observed: string): boolean {
    const [left, right] = [`${kind} ${expected}`, `${kind} ${observed}`];
    const [knownRight, knownLeft] = [this.#observedOf.get(left), this.#expectedOf.get(right)];
    if (knownRight === undefined && knownLeft === undefined) {
      this.#observedOf.set(left, right);
      this.#expectedOf.set(right, left);
      return true;
    }
    return knownRight === right;
  }

  /** What was expected for a name, in words. */
  expectation(kind: string, expected: string): string {
    const partner = this.#observedOf.get(`${kind} ${expected}`)?.slice(kind.length + 1);
    return partner === undefined
      ? `${short(expected)}, which no other name stands for`
      : `${short(partner)}, as before for ${short(expected)}`;
  }
}
