/** The branches that conditions decide. */
import type { SyntaxNode } from '@lezer/common';
import type { Frame } from './frame.ts';
import { sourceOf } from './syntax.ts';
import { branchOf } from './value.ts';

const identities = new WeakMap<object, number>();
let identity = 0;

/** The branch that a condition decides: the same for the same condition on the same values. `turned` when it is the opposite of how it is kept. */
export function branchFor(condition: SyntaxNode, frame: Frame): { branch: object; turned: boolean } {
  let source = sourceOf(frame.file, condition).replace(/\s+/g, ' ');
  let turned = false;
  if (source.startsWith('not ')) {
    source = source.slice(4);
    turned = true;
  }
  if (source.endsWith(' is not None')) {
    source = `${source.slice(0, -' is not None'.length)} is None`;
    turned = !turned;
  }
  if (/[(]/.test(source) || source.length > 120) return { branch: {}, turned: false };
  const names = source.match(/(?<![.\w'"])[A-Za-z_]\w*/g) ?? [];
  const key = [source];
  for (const name of names) {
    const value = frame.state.get(name);
    if (value === undefined) continue;
    let number = identities.get(value);
    if (number === undefined) {
      number = ++identity;
      identities.set(value, number);
    }
    key.push(String(number));
  }
  const joinedKey = key.join('\0');
  let branch = frame.conditions.get(joinedKey);
  if (branch === undefined) {
    branch = branchOf(2);
    frame.conditions.set(joinedKey, branch);
  }
  return { branch: branch.at, turned };
}
