/** The main job, by what came of the schema's root fields: each outcome that one can have was observed, nested operations included. */
import { join } from 'node:path';
import { unobservedOutcomes } from '../../reports/coverage-tables.ts';
import { judgeRun } from '../../suites/run/judge-run.ts';
import { newestStore } from '../../suites/run/newest-store.ts';
import { rootFieldsIn } from '../../suites/run/schema-file.ts';
import { failOn, type RealCheck } from './check.ts';
import { crosscheckRun, wrongCases } from './crosscheck-run.ts';

/** Seen to take 37 s on two cores, 143 s on two that four others used too. */
const DEADLINE_MS = 300_000;

/** What a small stack cannot answer, and why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  'Query.status value': 'the embedded platform has no canaries, so that its status is the typed failure Unavailable',
};

export const rootFieldOutcomes: RealCheck = {
  name: 'root fields: every value, typed failure and refusal that one can have is observed by the main job',
  async run(room) {
    failOn(wrongCases(await crosscheckRun(room, [], DEADLINE_MS)));
    const store = newestStore(join(room.dir, 'out'));
    const possible = rootFieldsIn(store);
    const unobserved = unobservedOutcomes(judgeRun([store]).judged, possible);
    failOn([
      ...unobserved
        .filter((outcome) => !(outcome in NOT_HERE))
        .map((outcome) => `${outcome}: expected to be observed, got no case that did`),
      ...Object.keys(NOT_HERE)
        .filter((outcome) => !unobserved.includes(outcome))
        .map((outcome) => `${outcome}: expected not to be observed here (${NOT_HERE[outcome]}), got a case that did`),
    ]);
    const all = [...possible.values()].flat().length;
    return { detail: `${possible.size} root fields and operations, ${all - unobserved.length} of ${all} outcomes observed` };
  },
};
