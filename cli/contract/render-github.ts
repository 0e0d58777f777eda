/** A scan as GitHub's workflow commands, which annotate the lines of a pull request. */
import type { ScanResult } from '../../schemas/scan/violation.ts';

/** One command a line; nothing when there is nothing to say. */
export function renderGithub({ violations, unresolved }: ScanResult): string {
  const lines = [
    ...violations.map(({ file, line, column, severity, rule, schema, message }) =>
      annotation(severity, { file, line, column }, `${rule}${schema === null ? '' : ` (${schema})`}`, message),
    ),
    ...unresolved
      .filter((one) => one.waived === undefined)
      .map(({ file, line, column, reason, message }) => annotation('error', { file, line, column }, `unresolved: ${reason}`, message)),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function annotation(kind: 'error' | 'warning', at: { file: string; line: number; column: number }, title: string, message: string): string {
  return `::${kind} file=${property(at.file)},line=${at.line},col=${at.column},title=${property(title)}::${data(message)}`;
}

/** What would end the line, or be taken for an escape. */
const data = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
/** And what would end the property. */
const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
