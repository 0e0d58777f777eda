/** What a process said of its end, as it may stand in a message. */
import { createRedactor } from '../../reports/redaction.ts';

/** The line of an error itself, in most languages; then whatever else says why, wherever a stack follows. */
const IS_AN_ERROR = /^(?:[\w.]*(?:Error|Exception)\b|error:|ERROR|FATAL|PANIC)/;
const SAYS_WHY = /\b(?:error|exception|fatal|failed|cannot|could not|does not exist|denied)\b/i;

/** The last line that says why and the last of all, without secrets and without the values of a row. */
export function lastWords(printed: string, secrets: readonly string[]): string {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.learn(secret);
  const lines = redactor
    .text(printed)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const errors = lines.filter((line) => IS_AN_ERROR.test(line));
  const why = (errors.length > 0 ? errors : lines.filter((line) => SAYS_WHY.test(line))).slice(-2);
  const said = [...new Set([...why, ...lines.slice(-3)])].join(' | ');
  // PostgreSQL's detail holds the values of a row.
  const bare = said.replaceAll(/(Key \([^)]*\)=)\([^|]*?\)/g, '$1(…)').replaceAll(/(Failing row contains )\([^|]*\)/g, '$1(…)');
  return bare === '' ? 'nothing' : bare.slice(0, 1_000);
}
