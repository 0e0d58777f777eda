/** C-01 to C-09: every document that a backend can send is sound against the live schema. */
import { join } from 'node:path';
import { type DocumentSet, registerDocuments } from '../../backends/wire/documents.ts';
import { judgeDocument } from '../../schemas/judge-document.ts';
import { check } from '../case/check.ts';
import { root } from '../case/suite-files.ts';

const sets: Readonly<Record<string, DocumentSet>> = {
  platform: registerDocuments(join(root, 'backends/platform/operations')),
  quilt3: registerDocuments(join(root, 'backends/quilt3/operations')),
};

/** Operation names are camel case; ids are not. */
const kebab = (name: string) => name.replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase();

export default check({
  title: 'every document that a backend can send fits the live schema',
  level: 'must',
  incidents: ['C-01', 'C-06', 'C-09'],
  tags: ['contract'],
  points: () =>
    Object.entries(sets).flatMap(([backend, { documents }]) => documents.map(({ name }) => ({ backend, document: kebab(name) }))),
  async ask({ contract, at }) {
    const document = sets[at['backend'] ?? '']?.documents.find(({ name }) => kebab(name) === at['document']);
    if (contract === null || document === undefined) return [];
    const findings = judgeDocument(contract, document.text).filter(({ severity }) => severity === 'error');
    const got = findings.map(({ line, column, message }) => `${line}:${column} ${message}`).join('; ');
    return [{ what: `${document.name} in ${document.file.slice(root.length + 1)}`, expected: 'no finding', got: got || 'no finding' }];
  },
});
