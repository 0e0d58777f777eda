/** A diff of two schemas as people read it. */
import type { SchemaChange, SchemaDiff } from '../../schemas/diff/diff-contracts.ts';
import type { Place } from '../../schemas/inventory/source-file.ts';

/** `file:line:column`. */
export const placeText = ({ file, line, column }: Place): string => `${file}:${line}:${column}`;

/** Changes by level, each with who uses it; then what no longer fits, and what could not be told. Ends in a newline. */
export function renderDiff({ changes, used }: SchemaDiff, exitCode: number): string {
  const of = (level: SchemaChange['level']) => changes.filter((change) => change.level === level);
  const lines = (['breaking', 'dangerous', 'safe'] as const).flatMap((level) => of(level).flatMap((change) => linesOf(change)));
  const unused = of('breaking').filter(({ uses }) => uses?.length === 0).length;
  const counts = `${of('breaking').length} breaking${used === null ? '' : ` (${unused} of them unused)`}, ${of('dangerous').length} dangerous, ${of('safe').length} safe`;
  const facts =
    used === null
      ? []
      : [
          ...section(
            'no longer fit',
            used.broken.flatMap(({ operation, place, findings }) => [
              `  ${placeText(place)}  ${operation}`,
              ...findings.map(({ message }) => `      ${message}`),
            ]),
          ),
          ...section(
            'fit neither schema, so nothing can be told of them',
            used.unfit.map((place) => `  ${placeText(place)}`),
          ),
          ...section(
            'could not be read',
            used.unresolved.map((place) => `  ${placeText(place)}`),
          ),
        ];
  const documents = used === null ? '' : `; ${used.documents} documents, ${used.broken.length} no longer fit`;
  return [...lines, ...(lines.length > 0 ? [''] : []), ...facts, `${counts}${documents}, exit ${exitCode}`, ''].join('\n');
}

/** Most places printed under one change. */
const MOST_USES = 20;

function linesOf({ level, message, reason, uses }: SchemaChange): readonly string[] {
  const marks = { breaking: 'BREAKING', dangerous: 'dangerous', safe: 'safe' };
  const mark = level === 'breaking' && uses?.length === 0 ? 'breaking, unused' : marks[level];
  const more = (uses?.length ?? 0) - MOST_USES;
  return [
    `${mark}: ${message}`,
    ...(reason === null || level === 'safe' ? [] : [`    ${reason}`]),
    ...(uses ?? [])
      .slice(0, MOST_USES)
      .map(({ place, operation, kind }) => `    ${placeText(place)}  ${operation}${kind === 'any' ? ' (may be in a variable)' : ''}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : [title, ...lines, '']);
