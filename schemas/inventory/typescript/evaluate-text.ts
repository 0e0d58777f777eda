/** What an expression of a program makes as text. */
import type { Node } from 'oxc-parser';
import { choice, joined, mapped, type Run, type TextValue, text } from '../text-value.ts';
import type { NodeOf } from './bindings.ts';
import { printedDocument } from './document-node.ts';
import { joinedElements } from './joined-elements.ts';
import { cookedRuns, rawRuns } from './literal-runs.ts';
import { unknownAt, unwrapped } from './reach.ts';
import { type Reader, type Spot, sourceOf, spotAt } from './reader.ts';
import { keepsText, marksGraphql, mergesFragments, nameOfTag, takesOffIndent } from './tags.ts';
import { dedented, replaced, trimmed } from './text-operations.ts';
import { together } from './together.ts';
import { textOfReached } from './written-variable.ts';

/** Text of one expression; the reader sees to circles and depth. */
export function evaluateText(reader: Reader, spot: Spot): TextValue {
  const node = unwrapped(spot.node);
  const { names } = spot;
  const { file } = names.tree;
  switch (node.type) {
    case 'Literal':
      if (typeof node.value === 'string') return text(cookedRuns(file, node.start + 1, node.end - 1));
      return text([{ text: String(node.value), file, at: node.start, verbatim: node.raw === String(node.value) }]);
    case 'TemplateLiteral':
      return together(partsOfTemplate(reader, node, spot));
    case 'TaggedTemplateExpression':
      return textOfTagged(reader, node, spot);
    case 'BinaryExpression':
      return node.operator === '+'
        ? together(termsOf(node).map((term) => textInside(reader, spotAt(term, spot))))
        : unknownAt(spot, 'operator');
    case 'NewExpression':
      return node.arguments[0] && nameOfTag(node.callee) === 'TypedDocumentString'
        ? reader.textOf(spotAt(node.arguments[0], spot))
        : unknownAt(spot, 'call');
    case 'ObjectExpression':
      return printedDocument(reader, spotAt(node, spot)) ?? unknownAt(spot, 'operator');
    case 'CallExpression': {
      const made = textOfCall(reader, node, spot);
      if (made !== null) return made;
      break;
    }
    case 'Identifier':
      if (node.name === 'undefined') return text([{ text: 'undefined', file, at: node.start, verbatim: true }]);
      break;
    case 'ArrayExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'ClassExpression':
    case 'UnaryExpression':
    case 'TSEnumDeclaration':
      return unknownAt(spot, 'operator');
  }
  const reached = reader.reach(spotAt(node, spot));
  return choice(
    reached.map((one) =>
      one.kind === 'spot' && one.node === node && one.frame === spot.frame ? unmade(spot, node) : textOfReached(reader, one),
    ),
  );
}

const unmade = (spot: Spot, node: Node) =>
  unknownAt(
    spot,
    node.type === 'CallExpression' ? 'call' : node.type === 'MemberExpression' || node.type === 'ThisExpression' ? 'attribute' : 'operator',
  );

/** Text of an expression inside a larger text, where nothing (`false && …`) is written out as JavaScript does. */
function textInside(reader: Reader, spot: Spot): TextValue {
  const node = unwrapped(spot.node);
  if (node.type !== 'LogicalExpression' || node.operator !== '&&') return reader.textOf(spot);
  const nothing: Run = { text: 'false', file: spot.names.tree.file, at: node.start, verbatim: false };
  return choice([reader.textOf(spotAt(node.right, spot)), text([nothing])]);
}

/** The terms of a sum from left to right; a sum of thousands is as deep, so that it is taken apart without recursion. */
export function termsOf(sum: Node): readonly Node[] {
  const terms: Node[] = [];
  let left: Node = sum;
  while (left.type === 'BinaryExpression' && left.operator === '+') {
    terms.push(left.right);
    left = unwrapped(left.left);
  }
  terms.push(left);
  return terms.reverse();
}

function partsOfTemplate(reader: Reader, node: NodeOf<'TemplateLiteral'>, spot: Spot, raw = false): readonly TextValue[] {
  const { file } = spot.names.tree;
  return node.quasis.flatMap((quasi, index) => {
    const hole = node.expressions[index];
    const [start, end] = insideOf(quasi);
    const here = text((raw ? rawRuns : cookedRuns)(file, start, end));
    return hole === undefined ? [here] : [here, textInside(reader, spotAt(hole, spot))];
  });
}

/** The source of a piece of a template without the signs around it. */
const insideOf = (quasi: NodeOf<'TemplateElement'>): readonly [number, number] => [quasi.start + 1, quasi.end - (quasi.tail ? 1 : 2)];

function textOfTagged(reader: Reader, node: NodeOf<'TaggedTemplateExpression'>, spot: Spot): TextValue {
  const name = nameOfTag(node.tag);
  if (sourceOf(node.tag, spot.names) === 'String.raw') return joined(partsOfTemplate(reader, node.quasi, spot, true));
  if (takesOffIndent(name)) return mapped(joined(partsOfTemplate(reader, node.quasi, spot)), dedented);
  if (!marksGraphql(node.tag, spot.names)) {
    const holes = node.quasi.expressions.length > 0;
    return holes ? unknownAt(spot, 'call') : joined(partsOfTemplate(reader, node.quasi, spot));
  }
  const parts = partsOfTemplate(reader, node.quasi, spot);
  const own = marked(joined(parts), spot);
  return mergesFragments(node.tag, spot.names) ? mapped(own, onceEach) : own;
}

