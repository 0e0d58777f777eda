/** Methods of text, and what fills the fields of a format. */

import type { SyntaxNode } from '@lezer/common';
import { choice, isUnknown, joined, mapped, type Run, sliceRuns, type TextValue, text as textValue } from '../text-value.ts';
import { type Filling, format } from './formats.ts';
import type { Argument, Frame } from './frame.ts';
import { listOf } from './functions.ts';
import { flatten } from './state.ts';
import { make, placed } from './string-expressions.ts';
import { sourceOf } from './syntax.ts';
import { replace, strip, withoutEnd, words } from './text-operations.ts';
import { type At, forced, notKnown, plainOf, textOf, type Value } from './value.ts';
import { worldsOf } from './worlds.ts';

/** What an operation makes of each text that a value can be; a text with a hole in it gives a hole of the reason format. */
export function overText(value: Value, place: At, operation: (runs: readonly Run[]) => TextValue): TextValue {
  const worlds = worldsOf(textOf(value, '...'));
  if (worlds === null) return notKnown('too-many-variants', '...', place.file, place.at);
  return choice(
    worlds.map(({ variant }) => {
      const runs = variant.filter((one): one is Run => !isUnknown(one));
      return runs.length === variant.length ? operation(runs) : joined([textValue(runs), notKnown('format', '...', place.file, place.at)]);
    }),
  );
}

/** The right side of `%`: a tuple by position, a dictionary by name, anything else alone. */
export function fillingOf(value: Value, frame: Frame, place: At): Filling {
  const now = forced(value);
  const content = now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), place) : null;
  let next = 0;
  const at = (index: number): Value | null => {
    if (content?.kind === 'list') return content.open ? null : (content.items[index] ?? null);
    return content === null && index === 0 ? now : null;
  };
  return {
    at,
    next: () => at(next++),
    named: (name) => (content?.kind === 'record' ? (content.members.get(name)?.value ?? null) : null),
  };
}

/** The values that a filling takes from. */
fillingOf.pieces = (value: Value, frame: Frame): readonly Value[] => {
  const now = forced(value);
  const content = now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), now) : null;
  if (content?.kind === 'list') return content.items;
  if (content?.kind === 'record') return [...content.members.values()].map((member) => member.value);
  return [now];
};

function fillingOfCall(args: readonly Argument[], frame: Frame): Filling {
  const positional = args.filter((arg) => arg.name === null && arg.spread === '');
  const tell = (arg: Argument | undefined): Value | null => {
    if (arg === undefined) return null;
    const value = forced(arg.value);
    return value.kind === 'unknown' ? notKnown(value.reason, sourceOf(frame.file, arg.node), frame.file, arg.node.from) : value;
  };
  let next = 0;
  return {
    at: (index) => tell(positional[index]),
    next: () => tell(positional[next++]),
    named: (path) => {
      const [name = '', ...rest] = path.split(/[.[]/);
      const given = args.find((arg) => arg.name === name);
      if (given !== undefined) return rest.length === 0 ? tell(given) : null;
      for (const spread of args) {
        if (spread.spread !== '**') continue;
        const now = forced(spread.value);
        const content = now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), now) : null;
        const member = content?.kind === 'record' ? content.members.get(name) : undefined;
        if (member !== undefined && rest.length === 0) return member.value;
      }
      return null;
    },
  };
}

export const TEXT_METHODS = new Set(
  'strip lstrip rstrip replace format format_map join encode decode split removeprefix removesuffix expandtabs upper lower title capitalize casefold swapcase center ljust rjust zfill translate partition rpartition splitlines substitute safe_substitute'.split(
    ' ',
  ),
);

