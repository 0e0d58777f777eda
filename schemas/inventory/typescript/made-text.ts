/** What the largest expressions of a file make: which are documents, which cannot be told, which are nothing of ours. */
import type { Node } from 'oxc-parser';
import { type Shape, shapeOf, shapeOfMarked } from '../executable-shape.ts';
import { beginningOf as beginning, firstVariant, sizeOf } from '../text-size.ts';
import { choice, isUnknown, type Run, type TextValue, type Unknown, unknown, type Variant, variantsOf } from '../text-value.ts';
import { bindingAt, isFunction, type Names, parentOf } from './bindings.ts';
import { bodyOf } from './function-body.ts';
import { unwrapped } from './reach.ts';
import { type Reader, type Spot, sourceOf, spotAt } from './reader.ts';
import { rootsOf } from './roots.ts';
import { keepsText, marksGraphql, nameOfTag, takesOffIndent } from './tags.ts';
import { textOfReached, valueOfWritten } from './written-variable.ts';

/** Longest text that is read as one document. */
const LONGEST = 2_000_000;
/** Most characters that are read as documents for one file: a thousand constants that each add to the one before make a million times their text. */
const MOST_CHARACTERS = 20_000_000;

/** An expression that makes GraphQL, or may. */
export interface Made {
  readonly node: Node;
  readonly names: Names;
  /** Where it begins. */
  readonly at: number;
  readonly variants: readonly Variant[];
  readonly shapes: readonly Shape[];
  /** Why not all of it is known. */
  readonly hole: Unknown | null;
}

export const isGraphql = (made: Made | null): made is Made =>
  made?.shapes.some((shape) => shape === 'document' || shape === 'broken') === true;

/** Reads what expressions make, each once. */
export class Maker {
  readonly reader: Reader;
  readonly #made = new Map<Node, Made | null>();
  readonly #demanded = new Map<Node, Made | null>();

  #characters = 0;
  /** What functions give back that are called without changing it. */
  readonly usedAsIs = new Set<Node>();

  constructor(reader: Reader) {
    this.reader = reader;
  }

  /** What a root makes; null when it makes nothing of its own or nothing that looks like GraphQL. `demanded`: it stands where GraphQL goes. */
  make(node: Node, names: Names, demanded = false): Made | null {
    const marked = demanded || rootsOf(names).marked.has(node);
    const memo = marked ? this.#demanded : this.#made;
    let made = memo.get(node);
    if (made === undefined) {
      made = this.isReference(node, names) ? null : this.#read(node, names, marked);
      memo.set(node, made);
    }
    return made;
  }

  #read(node: Node, names: Names, marked: boolean): Made | null {
    if (!marked && !mayBegin(node)) return null;
    const spot = spotAt(withFragments(node, names), { names, frame: null });
    const value = node.type === 'VariableDeclarator' ? this.#written(spot) : this.reader.textOf(spot);
    const shape = marked ? shapeOfMarked : shapeOf;
    const at = node.type === 'VariableDeclarator' ? beginningOf(value, node, names) : node.start;
    const tooMany = unknown('too-many-variants', sourceOf(node, names), names.tree.file, node.start);
    this.#characters += sizeOf(value);
    if (sizeOf(value) > LONGEST || this.#characters > MOST_CHARACTERS) {
      const begins = beginning(value);
      return { node, names, at, variants: [[...begins, tooMany]], shapes: [shape(begins)], hole: tooMany };
    }
    const [leading] = beginning(value, 1);
    // A variable that begins like a document stays one, whatever is done to it that is not read.
    if (node.type === 'VariableDeclarator' && node.init && leading !== undefined && isUnknown(leading)) {
      const begun = [...beginning(this.reader.textOf(spotAt(node.init, spot))), leading];
      return { node, names, at, variants: [begun], shapes: [shape(begun)], hole: leading };
    }
    const variants = variantsOf(value);
    if (variants === null) {
      const first = firstVariant(value);
      return { node, names, at, variants: [[...first, tooMany]], shapes: [shape(first)], hole: tooMany };
    }
    return { node, names, at, variants, shapes: variants.map(shape), hole: variants.flat().find(isUnknown) ?? null };
  }

  #written(spot: Spot): TextValue {
    const { node, names } = spot;
    const binding = node.type === 'VariableDeclarator' && node.id.type === 'Identifier' ? bindingAt(names, node.id.name, node) : null;
    if (binding === null) return unknown('not-found', '', names.tree.file, node.start);
    return choice(valueOfWritten(this.reader, binding, spot).map((one) => textOfReached(this.reader, one)));
  }

  /** An expression that only names, calls or trims what another makes; the other is the document. */
  isReference(node: Node, names: Names): boolean {
    let plain = unwrapped(node);
    for (;;) {
      const inner = trimmedBy(plain);
      if (inner === null) break;
      plain = unwrapped(inner);
    }
    if (plain.type === 'Identifier' || plain.type === 'MemberExpression') return true;
    if (plain.type !== 'CallExpression') return false;
    return marksGraphql(plain.callee, names) || keepsText(plain.callee, names) || this.#callsForNothing(plain, names);
  }

  /** Whether a call makes what its function makes whatever it is given. */
  #callsForNothing(call: Node & { type: 'CallExpression' }, names: Names): boolean {
    const at = spotAt(call, { names, frame: null });
    const callee = unwrapped(call.callee);
    if (callee.type !== 'Identifier' && callee.type !== 'MemberExpression') return false;
    const functions = this.reader.reach(spotAt(callee, at)).filter((one): one is Spot => one.kind === 'spot' && isFunction(one.node));
    // A call that is not read makes nothing that is known; one of a text's own methods makes another text.
    if (functions.length === 0)
      return (
        !(callee.type === 'MemberExpression' && makesText.test(nameOfTag(callee) ?? '')) &&
        !takesOffIndent(nameOfTag(callee)) &&
        nameOfTag(callee) !== 'String'
      );
    const unbound = functions.flatMap((fn) =>
      (isFunction(fn.node) ? bodyOf(fn.node).returns : []).map((one) => this.reader.textOf(spotAt(one, { names: fn.names, frame: null }))),
    );
    const all = choice(unbound);
    const bound = this.reader.textOf(at);
    if (sizeOf(all) > LONGEST || sizeOf(bound) > LONGEST) return false;
    const texts = new Set((variantsOf(all) ?? []).map(keyOf));
    const plain = (variantsOf(bound) ?? [[]]).every(
      (variant) => texts.has(keyOf(variant)) && !variant.some((one) => isUnknown(one) && one.reason === 'parameter' && variant.length > 1),
    );
    if (plain)
      for (const fn of functions) for (const one of isFunction(fn.node) ? bodyOf(fn.node).returns : []) this.usedAsIs.add(unwrapped(one));
    return plain;
  }
}

