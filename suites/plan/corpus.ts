/** The plans of `fixtures/corpus/plan`: for each rule what breaks it, and what is legal and looks like it. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readTargetFile } from '../../fixtures/target-file.ts';
import { root } from '../case/suite-files.ts';
import { checkPlan, type PlanResult } from './check-plan.ts';
import { type Expectations, NO_EXPECTATIONS } from './expectations.ts';

/** Its folder; each rule has one of its own in it. */
export const corpus = join(root, 'fixtures/corpus/plan');

/** With `target.yaml` of the rule's folder, or that of the whole corpus. */
function expectationsIn(folder: string): Expectations {
  const own = join(folder, 'target.yaml');
  const { stage, deployment } = readTargetFile(existsSync(own) ? own : join(corpus, 'target.yaml'), {}, 'leave');
  const { services, functions, images, vpcEndpoints } = deployment;
  return {
    ...NO_EXPECTATIONS,
    modes: { code: 'direct', data: 'bundle' },
    stage,
    services,
    functions,
    images,
    endpoints: Object.values(vpcEndpoints),
  };
}

/** What `plan` says of the inputs of a folder whose names begin so. */
export const checkFolder = (folder: string, start: string): Promise<PlanResult> =>
  checkPlan(
    readdirSync(folder)
      .filter((name) => name.startsWith(start))
      .map((name) => join(folder, name)),
    expectationsIn(folder),
  );
