/** From a name to what it was given. */
import type { Node } from 'oxc-parser';
import { unknown } from '../text-value.ts';
import { type Binding, keyName, parentOf, patternOf, type Step } from './bindings.ts';
import { memberOf } from './members.ts';
import { moduleOf, resolveModule } from './modules.ts';
import { bounded, reachExport, reachModule, unknownAt } from './reach.ts';
import { type Reached, type Reader, type Spot, spotAt } from './reader.ts';
import { writesOf } from './writes.ts';
import { valueOfWritten } from './written-variable.ts';

/** What a declared name can be where it is used. */
export function followBinding(reader: Reader, binding: Binding, use: Spot): readonly Reached[] {
  const { node } = binding;
  const here = spotAt(node, use);
  switch (binding.kind) {
    case 'function':
    case 'class':
    case 'enum':
    case 'namespace':
      return [here];
    case 'import':
      return followImport(reader, node, use);
    case 'caught':
      return [unknownAt(use, 'attribute')];
    case 'parameter':
      return followParameter(reader, binding, use);
    default: {
      if (node.type !== 'VariableDeclarator') return [unknownAt(use, 'not-found')];
      if (writesOf(use.names, binding).length > 0) return valueOfWritten(reader, binding, use);
      const loop = parentOf(parentOf(node) ?? node);
      if (node.init === null && (loop?.type === 'ForOfStatement' || loop?.type === 'ForInStatement')) return [unknownAt(use, 'loop')];
      if (node.init === null) return [unknownAt(use, 'not-found')];
      return taken(reader, reader.reach(spotAt(node.init, declaredIn(use, binding))), binding.steps, use);
    }
  }
}

/** A declaration of the top of a file has no call around it, whoever uses it. */
export function declaredIn(use: Spot, binding: Binding): Spot {
  return binding.scope.type === 'Program' ? { ...use, frame: null } : use;
}

function followParameter(reader: Reader, binding: Binding, use: Spot): readonly Reached[] {
  const missing = [unknownAt(use, 'parameter')];
  if (writesOf(use.names, binding).length > 0) return [unknownAt(use, 'reassigned')];
  for (let frame = use.frame; frame !== null; frame = frame.caller) {
    if (frame.fn !== binding.scope) continue;
    const index = (frame.fn.params as readonly Node[]).indexOf(binding.node);
    const given = frame.args[index];
    const pattern = patternOf(binding.node);
    if (pattern.type === 'RestElement') return missing;
    if (given) return taken(reader, reader.reach(given), binding.steps, { ...use, frame });
    if (frame.open) return missing;
    return defaulted(reader, binding, { ...use, frame }) ?? [spotAt(undefinedNode, use)];
  }
  return defaulted(reader, binding, use) ?? missing;
}

/** What stands for a parameter that was not given. */
const undefinedNode: Node = { type: 'Identifier', name: 'undefined', start: 0, end: 0 };

function defaulted(reader: Reader, binding: Binding, use: Spot): readonly Reached[] | null {
  const [first, ...rest] = binding.steps;
  if (first !== undefined && 'default' in first) return taken(reader, reader.reach(spotAt(first.default, use)), rest, use);
  // `({ a = 1 })`, where nothing is known of the object, is its default like that of a plain parameter.
  const last = binding.steps.at(-1);
  return last !== undefined && 'default' in last ? reader.reach(spotAt(last.default, use)) : null;
}

/** What a pattern takes out of values. */
function taken(reader: Reader, from: readonly Reached[], steps: readonly Step[], use: Spot): readonly Reached[] {
  let values = from;
  for (const [index, step] of steps.entries()) {
    if ('default' in step) {
      values = values.flatMap((one) => (isAbsent(one) ? reader.reach(spotAt(step.default, use)) : [one]));
    } else if ('rest' in step) {
      values = [unknownAt(use, 'attribute')];
    } else {
      const key = 'key' in step ? step.key : String(step.index);
      const next = steps[index + 1];
      values = values.flatMap((one) =>
        next !== undefined && 'default' in next && lacks(one, key) ? [spotAt(undefinedNode, use)] : memberOf(reader, one, key, use),
      );
    }
  }
  return bounded(use, values);
}

/** Whether an object is written out and has no such member. */
const lacks = (one: Reached, key: string): boolean =>
  one.kind === 'spot' &&
  one.node.type === 'ObjectExpression' &&
  one.node.properties.every((property) => property.type === 'Property' && !property.computed && keyName(property.key, false) !== key);

const isAbsent = (one: Reached): boolean =>
  (one.kind === 'spot' && one.node.type === 'Identifier' && one.node.name === 'undefined') ||
  (one.kind === 'unknown' && one.reason === 'not-found');

function followImport(reader: Reader, node: Node, use: Spot): readonly Reached[] {
  const unknownImport = [unknownAt(use, 'import')];
  if (node.type === 'TSImportEqualsDeclaration') {
    const reference = node.moduleReference;
    if (reference.type !== 'TSExternalModuleReference') return unknownImport;
    return reachModule(reader, reference.expression.value, use);
  }
  const declaration = parentOf(node);
  if (declaration?.type !== 'ImportDeclaration') return unknownImport;
  const specifier = declaration.source.value;
  if (node.type === 'ImportNamespaceSpecifier') return reachModule(reader, specifier, use);
  const file = resolveModule(reader.tree, use.names.tree.file.path, specifier);
  if (file === null) return unknownImport;
  const name = node.type === 'ImportSpecifier' ? importedName(node.imported) : 'default';
  if (/\.(?:graphql|gql)$/.test(file.path)) return [{ kind: 'document', file, operation: name === 'default' ? null : name }];
  const names = moduleOf(file);
  if (names === null) return unknownImport;
  const found = reachExport(reader, names, name, use);
  if (found !== null) return found;
  const { path } = names.tree.file;
  return [unknown('not-found', `${name} of ${path}`, use.names.tree.file, use.node.start)];
}

const importedName = (node: Node): string => (node.type === 'Identifier' ? node.name : node.type === 'Literal' ? String(node.value) : '');
