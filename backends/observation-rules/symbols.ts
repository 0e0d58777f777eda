/** Names of a world, mapped back to what they stand for. */

/** Stands before what a side said in the very words of a symbol, which is the name of nothing. */
const LITERAL = 'literally ';

/**
 * Makes what replaces every name by its symbol in every string of a value, member names included; the longest name that fits wins, and symbols
 * are not looked into again. A symbol that a side itself says, as of a template that nobody filled in, is told apart from it.
 */
export function symbolizer(symbols: ReadonlyMap<string, string>): <T>(value: T) => T {
  const said = [...symbols.values()].filter((symbol) => !symbols.has(symbol)).map((symbol): [string, string] => [symbol, LITERAL + symbol]);
  const standsFor = new Map([...said, ...symbols]);
  const names = [...standsFor.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (names.length === 0) return (value) => value;
  const pattern = new RegExp(names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
  const named = (text: string): string => text.replace(pattern, (name) => standsFor.get(name) ?? name);
  const mapped = (member: unknown): unknown => {
    if (typeof member === 'string') return named(member);
    if (Array.isArray(member)) return member.map(mapped);
    if (typeof member !== 'object' || member === null) return member;
    return Object.fromEntries(Object.entries(member).map(([name, inner]) => [named(name), mapped(inner)]));
  };
  return <T>(value: T) => mapped(value) as T;
}
