/** The store that a person means who names none. */
import { StoreError } from '../../reports/read-store.ts';
import { listStores } from '../../reports/stores.ts';

/** Folder of the newest store below `root`. Throws StoreError when there is none. */
export function newestStore(root: string): string {
  const [newest] = listStores(root);
  if (newest === undefined) throw new StoreError(`${root}: expected the store of a run, got none; run \`npx crosscheck run\` first`);
  return newest;
}
