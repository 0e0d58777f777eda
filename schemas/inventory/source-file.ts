/** A source file whose offsets can be told as lines and columns. */

/** A place that a person can go to; both from 1, the column in UTF-16 units as editors count. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export class SourceFile {
  /** As it was named on the command line and below it, with forward slashes. */
  readonly path: string;
  readonly text: string;
  #lineStarts: Uint32Array | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** Where an offset lies; one past the end is the end. */
  placeOf(offset: number): Place {
    this.#lineStarts ??= lineStartsOf(this.text);
    let low = 0;
    let high = this.#lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.path, line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 };
  }
}

/** `\n`, `\r\n` and `\r` end a line, as editors and graphql-js have it. */
function lineStartsOf(text: string): Uint32Array {
  const starts = [0];
  for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  // A large tree has many: as plain numbers they take twice as much.
  return Uint32Array.from(starts);
}
