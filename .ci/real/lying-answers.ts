/** A bystander's lie: one field of every answer of the registry is changed on its way. */

/** Field that the bystander changes in every answer of the registry that has it, and what it makes of it. */
export const LIE = { field: 'message', value: 'not what was said' };

/** Tells the lie in an answer of GraphQL, in place. */
export function flipOneField(answer: unknown): void {
  if (typeof answer !== 'object' || answer === null) return;
  const { data } = answer as { data?: unknown };
  flipBelow(data);
}

function flipBelow(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) {
    // Refusals have a field of that name too; only what a revision says is changed.
    if (key === LIE.field && typeof below === 'string' && 'hash' in value) (value as Record<string, unknown>)[key] = LIE.value;
    else flipBelow(below);
  }
}
