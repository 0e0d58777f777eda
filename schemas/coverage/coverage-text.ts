/** Coverage of a schema as people read it on a terminal. */
import { type Coverage, PART_KINDS, type PartKind } from './coverage.ts';

const PLURAL: Readonly<Record<PartKind | 'type', string>> = {
  type: 'types',
  field: 'fields',
  argument: 'arguments',
  'input field': 'input fields',
  'enum value': 'enum values',
  member: 'members of unions and interfaces',
};

/** Rows of the totals: what, touched, maybe, untouched, all. */
export function totalRows({ totals }: Coverage): readonly (readonly [what: string, touched: number, maybe: number, untouched: number])[] {
  return (['type', ...PART_KINDS] as const).map((kind) => {
    const { touched, maybe, untouched } = totals[kind];
    return [PLURAL[kind], touched, maybe, untouched] as const;
  });
}

/** What nothing touches, type by type, and the totals. Ends in a newline. */
export function renderCoverage(coverage: Coverage): string {
  const { types, documents, unresolved, schema } = coverage;
  const whole = types.filter(({ state }) => state === 'untouched').map(({ name }) => name);
  const partly = types.flatMap(({ name, state, parts }) => {
    const untouched = parts.filter((part) => part.state === 'untouched');
    return state === 'untouched' || untouched.length === 0 ? [] : [`  ${name}: ${untouched.map((part) => part.name).join(', ')}`];
  });
  const rows = totalRows(coverage).map(
    ([what, ...counts]) => `${what.padEnd(34)}${counts.map((count) => String(count).padStart(10)).join('')}`,
  );
  return [
    ...(whole.length > 0 ? ['no operation touches', ...wrap(whole), ''] : []),
    ...(partly.length > 0 ? ['of what is touched, no operation touches', ...partly, ''] : []),
    `${''.padEnd(34)}${['touched', 'maybe', 'untouched'].map((state) => state.padStart(10)).join('')}`,
    ...rows,
    '',
    'maybe: a variable whose contents are not seen may hold it, or an answer may',
    ...unresolved.map(({ file, line, column }) => `could not be read: ${file}:${line}:${column}`),
    `${documents} documents against ${schema}`,
    '',
  ].join('\n');
}

function wrap(names: readonly string[]): readonly string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const name of names) {
    if (line.length + name.length > 120) {
      lines.push(line);
      line = ' ';
    }
    line += ` ${name}`;
  }
  return [...lines, line];
}
