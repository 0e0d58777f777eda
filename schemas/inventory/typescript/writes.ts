/** Who writes to a variable after its declaration. */
import type { Node } from 'oxc-parser';
import { type Binding, type Names, parentOf, usesOf } from './bindings.ts';

const known = new WeakMap<Binding, readonly Node[]>();

/** Assignments and updates of a variable, in the order of the file; the whole expression each. */
export function writesOf(names: Names, binding: Binding): readonly Node[] {
  let writes = known.get(binding);
  if (writes === undefined) {
    writes = usesOf(names, binding).flatMap((use) => writeBy(use) ?? []);
    known.set(binding, writes);
  }
  return writes;
}

function writeBy(use: Node): Node | null {
  for (let node = use, up = parentOf(use); up !== null; node = up, up = parentOf(up)) {
    switch (up.type) {
      case 'AssignmentExpression':
        return up.left === node ? up : null;
      case 'UpdateExpression':
        return up;
      case 'ForOfStatement':
      case 'ForInStatement':
        return up.left === node ? up : null;
      case 'ArrayPattern':
      case 'ObjectPattern':
      case 'RestElement':
      case 'AssignmentPattern':
      case 'Property':
        // Only a pattern on the left of an assignment writes; the way up ends there or nowhere.
        if (up.type === 'Property' && parentOf(up)?.type !== 'ObjectPattern') return null;
        continue;
      default:
        return null;
    }
  }
  return null;
}

/** Writes to members of a variable's value: `name.key = …`, and the key where it is known. */
export function memberWritesOf(
  names: Names,
  binding: Binding,
): readonly { readonly key: Node; readonly computed: boolean; readonly assignment: Node & { type: 'AssignmentExpression' } }[] {
  return usesOf(names, binding).flatMap((use) => {
    const member = parentOf(use);
    if (member?.type !== 'MemberExpression' || member.object !== use) return [];
    const assignment = parentOf(member);
    return assignment?.type === 'AssignmentExpression' && assignment.left === member
      ? [{ key: member.property, computed: member.computed, assignment }]
      : [];
  });
}
