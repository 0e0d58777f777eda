/** Values of Terraform's expressions, as far as the configuration alone tells. */
import { type Path, Unknown, type Value } from '../value.ts';
import { attributesOf, blocksOf, referencesIn, type SyntaxNode } from './terraform-syntax.ts';

/** What an expression may look up. */
export interface Scope {
  /** The expression of a local value, or null. */
  local(name: string): SyntaxNode | null;
  /** Address of the resource or data source that a reference leads to, or null. */
  resource(reference: string): string | null;
}

type Note = (path: Path, node: SyntaxNode) => void;

/** Attributes and blocks of a body; blocks are lists, as in Terraform's plan. `note` is told where each value stands. */
export function fieldsOf(body: SyntaxNode | null, scope: Scope, note: Note, path: Path = []): Readonly<Record<string, Value>> {
  const fields: Record<string, Value> = {};
  for (const { name, value, node } of attributesOf(body)) {
    note([...path, name], node);
    fields[name] = evaluate(value, scope, note, [...path, name], 0);
  }
  for (const [kind, blocks] of Map.groupBy(blocksOf(body), (block) => block.kind)) {
    if (kind === 'dynamic') {
      for (const { labels, node } of blocks) {
        note([...path, labels[0] ?? ''], node);
        fields[labels[0] ?? ''] = new Unknown('a dynamic block', known(node, scope));
      }
      continue;
    }
    fields[kind] = blocks.map((block, index) => {
      note([...path, kind, index], block.node);
      return fieldsOf(block.body, scope, note, [...path, kind, index]);
    });
  }
  return fields;
}

/** Longest chain of local values that is followed; a cycle among them is a finding of its own. */
const LONGEST = 30;

function evaluate(node: SyntaxNode, scope: Scope, note: Note, path: Path, followed: number): Value {
  const inner = (child: SyntaxNode, step?: string | number) =>
    evaluate(child, scope, note, step === undefined ? path : [...path, step], followed);
  const [first, ...more] = node.namedChildren;
  switch (node.type) {
    case 'expression':
      if (first?.type === 'variable_expr') return lookUp(node, scope, path, followed);
      return first !== undefined && more.length === 0 ? inner(first) : unknown(node, scope);
    case 'literal_value':
    case 'collection_value':
      return first === undefined ? unknown(node, scope) : inner(first);
    case 'template_expr':
      return first === undefined ? '' : templateOf(first, scope, note, path, followed);
    case 'string_lit':
      return unescaped(
        node.namedChildren
          .filter(({ type }) => type === 'template_literal')
          .map(({ text }) => text)
          .join(''),
      );
    case 'numeric_lit':
      return Number(node.text);
    case 'bool_lit':
      return node.text === 'true';
    case 'null_lit':
      return null;
    case 'tuple': {
      const items = node.namedChildren.filter(({ type }) => type === 'expression');
      return items.map((item, index) => {
        note([...path, index], item);
        return inner(item, index);
      });
    }
    case 'object':
      return Object.fromEntries(
        node.namedChildren
          .filter(({ type }) => type === 'object_elem')
          .map((element) => {
            const key = (element.childForFieldName('key')?.text ?? '').replaceAll(/^"|"$/g, '');
            const value = element.childForFieldName('val');
            note([...path, key], element);
            return [key, value === null ? null : inner(value, key)] as const;
          }),
      );
    case 'function_call':
      return called(node, scope, note, path, followed);
    default:
      return unknown(node, scope);
  }
}

function lookUp(node: SyntaxNode, scope: Scope, path: Path, followed: number): Value {
  const [reference = ''] = referencesIn(node);
  const [head, name = '', ...rest] = reference.split('.');
  if (head === 'var') return new Unknown(`variable ${name}`);
  const local =
    head === 'local' && rest.length === 0 && !node.namedChildren.some(({ type }) => type === 'index' || type === 'splat')
      ? scope.local(name)
      : null;
  if (local !== null && followed < LONGEST) return evaluate(local, scope, () => {}, path, followed + 1);
  return unknown(node, scope);
}

/** A text in which other values stand. */
function templateOf(node: SyntaxNode, scope: Scope, note: Note, path: Path, followed: number): Value {
  const parts = node.namedChildren.flatMap((part): readonly Value[] => {
    if (part.type === 'template_literal') return [unescaped(part.text)];
    if (part.type === 'template_interpolation') {
      const expression = part.namedChildren.find(({ type }) => type === 'expression');
      return [expression === undefined ? unknown(part, scope) : evaluate(expression, scope, note, path, followed)];
    }
    return part.type === 'template_directive' ? [unknown(part, scope)] : [];
  });
  if (parts.every((part) => typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean')) return parts.join('');
  const literal = parts.map((part) => (part instanceof Unknown ? part.knownPart : String(part))).join('');
  const reasons = parts.filter((part) => part instanceof Unknown).map(({ reason }) => reason);
  return new Unknown([...new Set(reasons)].join(', '), known(node, scope), literal);
}

/** `jsonencode` of what is known; any other function is Terraform's to call. */
function called(node: SyntaxNode, scope: Scope, note: Note, path: Path, followed: number): Value {
  const [name, list] = node.namedChildren;
  const [argument, ...others] = list?.namedChildren ?? [];
  if (name?.text !== 'jsonencode' || argument === undefined || others.length > 0) return unknown(node, scope);
  const value = evaluate(argument, scope, note, path, followed);
  return holdsUnknown(value) ? unknown(node, scope) : JSON.stringify(value);
}

const holdsUnknown = (value: Value): boolean =>
  value instanceof Unknown || (typeof value === 'object' && value !== null && Object.values(value).some((one) => holdsUnknown(one)));

const known = (node: SyntaxNode, scope: Scope): readonly string[] => [
  ...new Set(referencesIn(node).flatMap((reference) => scope.resource(reference) ?? [])),
];

const unknown = (node: SyntaxNode, scope: Scope): Unknown => {
  const [named = 'an expression'] = referencesIn(node);
  return new Unknown(`${named}, known when Terraform plans`, known(node, scope));
};

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
const unescaped = (text: string): string =>
  text.replaceAll(/\\(["\\nrt])/g, (_, one: string) => escapes[one] ?? one).replaceAll('$$' + '{', '$' + '{');
