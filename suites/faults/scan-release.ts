/** A source tree that fits its schema, scanned with a fault's edits in a copy of it: one case a file. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finders } from '../../schemas/inventory/finders.ts';
import { SourceFile } from '../../schemas/inventory/source-file.ts';
import { contractFromSdl } from '../../schemas/load-contract.ts';
import { scan } from '../../schemas/scan/scan.ts';
import { root } from '../case/suite-files.ts';
import type { Edit } from './apply-fault.ts';
import type { Outcome } from './judge-fault.ts';

/** The scenario that a fault of source names in `uses`. */
export const SCAN = 'contract/scan';

const RELEASE = join(root, 'fixtures/corpus/release');

/** Case id → what the scan says of the file: failed with every violation, warnings included, as `file:line:column rule: message`. */
export async function scanRelease(edits: readonly Edit[]): Promise<ReadonlyMap<string, Outcome>> {
  const contract = contractFromSdl(readFileSync(join(RELEASE, 'schema.graphql'), 'utf8'), 'release');
  const texts = new Map(
    globSync('*.{py,ts}', { cwd: join(RELEASE, 'corrected') })
      .sort()
      .map((path) => [path, readFileSync(join(RELEASE, 'corrected', path), 'utf8')]),
  );
  for (const { path, from, to } of edits) {
    const text = texts.get(path);
    if (text?.includes(from) !== true)
      throw new Error(`${path}: expected ${JSON.stringify(from)} in it, got none; the fault is out of date`);
    texts.set(
      path,
      text.replace(from, () => to),
    );
  }
  const files = new Map([...texts].map(([path, text]) => [path, new SourceFile(path, text)]));
  const tree = { paths: [...files.keys()], unreadable: [], read: (path: string) => files.get(path) ?? null };
  const { violations, unresolved } = await scan(tree, [{ name: 'release', contract }], finders, { today: '2026-01-01' });
  return new Map(
    tree.paths.map((path) => {
      const lines = [
        ...violations.map((one) => ({ ...one, text: `${one.severity} ${one.rule}: ${one.message}` })),
        ...unresolved.map((one) => ({ ...one, text: `unresolved ${one.reason}: ${one.message}` })),
      ]
        .filter(({ file }) => file === path)
        .map(({ file, line, column, text }) => `${file}:${line}:${column} ${text}`);
      return [
        `${SCAN}/file:${path}`,
        lines.length === 0 ? { verdict: 'passed', message: '' } : { verdict: 'failed', message: lines.join('\n') },
      ];
    }),
  );
}
