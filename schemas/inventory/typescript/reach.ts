/** One step after another from an expression to the expressions that make its value. */
import type { Node } from 'oxc-parser';
import { MOST_VARIANTS, type Reason, unknown } from '../text-value.ts';
import { bindingAt, type FunctionNode, isFunction, keyName, type Names, parentOf } from './bindings.ts';
import { followBinding } from './follow-binding.ts';
import { bodyOf } from './function-body.ts';
import { memberOf, membersOf } from './members.ts';
import { type Export, exportsOf, moduleOf, resolveModule } from './modules.ts';
import { type Frame, MOST_CALLS, type Reached, type Reader, type Spot, sourceOf, spotAt } from './reader.ts';
import { keepsText, marksGraphql } from './tags.ts';

export const unknownAt = (spot: { readonly node: Node; readonly names: Names }, reason: Reason) =>
  unknown(reason, sourceOf(spot.node, spot.names), spot.names.tree.file, spot.node.start);

/** What wraps an expression without changing its value, or the expression itself. */
export function unwrapped(node: Node): Node {
  let plain = node;
  for (;;) {
    switch (plain.type) {
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'TSNonNullExpression':
      case 'TSTypeAssertion':
      case 'TSInstantiationExpression':
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        plain = plain.expression;
        continue;
      case 'AwaitExpression':
        plain = plain.argument;
        continue;
      case 'SequenceExpression': {
        const last = plain.expressions.at(-1);
        if (last === undefined) return plain;
        plain = last;
        continue;
      }
      default:
        return plain;
    }
  }
}

/** Follows one expression; the reader sees to circles and depth. */
export function reachNode(reader: Reader, spot: Spot): readonly Reached[] {
  const node = unwrapped(spot.node);
  const { names } = spot;
  if (node !== spot.node) return reader.reach(spotAt(node, spot));
  switch (node.type) {
    case 'Identifier': {
      if (node.name === 'undefined') return [spot];
      const binding = bindingAt(names, node.name, node);
      if (binding === null) return node.name === 'exports' ? [{ kind: 'module', names }] : [unknownAt(spot, 'not-found')];
      return followBinding(reader, binding, spot);
    }
    case 'MemberExpression': {
      const key = node.computed ? keyOf(reader, spotAt(node.property, spot)) : keyName(node.property, false);
      const objects = reader.reach(spotAt(node.object, spot));
      return bounded(
        spot,
        objects.flatMap((object) => (key === null ? membersOf(reader, object, spot) : memberOf(reader, object, key, spot))),
      );
    }
    case 'ThisExpression': {
      const self = selfOf(spot);
      return [self ?? unknownAt(spot, 'attribute')];
    }
    case 'ConditionalExpression':
      return bounded(spot, [...reader.reach(spotAt(node.consequent, spot)), ...reader.reach(spotAt(node.alternate, spot))]);
    case 'LogicalExpression':
      return node.operator === '&&'
        ? reader.reach(spotAt(node.right, spot))
        : bounded(spot, [...reader.reach(spotAt(node.left, spot)), ...reader.reach(spotAt(node.right, spot))]);
    case 'AssignmentExpression':
      return node.operator === '=' ? reader.reach(spotAt(node.right, spot)) : [spot];
    case 'ImportExpression':
      return node.source.type === 'Literal' ? reachModule(reader, String(node.source.value), spot) : [unknownAt(spot, 'import')];
    case 'CallExpression':
      return reachCall(reader, spot, node);
    default:
      return [spot];
  }
}

/** The value of a computed key that is known. */
function keyOf(reader: Reader, spot: Spot): string | null {
  const reached = reader.reach(spot);
  const only = reached.length === 1 ? reached[0] : undefined;
  if (only?.kind !== 'spot') return null;
  if (only.node.type === 'Literal')
    return typeof only.node.value === 'string' || typeof only.node.value === 'number' ? String(only.node.value) : null;
  return only.node.type === 'TemplateLiteral' && only.node.expressions.length === 0 ? (only.node.quasis[0]?.value.cooked ?? null) : null;
}

/** Alternatives without repetition; one unknown in their place when there are too many. */
export function bounded(spot: Spot, reached: readonly Reached[]): readonly Reached[] {
  const seen = new Set<unknown>();
  const each = reached.filter((one) => {
    const key =
      one.kind === 'spot' && one.frame === null ? one.node : one.kind === 'unknown' ? `${one.file.path} ${one.at} ${one.reason}` : one;
    return seen.has(key) ? false : seen.add(key);
  });
  return each.length > MOST_VARIANTS ? [unknownAt(spot, 'too-many-variants')] : each;
}

/** What `this` is: the object of the method that is being read, or the class around. */
function selfOf(spot: Spot): Spot | null {
  if (spot.frame?.self) return spot.frame.self;
  for (let up = parentOf(spot.node); up !== null; up = parentOf(up)) {
    if (up.type === 'ClassDeclaration' || up.type === 'ClassExpression' || up.type === 'ObjectExpression')
      return spotAt(up, { names: spot.names, frame: null });
    if (up.type === 'FunctionDeclaration') return null;
  }
  return null;
}

/** Calls that hand back what they are given. */
const transparent = /^(?:Object\.(?:freeze|seal)|Promise\.resolve|structuredClone)$/;
const calledBack = /^(?:React\.)?(?:useMemo|useCallback|once|memoize|memo|lazy)$/;

