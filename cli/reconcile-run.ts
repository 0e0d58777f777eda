/** Holds the documents that a run sent against those of its backends' sources. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { documentsOf, type ReconciledRun } from '../reports/reconciliation-table.ts';
import type { JudgedCase, RunRecord } from '../reports/result.ts';
import { reconcile } from '../schemas/reconcile.ts';
import { root } from '../suites/case/suite-files.ts';
import { findBelow } from './contract/source-tree.ts';

/** The sources are `backends/NAME/operations` of each backend that ran; places are from the checkout's root. */
export async function reconcileRun(
  { subjects }: Pick<RunRecord, 'subjects'>,
  judged: readonly Pick<JudgedCase, 'id' | 'result'>[],
): Promise<ReconciledRun> {
  const folders = Object.keys(subjects)
    .map((name) => join(root, 'backends', name, 'operations'))
    .filter((folder) => existsSync(folder));
  const { documents } = await findBelow(folders);
  const { operations, unsourced, unsent } = reconcile(documents, documentsOf(judged));
  return {
    operations,
    unsourced,
    unsent: unsent.map(({ operation, place }) => ({ operation, place: { ...place, file: relative(root, place.file) } })),
  };
}
