/** Attributes and items of values, where they are read. */
import type { SyntaxNode } from '@lezer/common';
import { evaluate, isExpression } from './expressions.ts';
import type { Frame } from './frame.ts';
import { attributeOf } from './names.ts';
import { flatten } from './state.ts';
import { childrenOf, sourceOf } from './syntax.ts';
import { type At, branchOf, choose, forced, notKnown, plainOf, type Value } from './value.ts';

/** `a.b` or `a[i]`. */
export function memberExpression(node: SyntaxNode, frame: Frame): Value {
  const { file } = frame;
  const [object, , ...rest] = childrenOf(node);
  const what = sourceOf(file, node);
  const place = { file, at: node.from };
  if (object === undefined) return notKnown('attribute', what, file, node.from);
  const value = evaluate(object, frame);
  const property = rest[0];
  if (property?.name === 'PropertyName') {
    const name = sourceOf(file, property);
    if (name === 'typename__' || name === '__typename') return { kind: 'typename', ...place };
    return attributeOf(value, name, frame, place, what);
  }
  const inside = rest.filter((child) => child.name !== ']');
  const [index] = inside;
  const indexValue = index !== undefined && isExpression(index) ? evaluate(index, frame) : null;
  if (indexValue === null || inside.length !== 1) return notKnown('subscript', what, file, node.from);
  return itemOf(value, indexValue, frame, place, what);
}

/** What `value[index]` is. */
export function itemOf(value: Value, index: Value, frame: Frame, place: At, what: string): Value {
  const key = plainOf(index);
  const now = forced(value);
  const none = notKnown('subscript', what, place.file, place.at);
  if (now.kind === 'choice') {
    return choose(
      now.of.map((one) => itemOf(one, index, frame, place, what)),
      now.by,
      place,
      now.loose,
    );
  }
  if (now.kind === 'class' && key !== null) return attributeOf(now, key, frame, place, what);
  if (now.kind === 'object') {
    const content = flatten(frame.state.contentOf(now.ref), place);
    if (content.kind === 'record') {
      const member = key === null ? undefined : content.members.get(key);
      if (member !== undefined) return member.value;
      if (key === '__typename') return { kind: 'typename', ...place };
      // Which of them it is is not known, but each that it can be is.
      if (key === null && !content.open && content.members.size > 0) {
        const values = [...content.members.values()].map((one) => one.value);
        return choose(values, branchOf(values.length), place, true);
      }
      return none;
    }
    if (content.kind === 'list') {
      const number = forced(index);
      if (number.kind === 'scalar' && typeof number.value === 'number' && !content.open) {
        return content.items.at(number.value) ?? none;
      }
    }
    return none;
  }
  if (key === '__typename') return { kind: 'typename', ...place };
  return now.kind === 'unknown' && now.reason === 'import' ? notKnown('import', what, place.file, place.at) : none;
}
