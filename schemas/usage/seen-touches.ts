/** What of a schema's input types the variables touch that a program was seen to pass. */
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql';
import type { SeenValue } from '../inventory/seen-value.ts';
import type { SourceFile } from '../inventory/source-file.ts';
import { type TouchKind, touchesOfAny } from './touch-definition.ts';

/** A touch that stands in the program, beside the document. */
export interface SeenTouch {
  readonly kind: TouchKind;
  readonly coordinate: string;
  readonly file: SourceFile;
  readonly at: number;
}

/** Touches of a value of the type; where it is not known, of all that the type can hold. */
export function seenTouches(value: SeenValue, type: GraphQLInputType): readonly SeenTouch[] {
  const { file, at } = value;
  if (isNonNullType(type)) return seenTouches(value, type.ofType);
  if (value.kind === 'choice') return value.of.flatMap((one) => seenTouches(one, type));
  if (value.kind === 'unknown') return touchesOfAny(type, at).map((touch) => ({ ...touch, file }));
  if (isListType(type)) {
    if (value.kind !== 'list') return seenTouches(value, type.ofType);
    const more = value.open ? touchesOfAny(type.ofType, at).map((touch) => ({ ...touch, file })) : [];
    return [...value.items.flatMap((item) => seenTouches(item, type.ofType)), ...more];
  }
  if (isEnumType(type)) {
    const known = value.kind === 'scalar' && typeof value.value === 'string' && type.getValue(value.value);
    return [
      { kind: 'input-type', coordinate: type.name, file, at },
      ...(known ? [{ kind: 'enum-value', coordinate: `${type.name}.${known.name}`, file, at } as const] : []),
    ];
  }
  if (!isInputObjectType(type) || value.kind !== 'record') return [];
  const fields = type.getFields();
  return [
    { kind: 'input-type', coordinate: type.name, file, at },
    ...(value.open ? touchesOfAny(type, at).map((touch) => ({ ...touch, file })) : []),
    ...value.members.flatMap((member) => {
      const field = Object.hasOwn(fields, member.name) ? fields[member.name] : undefined;
      if (!field) return [];
      return [
        { kind: 'input-field', coordinate: `${type.name}.${member.name}`, file: member.file, at: member.at } as const,
        ...seenTouches(member.value, field.type),
      ];
    }),
  ];
}
