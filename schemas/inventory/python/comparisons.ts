/** Comparisons, and those of `__typename` with the name of a type (C-07). */
import type { SyntaxNode } from '@lezer/common';
import { evaluate } from './expressions.ts';
import type { Frame } from './frame.ts';
import { flatten } from './state.ts';
import { childrenOf, sourceOf } from './syntax.ts';
import { alternativesOf, forced, notKnown, plainOf, type Text, type Value } from './value.ts';

const NAME = /^[_A-Za-z][_0-9A-Za-z]*$/;
const EQUALS = new Set(['==', '!=', 'is', 'is not', 'in', 'not in']);

/** What a comparison gives; tells of every type's name that `__typename` is compared with. */
export function compare(operator: string, left: SyntaxNode, right: SyntaxNode, node: SyntaxNode, frame: Frame): Value {
  const [one, other] = [evaluate(left, frame), evaluate(right, frame)];
  if (frame.recording && EQUALS.has(operator)) {
    if (isTypename(one)) tellAll(other, frame);
    else if (isTypename(other)) tellAll(one, frame);
  }
  const place = { file: frame.file, at: node.from };
  const answer = (value: boolean): Value => ({ kind: 'scalar', type: 'boolean', value, ...place });
  if (operator === '==' || operator === '!=') {
    const [a, b] = [plainOf(one), plainOf(other)];
    if (a !== null && b !== null) return answer((a === b) === (operator === '=='));
  }
  if (operator === 'is' || operator === 'is not') {
    const [a, b] = [forced(one), forced(other)];
    if (
      b.kind === 'scalar' &&
      b.value === null &&
      a.kind !== 'unknown' &&
      a.kind !== 'choice' &&
      a.kind !== 'typename' &&
      a.kind !== 'external'
    ) {
      return answer((a.kind === 'scalar' && a.value === null) === (operator === 'is'));
    }
  }
  return notKnown('operator', sourceOf(frame.file, node), frame.file, node.from);
}

export function isTypename(value: Value): boolean {
  return value.kind === 'typename' || (value.kind === 'choice' && value.of.some(isTypename));
}

function tellAll(value: Value, frame: Frame): void {
  for (const one of alternativesOf(value)) {
    if (one.kind === 'text') tell(one, frame);
    if (one.kind !== 'object') continue;
    const content = flatten(frame.state.contentOf(one.ref), one);
    if (content.kind === 'list')
      for (const item of content.items) for (const each of alternativesOf(item)) if (each.kind === 'text') tell(each, frame);
    if (content.kind === 'record')
      for (const [name, member] of content.members) if (NAME.test(name)) frame.session.recorder.compared(member, name);
  }
}

function tell(text: Text, frame: Frame): void {
  const name = plainOf(text);
  if (name !== null && NAME.test(name)) frame.session.recorder.compared(text, name);
}

/** Tells of the patterns of `match` on a `__typename`, and of mappings with a `__typename` key on anything. */
export function comparePattern(pattern: SyntaxNode, subject: Value, frame: Frame): void {
  if (!frame.recording) return;
  const onName = isTypename(subject);
  const waiting = [pattern];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const children = childrenOf(node);
    if (node.name === 'LiteralPattern' && onName) tellLiteral(node, frame);
    else if (node.name === 'MappingPattern') {
      for (const [index, child] of children.entries()) {
        const key = child.name === 'LiteralPattern' ? child.firstChild : null;
        const value = children[index + 2];
        if (
          children[index + 1]?.name === ':' &&
          key !== null &&
          plainOf(evaluate(key, { ...frame, recording: false })) === '__typename' &&
          value !== undefined
        ) {
          comparePattern(value, { kind: 'typename', file: frame.file, at: child.from }, frame);
        }
      }
    } else if (
      node.name === 'OrPattern' ||
      node.name === 'AsPattern' ||
      node.name === 'GroupPattern' ||
      node.name === 'ParenthesizedPattern'
    )
      waiting.push(...children.toReversed());
  }
}

function tellLiteral(node: SyntaxNode, frame: Frame): void {
  const literal = node.firstChild;
  if (literal === null) return;
  const value = evaluate(literal, { ...frame, recording: false });
  if (value.kind === 'text') tell(value, frame);
}

/** Tells of `typename__: Literal["A", "B"]`, the fields of generated models that hold a `__typename`. */
export function compareField(annotation: SyntaxNode, name: string, value: Value | null, source: string, frame: Frame): void {
  if (!frame.recording || !(name === 'typename__' || name === '__typename' || /alias\s*=\s*["']__typename["']/.test(source))) return;
  void value;
  const waiting = [annotation];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const children = childrenOf(node);
    if (node.name === 'MemberExpression' && /(^|\.)Literal$/.test(sourceOf(frame.file, node.firstChild ?? node))) {
      for (const child of children) {
        if (child.name !== 'String') continue;
        const literal = evaluate(child, { ...frame, recording: false });
        if (literal.kind === 'text') tell(literal, frame);
      }
    } else waiting.push(...children.toReversed());
  }
}
