/** `docs/rules.md`: what `crosscheck contract scan` finds, rule by rule. */
import type { RuleFacts } from '../../schemas/rules/rule.ts';
import { rulesById } from '../../schemas/rules/rules.ts';
import { cell, table } from './markdown.ts';

/** The whole page. */
export function rulesPage(): string {
  const all = [...rulesById.values()];
  const specified = all.filter(({ from }) => from === 'specification 5');
  const own = all.filter((rule) => !specified.includes(rule) && rule.group === undefined);
  const variables = all.filter(({ group }) => group === 'variables');
  return `# The rules of \`crosscheck contract scan\`

Generated from the rules by \`node .ci/make-pages.ts\`. \`--rule ID=error\`, \`ID=warning\` or \`ID=off\` changes a severity; an error makes the scan exit 1,
a warning does not. A waiver (\`--waivers FILE\`) accepts one rule at one place until a day. A text whose content is not known from reading the program
is no violation: it is listed as unresolved with its reason, and makes the scan exit 1 unless it is waived.

## Documents, comparisons and waivers

${own.map(section).join('\n\n')}

## Variables that the code passes

What stands in source is judged as far as it can be read; what is not known fits. \`--rule variables=…\` sets them all. The place is that of the key, or of
the record that lacks one.

${table(['rule', 'severity', 'speaks when', 'because', 'from'], variables.map(row))}

## The specification's rules

Under the names of graphql-js, all errors: servers refuse the whole document. Messages carry the name that was meant, and for a field that was called at the
wrong place the path where it lives.

${specified.map(({ id }) => `\`${id}\``).join(', ')}
`;
}

const section = ({ id, severity, says, because, from }: RuleFacts) => `### ${id}

${capital(says)}. ${because} Default: ${severity}. From: ${from}.`;

const row = ({ id, severity, says, because, from }: RuleFacts) => [`\`${id}\``, severity, cell(says), cell(because), from];

const capital = (text: string) => (text.startsWith('`') ? text : `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`);
