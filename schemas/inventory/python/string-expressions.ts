/** Strings and f-strings of a program, and the texts that are made of pieces. */
import type { SyntaxNode } from '@lezer/common';
import { joined, type TextValue, text as textValue } from '../text-value.ts';
import { evaluate, isExpression } from './expressions.ts';
import { type Frame, nameIn } from './frame.ts';
import { readLiteral } from './string-literals.ts';
import { childrenOf, sourceOf } from './syntax.ts';
import { notKnown, type Text, textOf, type Value } from './value.ts';

/** A string as it stands, strings side by side, or an f-string with what its fields are worth. */
export function stringExpression(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const parts: TextValue[] = [];
  const pieces: Value[] = [];
  for (const one of node.name === 'ContinuedString' ? childrenOf(node) : [node]) {
    const read = readLiteral(file, one);
    if (read === null) return notKnown('operator', sourceOf(file, node), file, node.from);
    const runs = [];
    for (const part of read) {
      if (!('field' in part)) runs.push(part);
      else {
        parts.push(textValue(runs.splice(0)), replacement(part.field, frame, pieces));
      }
    }
    if (runs.length > 0) parts.push(textValue(runs));
  }
  const onlyText = parts.every((part) => part.kind === 'text');
  const whole = onlyText ? textValue(parts.flatMap((part) => (part.kind === 'text' ? part.runs : []))) : joined(parts);
  return make(whole, node, frame, pieces);
}

function replacement(field: SyntaxNode, frame: Frame, pieces: Value[]): TextValue {
  const children = childrenOf(field);
  const source = sourceOf(frame.file, field);
  const expressions = children.filter(isExpression);
  const [only] = expressions;
  const spec = children.find((child) => child.name === 'FormatSpec');
  const conversion = children.find((child) => child.name === 'FormatConversion');
  const value = only === undefined || expressions.length > 1 ? notKnown('format', source, frame.file, field.from) : evaluate(only, frame);
  pieces.push(value);
  const asIs =
    (spec === undefined || spec.to - spec.from <= 1) &&
    (conversion === undefined || sourceOf(frame.file, conversion) === '!s') &&
    !children.some((child) => child.name === 'FormatSelfDoc');
  const at = only?.from ?? field.from;
  return asIs
    ? placed(textOf(value, source, true), source.slice(1, -1).trim(), frame, at)
    : notKnown('format', source, frame.file, field.from);
}

/** A hole tells of the place where it is used, in the words that stand there. */
export function placed(value: TextValue, what: string, frame: Frame, at: number): TextValue {
  return value.kind === 'unknown' ? notKnown(value.reason, what, frame.file, at) : value;
}

/** A new text of an expression, made of pieces. */
export function make(value: TextValue, node: SyntaxNode, frame: Frame, pieces: readonly Value[] = [], from = node.from): Text {
  const origin = { file: frame.file, at: from, to: node.to, name: nameIn(frame) };
  const made: Text = { kind: 'text', text: value, origin, file: frame.file, at: from };
  for (const piece of pieces) frame.session.recorder.consumed(piece, origin);
  if (frame.recording) frame.session.recorder.made(made, node);
  else if (frame.calls > 0) frame.session.recorder.bound(origin);
  return made;
}
