/** A scan for people: each violation with the line it stands in, what could not be told, and what the whole comes to. */
import { oneLine, paint, renderTable, type TextOptions } from '../../reports/text-table.ts';
import type { ScannedUnresolved, ScanResult, Violation } from '../../schemas/scan/violation.ts';

/** Text of a file, for the frame; null when it is not known. */
export type ReadSource = (file: string) => string | null;

/** Most rows of the matrix that are printed; the JSON has all. */
const MOST_ROWS = 40;

/** Lines of a file, from 0. */
type Lines = (file: string) => readonly string[];

/** The whole report, ending with a newline. */
export function renderText(result: ScanResult, schemas: readonly string[], source: ReadSource, options: TextOptions): string {
  const known = new Map<string, readonly string[]>();
  const read: Lines = (file) => {
    const lines = known.get(file) ?? source(file)?.split(/\r\n|\n|\r/) ?? [];
    known.set(file, lines);
    return lines;
  };
  const blocks = [
    ...byText(result.violations).map((group) => renderViolation(group, schemas, read, options)),
    ...result.unresolved.filter((one) => one.waived === undefined).map((one) => renderUnresolved(one, read, options)),
    ...(schemas.length > 1 ? [renderMatrix(result, schemas, options)] : []),
    summaryOf(result, schemas),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

/** What several schemas say in the same words is said once. */
function byText(violations: readonly Violation[]): readonly (readonly Violation[])[] {
  const groups = new Map<string, Violation[]>();
  for (const one of violations) {
    const key = JSON.stringify([one.file, one.line, one.column, one.rule, one.severity, one.message]);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

function renderViolation(group: readonly Violation[], schemas: readonly string[], read: Lines, options: TextOptions): string {
  const [first] = group;
  if (!first) return '';
  const by = schemas.length > 1 && first.schema !== null ? ` by ${group.map((one) => one.schema).join(', ')}` : '';
  const of = first.operation === null ? '' : ` in ${first.operation}`;
  const severity = paint(first.severity === 'error' ? 'red' : 'yellow', first.severity, options);
  return [
    `${paint('bold', `${first.file}:${first.line}:${first.column}`, options)} ${severity} ${first.rule}${of}${by}`,
    `  ${oneLine(first.message, 1000)}`,
    ...frame(first, read, options),
  ].join('\n');
}

function renderUnresolved(one: ScannedUnresolved, read: Lines, options: TextOptions): string {
  return [
    `${paint('bold', `${one.file}:${one.line}:${one.column}`, options)} ${paint('red', 'unresolved', options)} ${one.reason} in ${oneLine(one.name, 200)}`,
    `  ${oneLine(one.message, 1000)}`,
    ...frame(one, read, options),
  ].join('\n');
}

/** The line, and a caret below the place. A tab stays a tab, so that the caret stands where the editor shows it. */
function frame({ file, line, column }: Pick<Violation, 'file' | 'line' | 'column'>, read: Lines, options: TextOptions): readonly string[] {
  const text = read(file)[line - 1];
  if (text === undefined || text.trim() === '') return [];
  const gutter = `  ${line} | `;
  // A long line is shown around the place.
  const from = Math.max(0, Math.min(column - 1, text.length) - Math.max(20, Math.floor((options.width - gutter.length) / 2)));
  const shown = text.slice(from, from + Math.max(40, options.width - gutter.length)).replaceAll(/[^\P{C}\t]/gu, '?');
  const before = text.slice(from, column - 1).replaceAll(/[^\t]/g, ' ');
  return [
    `${paint('dim', gutter, options)}${shown}`,
    `${paint('dim', `${' '.repeat(gutter.length - 2)}| `, options)}${before}${paint('red', '^', options)}`,
  ];
}

/** The operations that do not fit every schema alike well. */
function renderMatrix({ operations }: ScanResult, schemas: readonly string[], options: TextOptions): string {
  const rows = operations.filter((row) => schemas.some((schema) => row.schemas[schema] !== 'fits'));
  if (rows.length === 0) return '';
  const cells = rows
    .slice(0, MOST_ROWS)
    .map((row) => [`${row.operation} (${row.file}:${row.line})`, ...schemas.map((schema) => row.schemas[schema] ?? '')]);
  const more = rows.length > MOST_ROWS ? [`and ${rows.length - MOST_ROWS} more`] : [];
  return [...renderTable(['operation', ...schemas], cells, options), ...more].join('\n');
}

function summaryOf(result: ScanResult, schemas: readonly string[]): string {
  const { violations, unresolved, waived, operations, documents, files } = result;
  const errors = violations.filter((one) => one.severity === 'error').length;
  const open = unresolved.filter((one) => one.waived === undefined).length;
  const waivers = waived.length + unresolved.length - open;
  const found = [
    `${errors} errors`,
    `${violations.length - errors} warnings`,
    `${open} unresolved`,
    ...(waivers > 0 ? [`${waivers} waived`] : []),
  ];
  return `${documents} documents with ${operations.length} operations in ${files} files, by ${schemas.join(', ')}: ${found.join(', ')}`;
}