const makesText = /^(?:join|concat|replace|replaceAll|repeat|slice|substring|toLowerCase|toUpperCase|padStart|padEnd)$/;

/** What `text.trim()` and `${text}` are of. */
function trimmedBy(node: Node): Node | null {
  if (node.type === 'TemplateLiteral') {
    const [only] = node.expressions;
    return only !== undefined && node.expressions.length === 1 && node.quasis.every((quasi) => quasi.value.raw.trim() === '') ? only : null;
  }
  const callee = node.type === 'CallExpression' ? unwrapped(node.callee) : null;
  if (callee?.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return null;
  return /^(?:trim(?:Start|End)?|toString|valueOf)$/.test(callee.property.name) ? callee.object : null;
}

const keyOf = (variant: Variant): string => variant.map((one) => (isUnknown(one) ? `\0${one.reason}` : one.text)).join('');

/** gql.tada's graphql() takes the fragments of a document beside it; the call is what makes the text. */
function withFragments(node: Node, names: Names): Node {
  const call = parentOf(node);
  const isCall = call?.type === 'CallExpression' && call.arguments[0] === node && call.arguments[1]?.type === 'ArrayExpression';
  return isCall && marksGraphql(call.callee, names) ? call : node;
}

/** Whether the beginning of an expression's own text rules GraphQL out, so that the rest need not be read. */
function mayBegin(node: Node): boolean {
  const plain = unwrapped(node);
  let text: string | null = null;
  if (plain.type === 'Literal') text = String(plain.value);
  else if (plain.type === 'TemplateLiteral') text = begun(plain);
  else if (plain.type === 'TaggedTemplateExpression') text = begun(plain.quasi);
  else if (plain.type === 'BinaryExpression') {
    let left: Node = plain;
    while (left.type === 'BinaryExpression') left = unwrapped(left.left);
    text = left.type === 'Literal' ? String(left.value) : left.type === 'TemplateLiteral' ? begun(left) : null;
  }
  return text === null || /^(?:[\s,\uFEFF]|#[^\n\r]*)*(?:$|query\b|mutation\b|subscription\b|fragment\b|\{)/.test(text);
}

function begun(template: Node & { type: 'TemplateLiteral' }): string | null {
  const first = template.quasis[0]?.value.cooked ?? '';
  return first.trim() === '' && template.expressions.length > 0 ? null : first;
}

/** Where the first text of a variable that is put together stands, or its declaration. */
function beginningOf(value: TextValue, node: Node, names: Names): number {
  const init = node.type === 'VariableDeclarator' ? node.init : null;
  const first = firstVariant(value).find((one): one is Run => !isUnknown(one) && one.file === names.tree.file);
  if (init && init.type !== 'Identifier' && !(init.type === 'Literal' && (init.value === null || init.value === ''))) return init.start;
  const root = first === undefined ? null : innermostRoot(names, first.at);
  return root?.start ?? node.start;
}

/** The smallest root around an offset. */
export function innermostRoot(names: Names, at: number): Node | null {
  const { made } = rootsOf(names);
  let low = 0;
  let high = made.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((made[middle]?.start ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  for (let index = low, steps = 0; index >= 0 && steps < 200; index--, steps++) {
    const root = made[index];
    if (root !== undefined && root.type !== 'VariableDeclarator' && root.start <= at && at < root.end) return root;
  }
  return null;
}