function reachCall(reader: Reader, spot: Spot, node: Node & { type: 'CallExpression' }): readonly Reached[] {
  const callee = unwrapped(node.callee);
  const first = node.arguments[0];
  const name = sourceOf(callee, spot.names);
  if (first !== undefined && first.type !== 'SpreadElement') {
    if (transparent.test(name)) return reader.reach(spotAt(first, spot));
    if (callee.type === 'Identifier' && callee.name === 'require' && bindingAt(spot.names, 'require', callee) === null)
      return first.type === 'Literal' ? reachModule(reader, String(first.value), spot) : [unknownAt(spot, 'import')];
    if (calledBack.test(name) && isFunction(first))
      return callFunction(reader, { fn: first, at: spotAt(first, spot), self: null }, [], spot);
  }
  if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression' && !isFunction(callee)) return [spot];
  // What a generator makes of `graphql(text)` is a table by text; the text itself is what is sent.
  if (marksGraphql(callee, spot.names) || keepsText(callee, spot.names)) return [spot];
  const functions = reader
    .reach(spotAt(callee, spot))
    .filter((one): one is Spot => one.kind === 'spot' && isFunction(one.node) && !one.node.generator);
  if (functions.length === 0) return [spot];
  const self = callee.type === 'MemberExpression' ? receiverOf(reader, spotAt(callee.object, spot)) : null;
  return bounded(
    spot,
    functions.flatMap((one) => callFunction(reader, { fn: one.node as FunctionNode, at: one, self }, node.arguments, spot)),
  );
}

function receiverOf(reader: Reader, spot: Spot): Spot | null {
  const reached = reader.reach(spot);
  const only = reached.length === 1 ? reached[0] : undefined;
  return only?.kind === 'spot' && /^(?:Class|ObjectExpression|NewExpression)/.test(only.node.type) ? only : null;
}

/** What a function of the program gives back when it is called so. */
export function callFunction(
  reader: Reader,
  { fn, at, self }: { readonly fn: FunctionNode; readonly at: Spot; readonly self: Spot | null },
  args: readonly Node[] | null,
  spot: Spot,
): readonly Reached[] {
  const frame = frameOf(fn, at, self, args, spot);
  if (frame === null) return [unknownAt(spot, 'cyclic')];
  const results = bodyOf(fn).returns;
  if (results.length === 0) return [unknownAt(spot, 'call')];
  return results.flatMap((result) => reader.reach(spotAt(result, { names: at.names, frame })));
}

/** The call of a function, with what it is given, `args` being null when nothing is known of that; null when calls nest too deeply or come back to the function. */
export function frameOf(fn: FunctionNode, at: Spot, self: Spot | null, args: readonly Node[] | null, spot: Spot): Frame | null {
  const depth = (spot.frame?.depth ?? 0) + 1;
  if (depth > MOST_CALLS) return null;
  for (let up: Frame | null = spot.frame; up !== null; up = up.caller) if (up.fn === fn) return null;
  const spread = args === null ? 0 : args.findIndex((arg) => arg.type === 'SpreadElement');
  const given = args === null ? [] : spread < 0 ? args : args.slice(0, spread);
  return {
    fn,
    names: at.names,
    args: given.map((arg) => spotAt(arg, spot)),
    open: spread >= 0,
    // What a function closes over lies in the frames of where it was made.
    caller: spot.frame ?? at.frame,
    depth,
    self,
  };
}

/** What a module of the tree holds. */
export function reachModule(reader: Reader, specifier: string, spot: Spot): readonly Reached[] {
  const file = resolveModule(reader.tree, spot.names.tree.file.path, specifier);
  if (file === null) return [unknownAt(spot, 'import')];
  if (/\.(?:graphql|gql)$/.test(file.path)) return [{ kind: 'document', file, operation: null }];
  const names = moduleOf(file);
  return [names === null ? unknownAt(spot, 'import') : { kind: 'module', names }];
}

/** What a module exports under a name. */
export function reachExport(
  reader: Reader,
  names: Names,
  name: string,
  spot: Spot,
  seen: Set<Names> = new Set(),
): readonly Reached[] | null {
  const { named, stars } = exportsOf(names);
  const found = named.get(name);
  const here = spotAt(names.tree.program, { names, frame: null });
  if (found !== undefined) return reachNamed(reader, found, here, spot, seen);
  if (seen.has(names)) return null;
  seen.add(names);
  for (const specifier of stars) {
    const file = resolveModule(reader.tree, names.tree.file.path, specifier);
    const other = file === null ? null : moduleOf(file);
    const reached = other === null || name === 'default' ? null : reachExport(reader, other, name, spot, seen);
    if (reached !== null) return reached;
  }
  // A CommonJS module's whole value is its default; a member of it may be meant.
  const whole = named.get('default');
  if (whole?.kind === 'node' && name !== 'default') {
    const members = reader.reach(spotAt(whole.node, here)).flatMap((one) => memberOf(reader, one, name, spot));
    if (members.some((one) => one.kind !== 'unknown')) return members;
  }
  return null;
}

function reachNamed(reader: Reader, found: Export, here: Spot, spot: Spot, seen: Set<Names>): readonly Reached[] | null {
  switch (found.kind) {
    case 'binding':
      return followBinding(reader, found.binding, here);
    case 'node':
      return reader.reach(spotAt(found.node, here));
    case 'all-of':
      return reachModule(reader, found.specifier, here);
    case 'from': {
      const [target] = reachModule(reader, found.specifier, here);
      if (target?.kind !== 'module') return target === undefined ? null : [target.kind === 'unknown' ? unknownAt(spot, 'import') : target];
      if (seen.has(target.names) && seen.size > 50) return [unknownAt(spot, 'cyclic')];
      seen.add(here.names);
      return seen.has(target.names) ? [unknownAt(spot, 'cyclic')] : reachExport(reader, target.names, found.name, spot, seen);
    }
  }
}
