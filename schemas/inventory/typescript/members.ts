/** Members of the objects, classes, enums and modules of a program. */
import type { Class, Node } from 'oxc-parser';
import { unknown } from '../text-value.ts';
import { bindingAt, keyName, type NodeOf, parentOf } from './bindings.ts';
import { exportsOf } from './modules.ts';
import { callFunction, reachExport, unknownAt } from './reach.ts';
import { type Reached, type Reader, type Spot, spotAt } from './reader.ts';
import { memberWritesOf } from './writes.ts';

const isClass = (node: Node): node is Class => node.type === 'ClassDeclaration' || node.type === 'ClassExpression';

/** What a member of a value can be. `use` is the expression that asks, for what is not known. */
export function memberOf(reader: Reader, of: Reached, key: string, use: Spot): readonly Reached[] {
  if (of.kind === 'unknown') {
    // A member of what a function was given is still what it was given.
    return [
      of.reason === 'parameter' || of.reason === 'loop'
        ? unknown(of.reason, unknownAt(use, of.reason).what, of.file, of.at)
        : unknownAt(use, of.reason === 'cyclic' ? 'cyclic' : 'attribute'),
    ];
  }
  if (of.kind === 'module') return reachExport(reader, of.names, key, use) ?? (key === 'default' ? [of] : [unknownAt(use, 'attribute')]);
  if (of.kind === 'document') return key === 'default' ? [of] : [{ ...of, operation: key }];
  if (of.kind === 'text') return [unknownAt(use, 'attribute')];
  const { node } = of;
  switch (node.type) {
    case 'ObjectExpression':
      return memberOfObject(reader, of, node, key, use) ?? [unknownAt(use, 'attribute')];
    case 'ArrayExpression': {
      const element = node.elements[Number(key)];
      const spread = node.elements.slice(0, Number(key) + 1).some((one) => one?.type === 'SpreadElement');
      return element && !spread ? reader.reach(spotAt(element, of)) : [unknownAt(use, 'subscript')];
    }
    case 'TSEnumDeclaration': {
      const member = node.body.members.find(({ id }) => keyName(id, false) === key);
      return member?.initializer ? reader.reach(spotAt(member.initializer, of)) : [unknownAt(use, 'attribute')];
    }
    case 'TSModuleDeclaration': {
      const binding = node.body?.type === 'TSModuleBlock' ? bindingAt(of.names, key, node.body) : null;
      return binding === null
        ? [unknownAt(use, 'attribute')]
        : reader.reach(spotAt(binding.id, of)).length > 0
          ? reachDeclared(reader, binding.node, of, use)
          : [];
    }
    case 'NewExpression': {
      const made = reader.reach(spotAt(node.callee, of)).filter((one): one is Spot => one.kind === 'spot' && isClass(one.node));
      return made[0] === undefined ? [unknownAt(use, 'attribute')] : memberOfClass(reader, made[0], key, use, of);
    }
    default:
      return isClass(node) ? memberOfClass(reader, of, key, use, null) : [unknownAt(use, 'attribute')];
  }
}

function reachDeclared(reader: Reader, node: Node, of: Spot, use: Spot): readonly Reached[] {
  if (node.type === 'VariableDeclarator') return node.init ? reader.reach(spotAt(node.init, of)) : [unknownAt(use, 'attribute')];
  return [spotAt(node, of)];
}

/** Every member of a value, for a key that is not known. */
export function membersOf(reader: Reader, of: Reached, use: Spot): readonly Reached[] {
  if (of.kind === 'unknown') return [of.reason === 'parameter' ? of : unknownAt(use, 'subscript')];
  if (of.kind === 'module') return [...exportsOf(of.names).named.keys()].flatMap((name) => reachExport(reader, of.names, name, use) ?? []);
  if (of.kind !== 'spot') return [unknownAt(use, 'subscript')];
  const { node } = of;
  if (node.type === 'ObjectExpression' && node.properties.length > 0) {
    return node.properties.flatMap((property) =>
      property.type === 'SpreadElement'
        ? reader.reach(spotAt(property.argument, of)).flatMap((one) => membersOf(reader, one, use))
        : reader.reach(spotAt(property.value, of)),
    );
  }
  if (
    node.type === 'ArrayExpression' &&
    node.elements.length > 0 &&
    node.elements.every((one) => one !== null && one.type !== 'SpreadElement')
  )
    return node.elements.flatMap((one) => (one ? reader.reach(spotAt(one, of)) : []));
  if (node.type === 'TSEnumDeclaration')
    return node.body.members.flatMap(({ initializer }) =>
      initializer ? reader.reach(spotAt(initializer, of)) : [unknownAt(use, 'subscript')],
    );
  return [unknownAt(use, 'subscript')];
}

