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
import { createLiveHost, type LiveHost } from './live-host.ts';
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

/** The worker of this process: made once, since vitest runs the set-up file again for each suite file. */
export function openWorker(): Promise<Worker> {
  opened ??= open();
  return opened;
}

/** A host with the runner of its cases. */
interface Hosted {
  readonly host: LiveHost;
  readonly runner: CaseRunner;
}

async function open(): Promise<Worker> {
  const settings = readSettings();
  if (settings === null)
    throw new Error('worker: expected to be started by `crosscheck run`, got no run; use `npx crosscheck run --grep TEXT`');
  const record = readRecord(settings.store);
  const ids = settings.ids === null ? null : new Set(settings.ids);
  const fault = settings.fault === null ? null : await findFault(settings.fault);
  const breaker = createBreaker(settings.target);
  const gate = createAwsGate(settings.target);
  const log: WorkerLog = openWorkerLog(settings.store, `${settings.attempt}-${process.pid}`);
  // What a later group runs was left by a worker that died: there one thing at a time, so that the case that does it again is named.
  const first = settings.attempt === 1;

  const openHost = async (forPlatform: boolean): Promise<Hosted> => {
    const host = createLiveHost({
      ...(fault !== null && { ...applyFault(fault).host, fault: fault.id }),
      target: settings.target,
      backends: forPlatform ? await loadBackends(settings.backends) : [],
      contract: forPlatform ? readSchema(settings.store, `the live schema of ${settings.target.name}`) : null,
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
    process.once('beforeExit', () => void host[Symbol.asyncDispose]());
    return { host, runner: createCaseRunner(host) };
  };
  // Checks of resources need neither backends nor schema, and most workers that run them never open the other.
  const hosted = new Map<boolean, Promise<Hosted>>();
  const hostOf = ({ kind }: Suite): Promise<Hosted> => {
    const forPlatform = kind !== 'resource';
    const open = hosted.get(forPlatform) ?? openHost(forPlatform);
    hosted.set(forPlatform, open);
    return open;
  };

  let told = !first;
  const tellAhead = async (runner: CaseRunner) => {
    told = true;
    // Which worker gets which file is not known, so both tell what waits: that is little work, and half a minute less of waiting.
    for (const planned of record.plan) if (planned.waits === true) runner.tellAhead(planned, (await loadSuite(planned.file)).suite);
  };
  let forget = (): void => undefined;

  return {
    async casesOf(path) {
      const file = relative(root, path);
      const { suite, scenario } = await loadSuite(file);
      const { runner } = await hostOf(suite);
      if (!told && (suite.kind === 'scenario' || suite.kind === 'interop')) await tellAhead(runner);
      // A worker runs one file after the other, and a file holds a scenario with all its backends.
      forget();
      forget = () => runner.forget(scenario);
      const cases = record.plan.filter((planned) => planned.file === file && (ids === null || ids.has(planned.id)));
      const ordered = orderCases(cases, settings.seed);
      return { suite, cases: first ? runner.begin(ordered, suite) : ordered };
    },
    async run(planned, suite) {
      const { host, runner } = await hostOf(suite);
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
