/** Documents that a generator wrote as syntax trees: `{"kind":"Document","definitions":[…]}`. */
import { type ASTNode, type DocumentNode, Kind, parse, print } from 'graphql';
import type { Node } from 'oxc-parser';
import { type Run, type TextValue, text } from '../text-value.ts';
import { keyName } from './bindings.ts';
import { unwrapped } from './reach.ts';
import { type Reader, type Spot, spotAt } from './reader.ts';

interface Plain {
  readonly value: unknown;
  /** Where each string stands that is the value of a name. */
  readonly names: { readonly text: string; readonly spot: Spot }[];
}

/** The text of a document that is written as an object, its names where they stand; null for any other object, or when a part is not known. */
export function printedDocument(reader: Reader, spot: Spot): TextValue | null {
  const node = spot.node;
  if (node.type !== 'ObjectExpression' || !hasKind(node, Kind.DOCUMENT)) return null;
  const plain: Plain = { value: null, names: [] };
  const value = plainValue(reader, spot, plain.names);
  if (value === missing) return null;
  try {
    const printed = print(value as DocumentNode);
    return text(placed(printed, plain.names, spot));
  } catch {
    return null;
  }
}

/** Whether an object is written as a document's syntax tree. */
export const isDocumentNode = (node: Node): boolean => node.type === 'ObjectExpression' && hasKind(node, Kind.DOCUMENT);

const missing = Symbol('missing');

const hasKind = (node: Node & { type: 'ObjectExpression' }, kind: string): boolean =>
  node.properties.some(
    (property) =>
      property.type === 'Property' &&
      keyName(property.key, property.computed) === 'kind' &&
      property.value.type === 'Literal' &&
      property.value.value === kind,
  );

function plainValue(reader: Reader, spot: Spot, names: Plain['names']): unknown {
  for (const one of [{ ...spot, node: unwrapped(spot.node) }, ...reader.reach(spot)]) {
    if (one.kind !== 'spot') continue;
    const { node } = one;
    if (node.type === 'Literal') return node.value;
    if (node.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked;
    if (node.type === 'ArrayExpression') return plainList(reader, one, names);
    if (node.type === 'ObjectExpression') return plainObject(reader, one, names);
  }
  return missing;
}

function plainList(reader: Reader, spot: Spot, names: Plain['names']): unknown {
  if (spot.node.type !== 'ArrayExpression') return missing;
  const items: unknown[] = [];
  for (const element of spot.node.elements) {
    if (element === null) return missing;
    const value = plainValue(reader, spotAt(element.type === 'SpreadElement' ? element.argument : element, spot), names);
    if (value === missing) return missing;
    if (element.type === 'SpreadElement') items.push(...(Array.isArray(value) ? value : []));
    else items.push(value);
  }
  return items;
}

function plainObject(reader: Reader, spot: Spot, names: Plain['names']): unknown {
  if (spot.node.type !== 'ObjectExpression') return missing;
  const object: Record<string, unknown> = {};
  for (const property of spot.node.properties) {
    if (property.type === 'SpreadElement') return missing;
    const key = keyName(property.key, property.computed);
    if (key === null) return missing;
    const value = key === 'loc' ? null : plainValue(reader, spotAt(property.value, spot), names);
    if (value === missing) return missing;
    if (key !== 'loc') object[key] = value;
    if (key === 'value' && hasKind(spot.node, Kind.NAME) && typeof value === 'string')
      names.push({ text: value, spot: spotAt(property.value, spot) });
  }
  return object;
}

/** Printing keeps the order of names, so that each can be found again where the program wrote it. */
function placed(printed: string, names: Plain['names'], spot: Spot): readonly Run[] {
  const places = namesIn(parse(printed, { noLocation: false }));
  const { file } = spot.names.tree;
  if (places.length !== names.length) return [{ text: printed, file, at: spot.node.start, verbatim: false }];
  // Generators write `name` after `alias` and before the rest, but need not; by text they are found in any order.
  const byText = Map.groupBy(names, (name) => name.text);
  const runs: Run[] = [];
  let from = 0;
  for (const { start, end } of places) {
    const name = byText.get(printed.slice(start, end))?.shift();
    if (start > from) runs.push({ text: printed.slice(from, start), file, at: spot.node.start, verbatim: false });
    runs.push({
      text: printed.slice(start, end),
      file: name?.spot.names.tree.file ?? file,
      at: (name?.spot.node.start ?? spot.node.start) + (name ? 1 : 0),
      verbatim: name !== undefined,
    });
    from = end;
  }
  if (from < printed.length) runs.push({ text: printed.slice(from), file, at: spot.node.start, verbatim: false });
  return runs;
}

function namesIn(node: ASTNode): readonly { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) visit(one);
    else if (typeof value === 'object' && value !== null && 'kind' in value) {
      const one = value as ASTNode;
      if (one.kind === Kind.NAME && one.loc) found.push({ start: one.loc.start, end: one.loc.end });
      for (const [key, child] of Object.entries(one)) if (key !== 'loc') visit(child);
    }
  };
  visit(node);
  return found.sort((a, b) => a.start - b.start);
}
