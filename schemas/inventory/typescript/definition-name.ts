/** The definition around an expression, as a waiver names it. */
import type { Node } from 'oxc-parser';
import { isFunction, keyName, parentOf } from './bindings.ts';

/**
 * Functions, classes and methods from the outside in, joined by dots; outside of any function the variable and the keys as well: `Client.getPolicy`,
 * `POLICY_QUERY`, `QUERIES.policy`; `<module>` where nothing has a name.
 */
export function definitionName(node: Node): string {
  const names: { readonly name: string; readonly local: boolean }[] = [];
  for (let one: Node | null = node; one !== null; one = parentOf(one)) {
    const name = isArgument(one) ? null : nameOf(one);
    if (name !== null) names.unshift({ name, local: !isDefinition(one) });
  }
  const last = names.findLastIndex(({ local }) => !local);
  const insideFunction = names.slice(0, last + 1).filter(({ local }, index) => !local || index < last);
  const path = last >= 0 && !isClassOnly(node) ? insideFunction : names;
  return path.map(({ name }) => name).join('.') || '<module>';
}

/** A key of an object that is handed to a call says nothing of where it is; `Object.freeze` hands it back. */
function isArgument(node: Node): boolean {
  if (node.type !== 'Property' || isFunction(node.value)) return false;
  for (let one: Node | null = parentOf(node); one !== null; one = parentOf(one)) {
    const up = parentOf(one);
    if (up?.type === 'CallExpression')
      return !(up.callee.type === 'MemberExpression' && up.callee.object.type === 'Identifier' && up.callee.object.name === 'Object');
    if (up?.type !== 'Property' && !/^(?:Object|TS\w+)Expression$/.test(one.type)) return false;
  }
  return false;
}

/** Whether no named function stands around, so that variables and keys are the best name. */
function isClassOnly(node: Node): boolean {
  for (let one: Node | null = node; one !== null; one = parentOf(one)) if (isFunction(one) && namedFunction(one) !== null) return false;
  return true;
}

const isDefinition = (node: Node): boolean => {
  if (node.type === 'ClassDeclaration' || node.type === 'ClassExpression') return true;
  if (isFunction(node)) return true;
  if (node.type === 'MethodDefinition') return true;
  return (
    (node.type === 'VariableDeclarator' && isFunction(node.init)) ||
    ((node.type === 'Property' || node.type === 'PropertyDefinition') && isFunction(node.value))
  );
};

function namedFunction(node: Node): string | null {
  const parent = parentOf(node);
  if (isFunction(node) && node.id) return node.id.name;
  if (parent?.type === 'MethodDefinition' || parent?.type === 'PropertyDefinition' || parent?.type === 'Property')
    return keyName(parent.key, parent.computed);
  return parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && parent.init === node ? parent.id.name : null;
}

function nameOf(node: Node): string | null {
  switch (node.type) {
    case 'VariableDeclarator':
      return node.id.type === 'Identifier' ? node.id.name : null;
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
      return keyName(node.key, node.computed);
    case 'TSEnumMember':
      return keyName(node.id, false);
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
      return node.id?.type === 'Identifier' ? node.id.name : null;
    case 'FunctionExpression':
      return node.id && parentOf(node)?.type !== 'VariableDeclarator' ? node.id.name : null;
    default:
      return null;
  }
}
