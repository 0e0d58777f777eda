/** Where migrations come from, behind one interface: what can be walked, and what cannot and why. */

/** A migration that did not end as it must; the message says which, on what, and what was said. */
export class MigrationFailed extends Error {
  override readonly name = 'MigrationFailed';
}

export interface MigrationSource {
  /** Tables that the tool keeps for itself, with their schema; no model has them. */
  readonly bookkeeping: readonly string[];
  /** True when `up` takes a revision and `revisions` has them all; else why not. */
  readonly steps: true | string;
  /** True when there is a way down at all; else why not. */
  readonly down: true | string;
  /** Every revision from the first to the last; empty where the source does not tell. Throws MigrationFailed where the history cannot be read. */
  revisions(): Promise<readonly string[]>;
  /** Revisions that nothing follows: one, unless the history has forked. */
  heads(): Promise<readonly string[]>;
  /** Migrates the database at the URL to a revision, to head when absent. Throws MigrationFailed. */
  migrate(url: string, to?: string): Promise<void>;
  /** Takes the database back to a revision, null: to before the first. Throws MigrationFailed. */
  revert(url: string, to: string | null): Promise<void>;
  /** Revisions that the database says it is at. */
  current(url: string): Promise<readonly string[]>;
  /** Ends what it started. */
  close(): Promise<void>;
}

/** How the work failed as a migration may, or null; throws what else went wrong. */
export async function failureOf(work: Promise<unknown>): Promise<MigrationFailed | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof MigrationFailed) return error;
    throw error;
  }
}
