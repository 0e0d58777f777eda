/** What is written to an object after it was made: `input.title = …`, `input['title'] = …`, `Object.assign(input, …)`, `delete input.title`. */
import type { Node } from 'oxc-parser';
import { bindingAt, functionAround, keyName, parentOf, usesOf } from './bindings.ts';
import type { Spot } from './reader.ts';
import { writesOf } from './writes.ts';

export interface MemberWrite {
  /** Names from the object down, null for one that is not known; empty when a whole object is assigned over it. */
  readonly path: readonly (string | null)[];
  readonly value: Node;
  readonly at: number;
  /** Whether it happens on every way through the block that made the object. */
  readonly always: boolean;
  readonly deletes: boolean;
  /** What the list at the path is given besides; null for any other write. */
  readonly pushed: readonly Node[] | null;
}

interface Written {
  /** What the list itself is given besides. */
  readonly pushed: readonly Node[];
  readonly writes: readonly MemberWrite[];
  /** It is handed to something that may change it. */
  readonly escapes: boolean;
}

const nothing: Written = { pushed: [], writes: [], escapes: false };
const known = new WeakMap<Node, Written>();

/** The writes to the variable that an object or list is given to, in the order of the file. */
export function membersWrittenTo(spot: Spot): Written {
  let written = known.get(spot.node);
  if (written === undefined) {
    written = read(spot);
    known.set(spot.node, written);
  }
  return written;
}

function read({ node, names }: Spot): Written {
  let up = parentOf(node);
  while (up !== null && /^TS\w+Expression$/.test(up.type)) up = parentOf(up);
  const declared = up?.type === 'VariableDeclarator' && up.id.type === 'Identifier' ? up.id.name : null;
  if (up === null || declared === null) return nothing;
  const binding = bindingAt(names, declared, up);
  if (binding === null) return nothing;
  const block = parentOf(parentOf(up) ?? up);
  const writes: MemberWrite[] = [];
  const pushed: Node[] = [];
  let escapes = writesOf(names, binding).length > 0;
  for (const use of usesOf(names, binding)) {
    const path: (string | null)[] = [];
    let one = use;
    let outer = parentOf(one);
    while (outer !== null && ((outer.type === 'MemberExpression' && outer.object === one) || outer.type === 'TSNonNullExpression')) {
      if (outer.type === 'MemberExpression') path.push(keyName(outer.property, outer.computed));
      one = outer;
      outer = parentOf(outer);
    }
    if (outer === null) continue;
    const always = isStraight(outer, block) && functionAround(use) === functionAround(up);
    if (outer.type === 'AssignmentExpression' && outer.left === one) {
      if (path.length > 0)
        writes.push({ path, value: outer.right, at: one.start, always: always && outer.operator === '=', deletes: false, pushed: null });
    } else if (outer.type === 'UnaryExpression' && outer.operator === 'delete') {
      writes.push({ path, value: outer, at: outer.start, always, deletes: true, pushed: null });
    } else if (outer.type === 'CallExpression' && outer.callee === one && path.length > 0) {
      if (/^(?:push|unshift|splice|sort|reverse|pop|shift|fill)$/.test(path.at(-1) ?? '')) {
        const more = /^(?:push|unshift)$/.test(path.at(-1) ?? '') ? outer.arguments : [];
        // How many a list gets later is not counted; that it gets some is, and what they are.
        if (path.length === 1) {
          escapes = true;
          pushed.push(...more);
        } else
          writes.push({ path: [...path.slice(0, -1), null], value: outer, at: one.start, always: false, deletes: false, pushed: more });
      }
    } else if (outer.type === 'CallExpression' && outer.arguments[0] === one && isAssign(outer.callee)) {
      for (const arg of outer.arguments.slice(1))
        writes.push({
          path,
          value: arg.type === 'SpreadElement' ? arg.argument : arg,
          at: arg.start,
          always,
          deletes: false,
          pushed: null,
        });
    } else if (outer.type === 'CallExpression' && outer.callee !== one && mayChange(outer.callee)) escapes = true;
  }
  return { pushed, writes, escapes };
}

const isAssign = (callee: Node): boolean =>
  callee.type === 'MemberExpression' &&
  callee.object.type === 'Identifier' &&
  callee.object.name === 'Object' &&
  keyName(callee.property, callee.computed) === 'assign';

/** Whether what is called may write to an object that it is given; clients, loggers and JSON do not. */
function mayChange(callee: Node): boolean {
  if (callee.type === 'MemberExpression') return false;
  return (
    callee.type !== 'Identifier' ||
    /^(?:set|add|apply|fill|assign|merge|with|mutate|populate|extend|append|attach|normali[sz]e|clean|strip|remove)/i.test(callee.name)
  );
}

/** Whether a statement stands directly in the block, so that it always runs. */
function isStraight(node: Node, block: Node | null): boolean {
  const statement = parentOf(node);
  return statement?.type === 'ExpressionStatement' && parentOf(statement) === block;
}
