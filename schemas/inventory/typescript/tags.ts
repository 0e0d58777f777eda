/** Names by which GraphQL is marked in a program. */
import type { Node } from 'oxc-parser';
import { bindingAt, type Names, parentOf } from './bindings.ts';
import { unwrapped } from './reach.ts';

const packages =
  /^(?:graphql-tag(?:\/.*)?|graphql-tag\.macro|@apollo\/client(?:\/.*)?|apollo-boost|react-relay(?:\/.*)?|babel-plugin-relay\/macro|gatsby|urql|@urql\/.*|graphql-request|gql\.tada|graphql\.macro)$/;

/** The last name of `gql`, `api.gql` or `graphql.experimental`, or null. */
export function nameOfTag(tag: Node): string | null {
  let node = unwrapped(tag);
  while (node.type === 'CallExpression') node = unwrapped(node.callee);
  if (node.type === 'Identifier') return node.name;
  return node.type === 'MemberExpression' && !node.computed && node.property.type === 'Identifier' ? node.property.name : null;
}

/** Whether what a tag or function of this name is given is GraphQL: it is called so, or imported as such. */
export function marksGraphql(tag: Node, names: Names): boolean {
  const name = nameOfTag(tag);
  if (name === null) return false;
  const node = unwrapped(tag);
  if (node.type === 'CallExpression') return false;
  if (/gql$/i.test(name) || name === 'graphql') return true;
  const imported = importOf(node, names);
  return (
    imported !== null &&
    ((packages.test(imported.from) && imported.name === 'default' && /^graphql-tag|macro$/.test(imported.from)) ||
      /^(?:gql|graphql)$/.test(imported.name))
  );
}

/** The module and the name that an identifier is imported as, or null. */
export function importOf(node: Node, names: Names): { readonly from: string; readonly name: string } | null {
  let root = node;
  while (root.type === 'MemberExpression') root = unwrapped(root.object);
  const binding = root.type === 'Identifier' ? bindingAt(names, root.name, root) : null;
  if (binding?.kind !== 'import') return null;
  const declaration = parentOf(binding.node);
  if (declaration?.type !== 'ImportDeclaration') return null;
  const specifier = binding.node;
  const imported = specifier.type === 'ImportSpecifier' ? specifier.imported : null;
  return {
    from: declaration.source.value,
    name:
      imported === null
        ? specifier.type === 'ImportDefaultSpecifier'
          ? 'default'
          : '*'
        : imported.type === 'Identifier'
          ? imported.name
          : String(imported.type === 'Literal' ? imported.value : ''),
  };
}

/** Tags whose documents hold each fragment once, however often it was interpolated. graphql-request's only joins text. */
export const mergesFragments = (tag: Node, names: Names): boolean => importOf(unwrapped(tag), names)?.from !== 'graphql-request';

/** `parse(text)` and `print(document)` of graphql-js, `String(text)`: their text is what they are given. */
export function keepsText(callee: Node, names: Names): boolean {
  const node = unwrapped(callee);
  if (node.type !== 'Identifier' && node.type !== 'MemberExpression') return false;
  const name = nameOfTag(node);
  if (name === 'String') return node.type === 'Identifier' && bindingAt(names, 'String', node) === null;
  if (name === null || !/^(?:parse|print|stripIgnoredCharacters)$/.test(name)) return false;
  return /^@?graphql\b/.test(importOf(node, names)?.from ?? '');
}

/** Tags and functions that take the indentation off a text. */
export const takesOffIndent = (name: string | null): boolean =>
  name !== null && /^(?:dedent|outdent|undent|stripIndents?|ts-dedent|endent)$/i.test(name);
