/** Formatting by `%`, `.format` and f-strings: known text with what is filled in, piece by piece. */
import { joined, type Run, sliceRuns, type TextValue, text } from '../text-value.ts';
import { type At, notKnown, textOf, type Value } from './value.ts';

/** What fills a field: by position or by name; null when there is no such thing or it is not known which. */
export interface Filling {
  next(): Value | null;
  at(index: number): Value | null;
  named(path: string): Value | null;
}

/** `template % values`; a hole of the reason format where a conversion is not followed. */
export function percent(runs: readonly Run[], filling: Filling, place: At): TextValue {
  const template = runs.map((run) => run.text).join('');
  const parts: TextValue[] = [];
  let from = 0;
  for (const match of template.matchAll(/%(?:\((?<name>[^)]*)\))?(?<flags>[-#0 +]*[\d*]*(?:\.[\d*]+)?)[hlL]?(?<type>[a-zA-Z%])/g)) {
    const { 0: whole, index } = match;
    const { name, flags, type } = match.groups ?? {};
    parts.push(text(sliceRuns(runs, from, index)));
    from = index + whole.length;
    const at = { file: place.file, at: place.at };
    if (type === '%') parts.push(text(sliceRuns(runs, index + whole.length - 1, index + whole.length)));
    else {
      const value = name === undefined ? filling.next() : filling.named(name);
      const plain = flags === '' && (type === 's' || type === 'd' || type === 'i');
      parts.push(plain && value !== null ? textOf(value, whole, true) : notKnown('format', whole, at.file, at.at));
    }
  }
  parts.push(text(sliceRuns(runs, from)));
  return joined(parts);
}

/** `template.format(…)`; a hole of the reason format where a field is not followed. */
export function format(runs: readonly Run[], filling: Filling, place: At): TextValue {
  const template = runs.map((run) => run.text).join('');
  const parts: TextValue[] = [];
  let from = 0;
  let at = 0;
  while (at < template.length) {
    const unit = template[at];
    if (unit !== '{' && unit !== '}') {
      at++;
      continue;
    }
    if (template[at + 1] === unit) {
      parts.push(text(sliceRuns(runs, from, at + 1)));
      at += 2;
      from = at;
      continue;
    }
    const end = closing(template, at);
    parts.push(text(sliceRuns(runs, from, at)));
    parts.push(
      unit === '{' && end !== -1 ? field(template.slice(at + 1, end), filling, place) : notKnown('format', '{', place.file, place.at),
    );
    at = end === -1 ? template.length : end + 1;
    from = at;
  }
  parts.push(text(sliceRuns(runs, from)));
  return joined(parts);
}

function closing(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at++) {
    if (template[at] === '{') depth++;
    else if (template[at] === '}' && --depth === 0) return at;
  }
  return -1;
}

function field(source: string, filling: Filling, place: At): TextValue {
  const match = /^(?<name>[^!:]*)(?:!(?<conversion>\w))?(?::(?<spec>.*))?$/s.exec(source)?.groups;
  const name = match?.['name'] ?? '';
  const hole = notKnown('format', `{${source}}`, place.file, place.at);
  if (match === undefined || (match['conversion'] ?? 's') !== 's' || (match['spec'] ?? '') !== '') return hole;
  const value = name === '' ? filling.next() : /^\d+$/.test(name) ? filling.at(Number(name)) : filling.named(name);
  return value === null ? hole : textOf(value, `{${source}}`, true);
}