function memberOfObject(reader: Reader, of: Spot, node: NodeOf<'ObjectExpression'>, key: string, use: Spot): readonly Reached[] | null {
  const written = writtenLater(reader, of, node, key);
  for (const property of node.properties.toReversed()) {
    if (property.type === 'SpreadElement') {
      for (const one of reader.reach(spotAt(property.argument, of))) {
        if (one.kind === 'spot' && one.node.type === 'ObjectExpression') {
          const found = memberOfObject(reader, one, one.node, key, use);
          if (found !== null) return [...found, ...written];
        } else return [...written, unknownAt(use, 'attribute')];
      }
      continue;
    }
    const name = keyName(property.key, property.computed);
    if (name === null && property.computed) {
      const keys = reader.reach(spotAt(property.key, of));
      if (!keys.some((one) => one.kind === 'spot' && one.node.type === 'Literal' && String(one.node.value) === key)) continue;
    } else if (name !== key) continue;
    if (property.kind === 'get' && property.value.type === 'FunctionExpression')
      return callFunction(reader, { fn: property.value, at: of, self: of }, [], use);
    return [...reader.reach(spotAt(property.value, of)), ...written];
  }
  return written.length > 0 ? written : null;
}

/** `QUERIES.policy = …` after `const QUERIES = {}`. */
function writtenLater(reader: Reader, of: Spot, node: Node, key: string): readonly Reached[] {
  let up = parentOf(node);
  while (up !== null && /^TS\w+Expression$/.test(up.type)) up = parentOf(up);
  if (up?.type !== 'VariableDeclarator' || up.id.type !== 'Identifier') return [];
  const binding = bindingAt(of.names, up.id.name, up);
  if (binding === null) return [];
  return memberWritesOf(of.names, binding)
    .filter((write) => keyName(write.key, write.computed) === key)
    .flatMap(({ assignment }) =>
      assignment.operator === '=' ? reader.reach(spotAt(assignment.right, of)) : [unknownAt(of, 'reassigned')],
    );
}

function memberOfClass(reader: Reader, of: Spot, key: string, use: Spot, made: Spot | null): readonly Reached[] {
  const node = of.node as Class;
  for (const member of node.body.body) {
    if (member.type === 'PropertyDefinition' && keyName(member.key, member.computed) === key) {
      if (member.value && !assignedInClass(node, key)) return reader.reach(spotAt(member.value, of));
      if (member.value === null || assignedInClass(node, key)) return assignedValue(reader, of, node, key, use, member.value);
    }
    if (member.type === 'MethodDefinition' && keyName(member.key, member.computed) === key && member.value.body !== null) {
      const fn = member.value;
      if (member.kind === 'get') return callFunction(reader, { fn, at: of, self: made ?? of }, [], use);
      if (member.kind === 'method') return [spotAt(fn, of)];
    }
    if (member.type === 'MethodDefinition' && member.kind === 'constructor') {
      for (const parameter of member.value.params)
        if (parameter.type === 'TSParameterProperty' && parameter.parameter.type === 'Identifier' && parameter.parameter.name === key)
          return [unknownAt(use, 'parameter')];
    }
  }
  if (assignedInClass(node, key)) return assignedValue(reader, of, node, key, use, null);
  if (node.superClass) return reader.reach(spotAt(node.superClass, of)).flatMap((one) => memberOf(reader, one, key, use));
  return [unknownAt(use, 'attribute')];
}

const assigned = new WeakMap<Class, Map<string, Node[]>>();

/** Values that methods of a class assign to `this.key`. */
function assignedInClass(node: Class, key: string): readonly Node[] | undefined {
  let byKey = assigned.get(node);
  if (byKey === undefined) {
    byKey = new Map();
    const waiting: Node[] = [node.body];
    for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
      if (one.type === 'AssignmentExpression' && one.left.type === 'MemberExpression' && one.left.object.type === 'ThisExpression') {
        const name = keyName(one.left.property, one.left.computed);
        if (name !== null) byKey.set(name, [...(byKey.get(name) ?? []), one]);
      }
      for (const [field, value] of Object.entries(one) as [string, unknown][]) {
        if (field === 'parent') continue;
        for (const child of Array.isArray(value) ? value : [value])
          if (typeof child === 'object' && child !== null && 'type' in child) waiting.push(child as Node);
      }
    }
    assigned.set(node, byKey);
  }
  return byKey.get(key);
}

function assignedValue(reader: Reader, of: Spot, node: Class, key: string, use: Spot, initial: Node | null): readonly Reached[] {
  const values = assignedInClass(node, key) ?? [];
  const reached = values.flatMap((one) =>
    one.type === 'AssignmentExpression' && one.operator === '=' ? reader.reach(spotAt(one.right, of)) : [unknownAt(use, 'reassigned')],
  );
  const all = initial === null ? reached : [...reader.reach(spotAt(initial, of)), ...reached];
  return all.length > 0 ? all : [unknownAt(use, 'attribute')];
}