/** What a method of a text gives; null when the method is none that is followed. */
export function textMethod(object: Value, method: string, args: readonly Argument[], node: SyntaxNode, frame: Frame): Value | null {
  const place = { file: frame.file, at: node.from };
  const plainArgs = args.map((arg) => plainOf(arg.value));
  const [first = null, second = null] = plainArgs;
  const map = (operation: (runs: readonly Run[]) => readonly Run[]): Value =>
    make(mappedText(textOf(object, sourceOf(frame.file, node)), operation), node, frame, [object]);
  const unfollowed = (): Value =>
    make(joined([textOf(object, '...'), notKnown('call', sourceOf(frame.file, node), frame.file, node.from)]), node, frame, [object]);
  switch (method) {
    case 'strip':
    case 'lstrip':
    case 'rstrip': {
      if (args.length > 0 && first === null) return unfollowed();
      return map((runs) => strip(runs, method === 'strip' ? 'both' : method === 'lstrip' ? 'left' : 'right', first));
    }
    case 'replace':
      if (args.length === 2 && first !== null && second !== null) return map((runs) => replace(runs, first, second));
      // A replacement that is not known leaves a hole wherever it goes.
      if (args.length === 2 && first !== null && args[1] !== undefined) return replaced(object, first, args[1], node, frame);
      return unfollowed();
    case 'removeprefix':
    case 'removesuffix':
      return first === null ? unfollowed() : map((runs) => withoutEnd(runs, first, method === 'removeprefix' ? 'left' : 'right'));
    case 'format': {
      const made = overText(object, place, (runs) => format(runs, fillingOfCall(args, frame), place));
      return make(made, node, frame, [object, ...args.map((arg) => arg.value)]);
    }
    case 'format_map': {
      const value = args[0]?.value ?? notKnown('format', '...', frame.file, node.from);
      const made = overText(object, place, (runs) => format(runs, fillingOf(value, frame, place), place));
      return make(made, node, frame, [object, ...fillingOf.pieces(value, frame)]);
    }
    case 'join':
      return args[0] === undefined ? null : joinedList(object, args[0].value, node, frame);
    case 'encode':
    case 'decode':
      return object;
    case 'split': {
      const worlds = worldsOf(textOf(object, '...'));
      const only = worlds?.length === 1 ? worlds[0] : undefined;
      const runs = only?.variant.filter((one): one is Run => !isUnknown(one)) ?? [];
      if (args.length > 0 || only === undefined || runs.length !== only.variant.length)
        return notKnown('call', sourceOf(frame.file, node), frame.file, node.from);
      frame.session.recorder.consumed(object, { file: frame.file, at: node.from, to: node.to, name: '' });
      const origin = { file: frame.file, at: node.from, to: node.to, name: '' };
      return listOf(
        words(runs).map((word): Value => ({ kind: 'text', text: textValue(word), origin, file: frame.file, at: node.from })),
        false,
        place,
      );
    }
    case 'substitute':
    case 'safe_substitute':
      return object;
    case 'partition':
    case 'rpartition':
    case 'splitlines':
      return notKnown('call', sourceOf(frame.file, node), frame.file, node.from);
    default:
      return unfollowed();
  }
}

function mappedText(of: TextValue, operation: (runs: readonly Run[]) => readonly Run[]): TextValue {
  return of.kind === 'text' ? textValue(operation(of.runs)) : mapped(of, operation);
}

/** `text.replace("MARK", other)` where the other is any text. */
function replaced(object: Value, mark: string, by: Argument, node: SyntaxNode, frame: Frame): Value {
  const source = sourceOf(frame.file, by.node);
  const value = placed(textOf(by.value, source), source, frame, by.node.from);
  const place = { file: frame.file, at: node.from };
  const made = overText(object, place, (runs) => {
    const parts: TextValue[] = [];
    const whole = runs.map((run) => run.text).join('');
    let from = 0;
    for (let at = whole.indexOf(mark); at !== -1 && mark !== ''; at = whole.indexOf(mark, from)) {
      parts.push(textValue(sliceRuns(runs, from, at)), value);
      from = at + mark.length;
    }
    parts.push(textValue(sliceRuns(runs, from, whole.length)));
    return joined(parts);
  });
  return make(made, node, frame, [object, by.value]);
}

/** `separator.join(items)`. */
function joinedList(separator: Value, list: Value, node: SyntaxNode, frame: Frame): Value {
  const now = forced(list);
  const source = sourceOf(frame.file, node);
  const content = now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), now) : null;
  if (content?.kind !== 'list') {
    const reason = now.kind === 'unknown' ? now.reason : 'call';
    return notKnown(reason, source, frame.file, node.from);
  }
  const between = textOf(separator, source);
  const parts: TextValue[] = [];
  for (const [index, item] of content.items.entries()) {
    if (index > 0) parts.push(between);
    parts.push(placed(textOf(item, source), source, frame, node.from));
  }
  if (content.open) parts.push(notKnown('loop', source, frame.file, node.from));
  return make(joined(parts), node, frame, [separator, ...content.items]);
}
