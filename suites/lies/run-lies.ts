/** Tells every generated lie on every backend: each scenario is told once, honestly, and the lies are told to the comparison. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Backend } from '../../backends/backend.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Contract } from '../../schemas/contract.ts';
import { planCases } from '../case/plan.ts';
import { type Cast, type Story, tell } from '../case/side.ts';
import { loadSuite, root, type SuiteFile, suitePaths } from '../case/suite-files.ts';
import { featuresOf } from '../run/features.ts';
import { createLiveHost } from '../run/live-host.ts';
import { allLies } from './lies.ts';
import { type LieReport, type ToldTwice, tellLies } from './tell-lies.ts';

const waiverSchema = z.array(z.strictObject({ backend: z.string(), lie: z.string(), reason: z.string().min(10) }));

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
  const waivers = waiverSchema.parse(parse(readFileSync(join(root, 'suites/lies/waivers.yaml'), 'utf8')) ?? []);
  await using host = createLiveHost({ target, backends, contract, seed, targetArgument: '' });
  const files = await Promise.all(suitePaths().map(loadSuite));
  const reports: BackendLies[] = [];
  for (const backend of backends) {
    const stories = await tellStories(files, backend, host, target);
    const told = tellLies(allLies(), stories.told);
    const mine = waivers.filter((waiver) => waiver.backend === backend.name);
    const missed = told.filter(({ caughtBy }) => caughtBy === null);
    const isWaived = ({ name }: LieReport) => mine.some(({ lie }) => lie === name);
    reports.push({
      backend: backend.name,
      lies: told.length,
      caught: told.length - missed.length,
      uncaught: missed.filter((lie) => !isWaived(lie)),
      waived: missed.filter(isWaived),
      stale: mine.filter(({ lie }) => !missed.some(({ name }) => name === lie)).map(({ lie }) => lie),
      dishonest: stories.broken,
    });
  }
  return reports;
}

async function tellStories(
  files: readonly SuiteFile[],
  backend: Backend,
  host: ReturnType<typeof createLiveHost>,
  target: Target,
): Promise<{ readonly told: readonly ToldTwice[]; readonly broken: readonly string[] }> {
  const options = { backends: [backend], features: featuresOf(target), suites: [], grep: null, tags: [], ids: null, shard: null };
  const told: ToldTwice[] = [];
  const broken: string[] = [];
  for (const file of files) {
    if (file.suite.kind !== 'scenario') continue;
    const story: Story = file.suite;
    for (const planned of planCases([file], options)) {
      if (planned.unsupported !== null) continue;
      const play = async (cast: Cast) => {
        await using side = await host.makeSide(story, cast, planned);
        return await tell(story, cast, planned.parameters, side);
      };
      const [oracle, observed] = [await play(null), await play({ backend: backend.name })];
      if (oracle.broken === null && observed.broken === null) told.push({ id: planned.id, oracle, observed });
      else broken.push(`${planned.id}: ${oracle.broken ?? observed.broken}`);
    }
  }
  return { told, broken };
}
