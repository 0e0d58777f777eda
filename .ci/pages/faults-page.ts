/** `docs/faults.md`: each incident that is made to happen, and what catches it. */
import { saysOf } from '../../fixtures/faults/fault.ts';
import { loadFaults } from '../../fixtures/faults/fault-files.ts';
import { INCIDENTS } from '../../fixtures/faults/incidents.ts';
import { cell, table } from './markdown.ts';

const faults = await loadFaults();

/** The whole page. */
export function faultsPage(): string {
  const built = new Set(faults.map(({ id }) => id));
  const code = (texts: readonly string[]) => texts.map((text) => `\`${cell(text)}\``).join('<br>');
  const wordsOf = (fault: (typeof faults)[number]) => [...new Set(fault.catches.flatMap((glob) => saysOf(fault, glob)))];
  const rows = faults.map((fault) => [fault.id, fault.side, cell(fault.does), code(fault.catches), code(wordsOf(fault))]);
  return `# The faults

Generated from \`fixtures/faults/\` by \`node .ci/make-pages.ts\`. \`npx crosscheck faults\` makes each of these incidents happen beyond a socket or a file and shows
what caught it: every case of the fourth column must fail, and its message must hold every text of the fifth that is said of it; nothing else may change.
\`npx crosscheck run --fault ID\` runs any selection under one of them. Sides: \`target\` changes what a server answers, \`subject\` a backend at its interface,
\`artefact\` a copy of a source tree.

${table(['incident', 'side', 'what is done', 'caught by', 'which says'], rows)}

Not built yet: ${INCIDENTS.filter((id) => !built.has(id)).join(', ')}.
`;
}
