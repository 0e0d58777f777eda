/** Plain-text tables and the few colours of the terminal. */
import { stripVTControlCharacters, styleText } from 'node:util';

/** How a renderer writes: colour only when told, lines no longer than `width` columns where they can be cut. */
export interface TextOptions {
  readonly color: boolean;
  readonly width: number;
}

/** A colour of the terminal, or none. */
export type Paint = Parameters<typeof styleText>[0];

/** `text` in a colour, when colours are on. Control characters of a subject never reach the terminal. */
export function paint(format: Paint, text: string, { color }: TextOptions): string {
  return color ? styleText(format, text, { validateStream: false }) : text;
}

/** One line without control characters (a subject's text may hold them), cut to `columns` with an ellipsis. */
export function oneLine(text: string, columns: number): string {
  const clean = stripVTControlCharacters(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\p{Cc}|\p{Cf}/gu, '')
    .trim();
  return clean.length <= columns ? clean : `${clean.slice(0, Math.max(1, columns - 1))}…`;
}

/** Rows as aligned columns under a head: the first column to the left, numbers to the right. An empty cell stays empty. */
export function renderTable(head: readonly string[], rows: readonly (readonly string[])[], options: TextOptions): readonly string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  const render = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return [paint('bold', render(head), options), ...rows.map(render)];
}
