/** Names of a world, mapped back to what they stand for. */

/** Replaces every name by its symbol in every string of a value, member names included; the longest name that fits wins, and symbols are not looked into again. */
export function toSymbols<T>(value: T, symbols: ReadonlyMap<string, string>): T {
  const names = [...symbols.keys()].filter((name) => name !== '').sort((a, b) => b.length - a.length);
  if (names.length === 0) return value;
  const pattern = new RegExp(names.map((name) => name.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'), 'g');
  const named = (text: string): string => text.replace(pattern, (name) => symbols.get(name) ?? name);
  const mapped = (member: unknown): unknown => {
    if (typeof member === 'string') return named(member);
    if (Array.isArray(member)) return member.map(mapped);
    if (typeof member !== 'object' || member === null) return member;
    return Object.fromEntries(Object.entries(member).map(([name, inner]) => [named(name), mapped(inner)]));
  };
  return mapped(value) as T;
}
