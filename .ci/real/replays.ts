/**
 * Recorded cases play again as they ran, and their files hold no secret. In `verify:real` one point of each scenario; alone, with `--all`,
 * every point: `node .ci/real/replays.ts [--all] [TEXT]`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { targetOfLine } from '../../fixtures/target.ts';
import { openJournal } from '../../reports/journal.ts';
import type { CaseResult } from '../../reports/result.ts';
import { replayCases } from '../../suites/repro/replay-cases.ts';
import { reproCase } from '../../suites/repro/repro-case.ts';
import { readReproFile, writtenRepro } from '../../suites/repro/repro-file.ts';
import { DEFAULT_BACKENDS } from '../../suites/run/backends.ts';
import { planRun } from '../../suites/run/run-suites.ts';
import { EVERYTHING } from '../../suites/run/selection.ts';
import { describeOutcomes, failOn, type RealCheck, runCheck } from './check.ts';
import { openRoom } from './room.ts';

/** What must be the same: the verdict and its words, and what every call gave. */
const toldBy = ({ verdict, message, steps }: CaseResult) =>
  JSON.stringify({ verdict, message, steps: steps.map(({ name, outcome }) => ({ name, outcome })) });

/** A token of three parts, or a key that AWS would take: neither stands in any file. */
const SECRET = /eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\./;

function replays(all: boolean, text: string): RealCheck {
  return {
    name: `recorded cases play again as they ran: ${all ? 'every point' : 'one point'} of each scenario${text === '' ? '' : ` with ${text}`}`,
    async run(room) {
      await using child = await startEmbeddedChild();
      const target = targetOfLine(child.line);
      const { plan: whole } = await planRun(target, { ...EVERYTHING, backends: DEFAULT_BACKENDS });
      // What is asked of a database, a stack or an app has no recording that plays without it.
      const plan = whole.filter(({ suite }) => !['migrations', 'stack', 'oauth'].includes(suite));
      const run = { id: 'replays', part: '1', journal: openJournal(room.dir), targetFile: null };
      const seen = new Set<string>();
      const wrong: string[] = [];
      let [cases, bytes, slowest] = [0, 0, 0];
      for (const { id, scenario, parameters, unsupported } of plan) {
        const point = all ? JSON.stringify([scenario, parameters]) : scenario;
        if (unsupported !== null || !id.includes(text) || seen.has(point)) continue;
        // An answer that never comes is waited for twice.
        if (!all && id.includes(':hang')) continue;
        seen.add(point);
        const told = await reproCase(id, { target, targetArgument: '', run, backends: DEFAULT_BACKENDS, seed: 1 });
        if (told === null) throw new Error(`${id}: expected a case of the plan, got none`);
        const file = join(room.dir, 'repro.json');
        const written = writtenRepro(told);
        writeFileSync(file, written);
        bytes = Math.max(bytes, written.length);
        const [found] = SECRET.exec(written) ?? [];
        if (found !== undefined) wrong.push(`${id}: file: expected no token, got one that begins ${found.slice(0, 12)}`);
        const from = performance.now();
        for (const { recorded, result } of await replayCases(readReproFile(file), file, null)) {
          cases++;
          if (toldBy(recorded) === toldBy(result)) continue;
          wrong.push(
            `${result.id}: expected ${recorded.verdict} as recorded, got ${result.verdict}: ${(result.message ?? differing(recorded, result)).slice(0, 300)}`,
          );
        }
        slowest = Math.max(slowest, performance.now() - from);
      }
      failOn(wrong);
      return {
        detail: `${cases} cases of ${seen.size} files, the largest ${Math.round(bytes / 1024)} KiB, the slowest ${Math.round(slowest)} ms`,
      };
    },
  };
}

function differing(recorded: CaseResult, result: CaseResult): string {
  const at = result.steps.findIndex((step, index) => step.outcome !== recorded.steps[index]?.outcome);
  return `step ${at}: ${result.steps[at]?.name}: expected ${recorded.steps[at]?.outcome}, got ${result.steps[at]?.outcome}`;
}

/** The check of `verify:real`. */
export const replayed: RealCheck = replays(false, '');

if (import.meta.main) {
  const [all, texts] = [process.argv.includes('--all'), process.argv.slice(2).filter((one) => one !== '--all')];
  const say = (line: string) => void process.stderr.write(line);
  const outcome = await runCheck(replays(all, texts[0] ?? ''), (name) => openRoom(name, say), say);
  process.stdout.write(describeOutcomes([outcome]));
}
