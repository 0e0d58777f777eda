/** JSON of an input, with the place where it breaks off. */
import { InputError } from '../plan-input.ts';
import { placeOf } from './open-file.ts';

/** Deepest nesting; plans and templates stay below 50. */
export const DEEPEST = 200;

/** The value of a text. Throws InputError with line and column. */
export function readJson(path: string, text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (/^\s*\{"@level"/.test(text))
      throw new InputError(
        placeOf(path, 1, 1),
        "expected Terraform's plan, got the log of `terraform plan -json`; write it so: terraform show -json PLAN",
      );
    const [, position] = /at position (\d+)/.exec(message) ?? [];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    const cut = position === undefined || Number(position) >= text.trimEnd().length - 1;
    throw new InputError(
      placeOf(path, before.length, (before.at(-1)?.length ?? 0) + 1),
      cut
        ? 'expected the rest of the JSON, got the end of the file; it is half-written: write it again'
        : `expected JSON, got ${JSON.stringify(text.slice(Number(position), Number(position) + 20))}`,
    );
  }
  refuseDepth(path, value);
  return value;
}

/** Rules walk values by recursion. Throws InputError. */
export function refuseDepth(path: string, value: unknown): void {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new InputError(placeOf(path), `expected at most ${DEEPEST} levels of nesting, got more`);
    const next: unknown[] = [];
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue;
      for (const inner of Array.isArray(one) ? one : Object.values(one)) if (typeof inner === 'object' && inner !== null) next.push(inner);
    }
    level = next;
  }
}
