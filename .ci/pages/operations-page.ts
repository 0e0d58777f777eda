/** `docs/operations.md`: operation → documents → fields of the schema, for each backend that sends documents of ours. */
import type { OperationRow } from '../../backends/document-table.ts';
import { documentTable as ofPlatform } from '../../backends/platform/documents.ts';
import { documentTable as ofQuilt3 } from '../../backends/quilt3/document-table.ts';
import { loadSdl } from '../../fixtures/embedded/registry/sdl/load-sdl.ts';
import { contractFromSdl } from '../../schemas/load-contract.ts';
import { table } from './markdown.ts';

/** The whole page. Throws where an operation has no document and no reason, and where a document has no operation. */
export function operationsPage(): string {
  const contract = contractFromSdl(loadSdl('current'), "the embedded registry's schema");
  return `# Which documents an operation sends, and what they touch

Generated from what each operation declares and from the \`.graphql\` files by \`node .ci/make-pages.ts\`, against the embedded registry's
schema. \`quilt3-python\` sends the documents of the published quilt3, which are not ours.

${render('platform', ofPlatform(contract))}

${render('quilt3', ofQuilt3(contract))}
`;
}

function render(backend: string, rows: readonly OperationRow[]): string {
  const documents = new Map(rows.flatMap((row) => row.documents.map((document) => [document.name, document] as const)));
  const operations = rows.map(({ operation, documents: sent, because }) => [
    `\`${operation}\``,
    sent.length === 0 ? `none: ${because ?? ''}` : sent.map(({ name }) => `[${name}](#${backend}-${name.toLowerCase()})`).join(', '),
  ]);
  const touched = [...documents.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, kind, file, fields, arguments: args, inputs }) => [
      `<a id="${backend}-${name.toLowerCase()}"></a>${name}`,
      kind,
      file.split('/').at(-1) ?? '',
      [...fields, ...args, ...inputs].map((coordinate) => `\`${coordinate}\``).join(' '),
    ]);
  return [
    `## ${backend}`,
    table(['operation', 'documents'], operations),
    table(['document', 'kind', 'file', 'fields, arguments, inputs'], touched),
  ].join('\n\n');
}
