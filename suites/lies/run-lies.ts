/** Tells every generated lie on every backend: each scenario is told once, honestly, and the lies are told to the comparison. */
import type { Backend } from '../../backends/backend.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Contract } from '../../schemas/contract.ts';
import { compareRuns } from '../case/compare.ts';
import { planCases } from '../case/plan.ts';
import { type Cast, tell } from '../case/side.ts';
import { loadSuite, type SuiteFile, suitePaths } from '../case/suite-files.ts';
import { featuresOf } from '../run/features.ts';
import { createLiveHost } from '../run/live-host.ts';
import { allLies } from './lies.ts';
import { type LieReport, type ToldTwice, tellLies } from './tell-lies.ts';
import { readWaivers } from './waivers.ts';

export interface BackendLies {
  readonly backend: string;
  readonly lies: number;
  readonly caught: number;
  /** Lies that had something to be told about and that nobody caught, or that found nothing to lie about; without the waived ones. */
  readonly uncaught: readonly LieReport[];
  readonly waived: readonly LieReport[];
  /** Waivers of lies that are caught by now, or that are no lies. */
  readonly stale: readonly string[];
  /** Cases that differed without any lie, so that they prove nothing. */
  readonly dishonest: readonly string[];
}

/** Runs the honest stories of each backend on the target and tells the lies. */
export async function runLies(
  target: Target,
  backends: readonly Backend[],
  contract: Contract,
  seed: number,
): Promise<readonly BackendLies[]> {
  const waivers = readWaivers();
  await using host = createLiveHost({ target, backends, contract, seed, run: null, targetArgument: '' });
  const files = await Promise.all(suitePaths().map(loadSuite));
  const reports: BackendLies[] = [];
  for (const backend of backends) {
    const stories = await tellStories(files, backend, backends, host, target);
    const told = tellLies(allLies(), stories.told);
    const mine = waivers.filter((waiver) => waiver.backend === backend.name);
    const missed = told.filter(({ caughtBy }) => caughtBy === null);
    const isWaived = ({ name, told: count }: LieReport) => count === 0 && mine.some(({ lie }) => lie === name);
    reports.push({
      backend: backend.name,
      lies: told.length,
      caught: told.length - missed.length,
      uncaught: missed.filter((lie) => !isWaived(lie)),
      waived: missed.filter(isWaived),
      stale: mine.filter(({ lie }) => !missed.some((report) => report.name === lie && isWaived(report))).map(({ lie }) => lie),
      dishonest: stories.broken,
    });
  }
  return reports;
}

async function tellStories(
  files: readonly SuiteFile[],
  backend: Backend,
  backends: readonly Backend[],
  host: ReturnType<typeof createLiveHost>,
  target: Target,
): Promise<{ readonly told: readonly ToldTwice[]; readonly broken: readonly string[] }> {
  // In a story of two, the other one writes and the backend reads.
  const other = backends.find(({ name }) => name !== backend.name);
  const options = { target, features: featuresOf(target), suites: [], grep: null, tags: [], ids: null, shard: null };
  const told: ToldTwice[] = [];
  const broken: string[] = [];
  for (const file of files) {
    const story = file.suite;
    if (story.kind === 'check' || story.kind === 'resource' || (story.kind === 'interop' && other === undefined)) continue;
    const cast: Cast =
      story.kind === 'interop' && other !== undefined ? { writer: other.name, reader: backend.name } : { backend: backend.name };
    const cases = planCases([file], {
      ...options,
      backends: story.kind === 'interop' && other !== undefined ? [other, backend] : [backend],
    });
    for (const planned of cases) {
      const mine = story.kind === 'scenario' || planned.backend === `${other?.name}~${backend.name}`;
      if (planned.unsupported !== null || !mine) continue;
      const play = async (as: Cast) => {
        await using side = await host.makeSide(story, as, planned);
        return await tell(story, as, planned.parameters, side);
      };
      const [oracle, observed] = [await play(null), await play(cast)];
      const honest = oracle.broken === null && observed.broken === null && compareRuns(oracle, observed).length === 0;
      if (honest) told.push({ id: planned.id, oracle, observed });
      else broken.push(`${planned.id}: ${oracle.broken ?? observed.broken ?? 'it differs already'}`);
    }
  }
  return { told, broken };
}
