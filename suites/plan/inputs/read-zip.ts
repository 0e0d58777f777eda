/** Names of a zip archive, from its directory: nothing is unpacked, so that a bomb does nothing. */
import { openPromise } from 'yauzl';
import { InputError } from '../plan-input.ts';
import { placeOf } from './open-file.ts';

const MOST_ENTRIES = 200_000;

/** Names of all files. Throws InputError. */
export async function readZipNames(path: string): Promise<readonly string[]> {
  try {
    const zip = await openPromise(path, { lazyEntries: true });
    const names: string[] = [];
    if (zip.entryCount > MOST_ENTRIES) throw new InputError(placeOf(path), `expected at most ${MOST_ENTRIES} files, got ${zip.entryCount}`);
    for await (const { fileName } of zip.eachEntry()) if (!fileName.endsWith('/')) names.push(fileName);
    return names;
  } catch (error) {
    if (error instanceof InputError) throw error;
    const said = error instanceof Error ? error.message : String(error);
    throw new InputError(placeOf(path), `expected a whole zip archive, got one that breaks off or is damaged (${said}); write it again`);
  }
}
