/** Renders what a case sent as a text that runs without Crosscheck. */
import type { BackendName } from '../../backends/quilt-ops.ts';
import { exportCurl } from './export-curl.ts';
import { exportTest } from './export-test.ts';
import { ReplayError, type ReproFile } from './repro-file.ts';
import { exportSends } from './shell-variables.ts';

/** The forms there are. */
export const EXPORTS = { curl: exportCurl, test: exportTest } as const;
export type ExportForm = keyof typeof EXPORTS;

/** The requests of all sides whose backends are among `names`. Throws ReplayError when there are none. */
export function exportRepro({ id, recording }: Omit<ReproFile, 'version'>, form: ExportForm, names: readonly BackendName[] | null): string {
  const sides = Object.entries(recording.sides)
    .filter(([side]) => names === null || side.split('>').every((name) => (names as readonly string[]).includes(name)))
    .map(([side, { sends }]) => [side, sends] as const);
  const { region } = recording.target;
  const exported = exportSends(sides, typeof region === 'string' ? region : 'us-east-1');
  if (exported.sends.length === 0)
    throw new ReplayError(
      `${id}: expected recorded requests of ${names?.join() ?? 'any side'}, got none of ${Object.keys(recording.sides).join() || 'no side'}`,
    );
  return `${EXPORTS[form](exported, id)}\n`;
}
