/** What `crosscheck plan` found, for people. */
import { oneLine, paint, type TextOptions } from '../../reports/text-table.ts';
import type { PlanResult } from '../../suites/plan/check-plan.ts';
import type { Place } from '../../suites/plan/plan-input.ts';

/** Most values not known yet that are printed; the JSON has all. */
const MOST_UNKNOWN = 20;

/** The whole report, ending with a newline. */
export function renderPlan({ inputs, findings, unknown, unreadable }: PlanResult, options: TextOptions): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const more = unknown.length - MOST_UNKNOWN;
  const blocks = [
    ...findings.map((one) =>
      [
        `${paint('bold', placeText(one), options)} ${paint(one.severity === 'error' ? 'red' : 'yellow', one.severity, options)} ${one.rule} ${oneLine(one.resource, 300)}`,
        `  ${oneLine(one.message, 1000)}`,
        `  expected ${oneLine(one.expected, 1000)}`,
        `  got      ${oneLine(one.got, 1000)}`,
        `  mend     ${oneLine(one.mend, 1000)}`,
      ].join('\n'),
    ),
    ...unreadable.map(
      (one) => `${paint('bold', placeText(one), options)} ${paint('red', 'unreadable', options)}\n  ${oneLine(one.message, 2000)}`,
    ),
    ...(unknown.length === 0
      ? []
      : [
          [
            'not known before deployment, so neither passed nor failed:',
            ...unknown
              .slice(0, MOST_UNKNOWN)
              .map(
                (one) =>
                  `  ${placeText(one)} ${one.rule} ${oneLine(one.resource, 300)}: ${oneLine(one.message, 300)} (${oneLine(one.reason, 300)})`,
              ),
            ...(more > 0 ? [`  and ${more} more`] : []),
          ].join('\n'),
        ]),
    [
      ...inputs.map(({ path, format, resources }) => `${path}: ${format}, ${resources} ${resources === 1 ? 'part' : 'parts'}`),
      `${inputs.length} inputs: ${errors} errors, ${findings.length - errors} warnings, ${unknown.length} not known yet, ${unreadable.length} unreadable`,
    ].join('\n'),
  ];
  return `${blocks.join('\n\n')}\n`;
}

const placeText = ({ file, line, column }: Place): string =>
  line === null ? file : `${file}:${line}${column === null ? '' : `:${column}`}`;
