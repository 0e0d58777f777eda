/** The nearest of a few known words, for the error about a misspelt one. */

/** ` (did you mean X?)` for the option nearest to `word`, or nothing when none is near: at most two edits, or a third of the word. */
export function didYouMean(word: string, options: readonly string[]): string {
  const near = options
    .map((option) => ({ option, distance: editDistance(word.toLowerCase(), option.toLowerCase()) }))
    .filter(({ option, distance }) => distance <= Math.max(2, Math.floor(option.length / 3)) && distance < option.length)
    .sort((a, b) => a.distance - b.distance)[0];
  return near === undefined ? '' : ` (did you mean ${near.option}?)`;
}

/** Levenshtein's distance: insertions, deletions and substitutions, each one. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries()) {
      const substituted = (above[column] ?? 0) + (letter === other ? 0 : 1);
      current.push(Math.min(substituted, (above[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    above = current;
  }
  return above[b.length] ?? 0;
}
