/** `docs/plan-rules.md`: what `crosscheck plan` asks of what is about to be deployed, rule by rule. */
import { nameLimits } from '../../suites/plan/name-limits.ts';
import { planRules } from '../../suites/plan/rules.ts';
import { table } from './markdown.ts';

const forms = { infrastructure: 'Terraform and CloudFormation', image: 'container images', manifest: 'SMUS manifests' } as const;

/** The whole page. */
export function planRulesPage(): string {
  return `# The rules of \`crosscheck plan\`

Generated from the rules by \`node .ci/make-pages.ts\`. An error makes the command exit 1, a warning does not; an input that cannot be read makes it exit 2,
and the others are judged nonetheless. What only the deployment will know is listed as unknown: it is neither passed nor failed. Each rule has a fixture that
breaks it and a legal look-alike in \`fixtures/corpus/plan/\`.

${planRules.map(section).join('\n\n')}

## Lengths of names

${table(
  ['Terraform', 'CloudFormation', 'characters', 'from the AWS API reference'],
  nameLimits.map(({ terraform, attribute, cloudformation, property, least, most, source }) => [
    `\`${terraform}.${attribute}\``,
    `\`${cloudformation}\` ${property}`,
    `${least} to ${most}`,
    source,
  ]),
)}
`;
}

const section = ({ id, title, documentation, incidents, severity, of }: (typeof planRules)[number]) => `## ${id}

${title.slice(0, 1).toUpperCase()}${title.slice(1)}. ${documentation}

For: ${forms[of]}. Severity: ${severity}. Incidents: ${incidents.join(', ')}.`;
