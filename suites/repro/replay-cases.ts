/** Plays the cases of a recording again: the same runner, comparison and backends as a run, on what was recorded. */
import type { BackendName } from '../../backends/quilt-ops.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { createCaseRunner } from '../case/run-case.ts';
import { loadSuite } from '../case/suite-files.ts';
import { loadBackends } from '../run/backends.ts';
import { createReplayHost } from './replay-host.ts';
import { ReplayError, type ReproFile } from './repro-file.ts';

/** A case with what it did when it was recorded and what it does now. */
export interface Replayed {
  readonly planned: PlannedCase;
  readonly recorded: CaseResult;
  readonly result: CaseResult;
}

/** Why a backend cannot be replayed: its requests pass no door. */
export const NOT_REPLAYED: Readonly<Partial<Record<BackendName, string>>> = {
  'quilt3-python': 'the published quilt3 is a process of its own, whose requests pass no door of ours',
};

/** The backends that a case drives. */
export const backendsOf = ({ backend }: PlannedCase): readonly BackendName[] =>
  backend === null ? [] : (backend.split('~') as BackendName[]);

/** Replays the cases whose backends are all among `names`. A request that the recording does not hold makes a case broken. Throws ReplayError when none is left. */
export async function replayCases(file: ReproFile, path: string, names: readonly BackendName[] | null): Promise<readonly Replayed[]> {
  const cases = file.cases.filter((planned) =>
    backendsOf(planned).every((name) => NOT_REPLAYED[name] === undefined && (names === null || names.includes(name))),
  );
  const [first] = cases;
  if (first === undefined)
    throw new ReplayError(
      `${path}: cases: expected one that can be replayed${names === null ? '' : ` with --backend ${names.join()}`}, got none of ${file.cases.length}`,
    );
  const backends = await loadBackends([...new Set(cases.flatMap(backendsOf))]);
  await using host = createReplayHost(file.recording, { backends, seed: file.seed, file: path });
  const runner = createCaseRunner(host);
  const { suite } = await loadSuite(first.file);
  const replayed: Replayed[] = [];
  for (const { result: recorded, ...planned } of cases) {
    const result = await runner.run(planned, suite);
    const missing = sidesOf(planned).flatMap((side) => host.missingIn(side));
    replayed.push({ planned, recorded, result: missing.length === 0 ? result : brokenBy(missing, result) });
  }
  return replayed;
}

/** Names under which the sides of a case were recorded. */
function sidesOf(planned: PlannedCase): readonly string[] {
  const names = backendsOf(planned);
  return names.length === 0 ? [planned.id] : [...names, names.join('>')];
}

/** What came after a request that was not recorded says nothing of the subject. */
function brokenBy([first = '', ...others]: readonly string[], result: CaseResult): CaseResult {
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  return { ...result, verdict: 'broken', message: `replay: ${first}${more}` };
}
