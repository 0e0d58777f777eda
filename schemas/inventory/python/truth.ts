/** Whether a value counts as true, where that is known. */
import type { State } from './state.ts';
import { forced, plainOf, type Value } from './value.ts';

/** True, false, or null when it cannot be told. */
export function truthOf(value: Value, state: State): boolean | null {
  const now = forced(value);
  switch (now.kind) {
    case 'scalar':
      return Boolean(now.value);
    case 'text': {
      const plain = plainOf(now);
      return plain === null ? null : plain !== '';
    }
    case 'object': {
      if (now.ref.class !== null) return true;
      const content = state.contentOf(now.ref);
      if (content.kind === 'record')
        return [...content.members.values()].some((member) => member.always)
          ? true
          : content.open || content.members.size > 0
            ? null
            : false;
      if (content.kind === 'list') return content.items.length > 0 && !content.open ? true : content.open ? null : false;
      return null;
    }
    case 'function':
    case 'class':
    case 'module':
      return true;
    default:
      return null;
  }
}
