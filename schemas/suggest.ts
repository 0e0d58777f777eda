/** Likely names for a wrong one: by meaning, by spelling, then by shared words. */

/** Words that clients of the platform were seen to take for one another (C-01, C-04: `name` for `title`). */
const SAME_MEANING: readonly (readonly string[])[] = [
  ['name', 'title', 'label'],
  ['text', 'message', 'description'],
  ['user', 'username', 'login'],
  ['hash', 'topHash', 'digest'],
  ['arn', 'id'],
  ['modified', 'timestamp', 'updated', 'lastModified'],
  ['meta', 'metadata', 'userMeta'],
];

/** Most names offered. */
const MOST = 3;

/** Up to three of `names` that `wrong` may have meant, the likeliest first. */
export function suggest(wrong: string, names: readonly string[]): readonly string[] {
  const meant = names.filter((name) => sameMeaning(wrong, name));
  const words = names.filter((name) => sharesWords(wrong, name));
  return [...new Set([...meant, ...bySpelling(wrong, names), ...words])].slice(0, MOST);
}

/** `; did you mean "a" or "b"?`, or '' when nothing is likely. */
export function didYouMean(wrong: string, names: readonly string[]): string {
  const likely = suggest(wrong, names).map((name) => JSON.stringify(name));
  const last = likely.pop();
  if (last === undefined) return '';
  return `; did you mean ${likely.length > 0 ? `${likely.join(', ')} or ` : ''}${last}?`;
}

/** Words of a name, lower case: `setUserEmail` has set, user, email. */
export function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((word) => word.toLowerCase());
}

function bySpelling(wrong: string, names: readonly string[]): string[] {
  const limit = Math.floor(wrong.length * 0.4) + 1;
  return names
    .map((name) => ({ name, distance: distance(wrong.toLowerCase(), name.toLowerCase()) }))
    .filter((one) => one.distance <= limit && one.distance < Math.max(wrong.length, one.name.length))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .map((one) => one.name);
}

/** One name's words all stand in the other's: `bucketName` and `bucket`. */
function sharesWords(one: string, other: string): boolean {
  const [a, b] = [wordsOf(one), wordsOf(other)];
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return short.length > 0 && short.every((word) => long.includes(word));
}

function sameMeaning(one: string, other: string): boolean {
  return SAME_MEANING.some((group) => group.includes(one) && group.includes(other));
}

/** Edits between two words: insertions, deletions, substitutions and swaps of neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1);
      row.push(least);
    }
    [before, above] = [above, row];
  }
  return above[b.length] ?? 0;
}
