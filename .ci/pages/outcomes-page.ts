/** `docs/outcomes.md`: what each operation must do, out of `backends/outcomes.ts`. */

import { operationNames } from '../../backends/operations.ts';
import { type Outcome, outcomes, transport } from '../../backends/outcomes.ts';
import { cell, table } from './markdown.ts';

/** The whole page. */
export function outcomesPage(): string {
  const sections = [
    ...operationNames.map((operation) => section(operation, outcomes[operation])),
    section('Any operation, when what comes back is no answer', transport),
  ];
  return `# What each operation must do

Generated from \`backends/outcomes.ts\` by \`node .ci/make-pages.ts\`. The oracle computes these outcomes and every backend is held to them.

- Rows are checked from the top. "Before any request" means that every client tells it from the parameters alone, and nothing is written.
- An error has the facts named and no others; \`$name\` is the parameter of that name, \`$registry\` the bucket that was addressed.
- Evidence is a run of a named client version, a line of the Platform schema, or an incident (\`P-10\`).
- Where clients truly differ, the row says how, and which of them is the contract.

${sections.join('\n\n')}
`;
}

function section(title: string, rows: Readonly<Record<string, Outcome>>): string {
  const body = Object.entries(rows).map(([precondition, outcome]) => [precondition, resultOf(outcome), evidenceOf(outcome)]);
  return `## ${title}\n\n${table(['precondition', 'outcome', 'evidence'], body)}`;
}

function resultOf({ result, told }: Outcome): string {
  if (result.kind === 'value') return cell(result.says);
  const facts = Object.entries(result.facts).map(([fact, from]) => `${fact}: ${from}`);
  const parts = [
    `**${result.class}**`,
    facts.length === 0 ? '' : `\`{ ${facts.join(', ')} }\``,
    result.code === undefined ? '' : `code \`${result.code}\``,
    told === 'client' ? 'before any request' : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function evidenceOf({ evidence, differs }: Outcome): string {
  if (differs === undefined) return cell(evidence);
  const { contract, ...ways } = differs;
  const told = Object.entries(ways).map(([backend, way]) => `**${backend}** ${cell(way)}`);
  return `${cell(evidence)}. Differs: ${told.join('; ')}. Contract: ${contract}`;
}