/** Runs that stand in a tagged template outside of any call: the same ones again are the same definitions again. */
const ofTag = new WeakSet<Run>();

function marked(value: TextValue, spot: Spot): TextValue {
  if (spot.frame !== null || value.kind !== 'joined') return value;
  for (const part of value.parts) if (part.kind === 'text') for (const run of part.runs) if (isInside(run, spot)) ofTag.add(run);
  return value;
}

const isInside = (run: Run, { node, names }: Spot): boolean => run.file === names.tree.file && run.at >= node.start && run.at < node.end;

/** What graphql-tag does with a fragment that two others interpolate. */
function onceEach(runs: readonly Run[]): readonly Run[] {
  const seen = new Set<Run>();
  return runs.filter((run) => !ofTag.has(run) || (seen.has(run) ? false : seen.add(run)));
}

function textOfCall(reader: Reader, node: NodeOf<'CallExpression'>, spot: Spot): TextValue | null {
  const callee = unwrapped(node.callee);
  const first = node.arguments[0];
  const given = first === undefined || first.type === 'SpreadElement' ? null : spotAt(first, spot);
  const name = nameOfTag(callee);
  if (given !== null && (marksGraphql(callee, spot.names) || keepsText(callee, spot.names))) {
    const own = reader.textOf(given);
    const fragments = node.arguments[1];
    // gql.tada's graphql() takes the fragments that a document uses as a list beside it.
    if (fragments?.type !== 'ArrayExpression' || !marksGraphql(callee, spot.names)) return own;
    const more = fragments.elements.flatMap((one) =>
      one && one.type !== 'SpreadElement' ? [newLine(spot, one), reader.textOf(spotAt(one, spot))] : [],
    );
    return joined([own, ...more]);
  }
  if (given !== null && takesOffIndent(name)) return mapped(reader.textOf(given), dedented);
  if (callee.type !== 'MemberExpression' || name === null) return null;
  const of = spotAt(callee.object, spot);
  switch (name) {
    case 'trim':
      return mapped(reader.textOf(of), trimmed(true, true));
    case 'trimStart':
    case 'trimLeft':
      return mapped(reader.textOf(of), trimmed(true, false));
    case 'trimEnd':
    case 'trimRight':
      return mapped(reader.textOf(of), trimmed(false, true));
    case 'toString':
    case 'valueOf':
      return ownMethod(reader, of) ? null : reader.textOf(of);
    case 'concat':
      return joined([
        reader.textOf(of),
        ...node.arguments.map((one) => (one.type === 'SpreadElement' ? unknownAt(spot, 'call') : reader.textOf(spotAt(one, spot)))),
      ]);
    case 'join':
      return joinedElements(reader, of, given, spot);
    case 'replace':
    case 'replaceAll':
      return textOfReplace(reader, node, of, spot, name === 'replaceAll');
    case 'repeat': {
      const times = first?.type === 'Literal' && typeof first.value === 'number' ? first.value : null;
      return times === null || times > 100 ? unknownAt(spot, 'call') : joined(Array.from({ length: times }, () => reader.textOf(of)));
    }
    case 'slice':
    case 'substring':
    case 'toLowerCase':
    case 'toUpperCase':
    case 'padStart':
    case 'padEnd':
      return unknownAt(spot, 'call');
    default:
      return null;
  }
}

/** Whether a value is an object of the program whose own method is meant. */
const ownMethod = (reader: Reader, of: Spot): boolean =>
  reader.reach(of).some((one) => one.kind === 'spot' && /^(?:Object|Class|New)/.test(one.node.type));

const newLine = (spot: Spot, node: Node): TextValue => text([{ text: '\n', file: spot.names.tree.file, at: node.start, verbatim: false }]);

function textOfReplace(reader: Reader, node: NodeOf<'CallExpression'>, of: Spot, spot: Spot, all: boolean): TextValue {
  const [pattern, by] = node.arguments;
  const replacement = by && by.type !== 'SpreadElement' ? knownText(reader, spotAt(by, spot)) : null;
  if (pattern === undefined || pattern.type === 'SpreadElement' || replacement === null || /\$[$&`'\d<]/.test(replacement))
    return unknownAt(spot, 'call');
  const from = unwrapped(pattern);
  if (from.type === 'Literal' && 'regex' in from && from.value instanceof RegExp) {
    // A pattern with groups may take exponential time; white space and names, which is what programs replace, need none.
    if (/[()]/.test(from.regex.pattern)) return unknownAt(spot, 'call');
    return mapped(reader.textOf(of), replaced(from.value, replacement, from.value.global));
  }
  const literal = knownText(reader, spotAt(pattern, spot));
  return literal === null || literal === '' ? unknownAt(spot, 'call') : mapped(reader.textOf(of), replaced(literal, replacement, all));
}

/** The one text that an expression is, or null. */
export function knownText(reader: Reader, spot: Spot): string | null {
  const value = reader.textOf(spot);
  const parts = value.kind === 'text' ? [value] : value.kind === 'joined' ? value.parts : [];
  if (parts.length === 0 && value.kind !== 'text' && value.kind !== 'joined') return null;
  return parts.every((part) => part.kind === 'text')
    ? parts.map((part) => (part.kind === 'text' ? part.runs.map((run) => run.text).join('') : '')).join('')
    : null;
}
