/** One vitest worker of a run: knows which cases of a file are planned, runs them, and writes down that they started and how they ended. */
import { relative } from 'node:path';
import { openJournal } from '../../reports/journal.ts';
import { readRecord } from '../../reports/read-store.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { openWorkerLog, type WorkerLog } from '../../reports/store.ts';
import { type CaseRunner, createCaseRunner } from '../case/run-case.ts';
import { loadSuite, root, type Suite } from '../case/suite-files.ts';
import { applyFault } from '../faults/apply-fault.ts';
import { findFault } from '../faults/find-fault.ts';
import { createAwsGate } from './aws-gate.ts';
import { loadBackends } from './backends.ts';
import { createBreaker } from './circuit-breaker.ts';
import { createLiveHost } from './live-host.ts';
import { orderCases } from './order-cases.ts';
import { readSchema } from './schema-file.ts';
import { readSettings } from './settings.ts';

export interface Worker {
  /** The suite of a file and its planned cases that this group runs. */
  casesOf(path: string): Promise<{ readonly suite: Suite; readonly cases: readonly PlannedCase[] }>;
  /** Runs a case and writes both lines of it. */
  run(planned: PlannedCase, suite: Suite): Promise<CaseResult>;
}

let opened: Promise<Worker> | undefined;

/** The worker of this process: made once, since vitest runs the set-up file again for each suite file. `path` is the first that it runs. */
export function openWorker(path: string): Promise<Worker> {
  opened ??= open(path);
  return opened;
}

async function open(path: string): Promise<Worker> {
  const settings = readSettings();
  if (settings === null)
    throw new Error('worker: expected to be started by `crosscheck run`, got no run; use `npx crosscheck run --grep TEXT`');
  const record = readRecord(settings.store);
  const ids = settings.ids === null ? null : new Set(settings.ids);
  // Checks of resources have workers of their own, which carry neither backends nor schema.
  const forPlatform = isForPlatform((await loadSuite(relative(root, path))).suite);
  const backends = forPlatform ? await loadBackends(settings.backends) : [];
  const contract = forPlatform ? readSchema(settings.store, `the live schema of ${settings.target.name}`) : null;
  const fault = settings.fault === null ? null : await findFault(settings.fault);
  const host = createLiveHost({
    ...(fault !== null && { ...applyFault(fault).host, fault: fault.id }),
    target: settings.target,
    backends,
    contract,
    seed: settings.seed,
    run: {
      id: record.runId,
      part: `${settings.attempt}-${process.pid}`,
      journal: openJournal(settings.store),
      targetFile: settings.targetFile,
    },
    targetArgument: settings.targetArgument,
    parts: settings.parts,
  });
  const runner: CaseRunner = createCaseRunner(host);
  const breaker = createBreaker(settings.target);
  const gate = createAwsGate(settings.target);
  const log: WorkerLog = openWorkerLog(settings.store, `${settings.attempt}-${process.pid}`);
  process.once('beforeExit', () => void host[Symbol.asyncDispose]());
  // What a later group runs was left by a worker that died: there one thing at a time, so that the case that does it again is named.
  const first = settings.attempt === 1;
  // Which worker gets which file is not known, so both tell what waits: that is little work, and half a minute less of waiting.
  if (first && forPlatform)
    for (const planned of record.plan) if (planned.waits === true) runner.tellAhead(planned, (await loadSuite(planned.file)).suite);
  let last: string | null = null;

  return {
    async casesOf(path) {
      const file = relative(root, path);
      // A worker runs one file after the other, and a file holds a scenario with all its backends.
      if (last !== null) runner.forget(last);
      const { suite, scenario } = await loadSuite(file);
      if (isForPlatform(suite) !== forPlatform)
        throw new Error(
          `${file}: expected a suite of ${forPlatform ? 'the platform' : 'resources'} as before; vitest.config.ts keeps the two apart`,
        );
      last = scenario;
      const cases = record.plan.filter((planned) => planned.file === file && (ids === null || ids.has(planned.id)));
      const ordered = orderCases(cases, settings.seed);
      return { suite, cases: first ? runner.begin(ordered, suite) : ordered };
    },
    async run(planned, suite) {
      log.started(planned.id, settings.attempt);
      const reproduce = host.reproduce(planned.id);
      // A case that cannot be asked at all says why, whatever the target is.
      const asked = planned.unsupported === null;
      const refused = asked ? ((await gate.before(planned, suite, reproduce)) ?? (await breaker.before(planned, reproduce))) : null;
      const result = refused ?? (await breaker.after(await runner.run(planned, suite)));
      gate.after(result);
      log.finished(result, settings.attempt);
      return result;
    },
  };
}

const isForPlatform = ({ kind }: Suite): boolean => kind !== 'resource';
