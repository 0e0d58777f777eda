/** What a run tells its workers, through their environment, since a target holds secrets that no file of ours may hold. */
import type { BackendName } from '../../backends/quilt-ops.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Parts } from './parts.ts';

export interface RunSettings {
  /** The store's directory; its `run.json` holds the plan. */
  readonly store: string;
  readonly target: Target;
  readonly backends: readonly BackendName[];
  readonly seed: number;
  /** 1, or 2 for the group that runs what the first one left untouched. */
  readonly attempt: number;
  /** ` --target FILE` for the command that reproduces a case; empty for the embedded target. */
  readonly targetArgument: string;
  /** Absolute path of the target file; null for the embedded target. */
  readonly targetFile: string | null;
  /** What was started for the run. */
  readonly parts: Parts;
  /** Ids that this group runs; all planned ones when null. */
  readonly ids: readonly string[] | null;
  /** Incident that is made to happen under every case; null for none. */
  readonly fault: string | null;
}

const NAME = 'CROSSCHECK_RUN';

/** The environment that carries the settings. */
export function settingsEnv(settings: RunSettings): Readonly<Record<string, string>> {
  return { [NAME]: JSON.stringify(settings), CROSSCHECK_SEED: String(settings.seed) };
}

/** The settings in this process's environment, or null where it is no worker of a run. */
export function readSettings(): RunSettings | null {
  const text = process.env[NAME];
  return text === undefined ? null : (JSON.parse(text) as RunSettings);
}
