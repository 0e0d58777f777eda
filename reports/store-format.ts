/**
 * The store's files as schemas: what is read back is checked, since a killed worker or another version may have written it. Keys that are
 * not known here are kept, so that a newer writer loses nothing.
 */
import { z } from 'zod';
import type { CaseResult, PlannedCase, RunRecord, StoreLine } from './result.ts';
import { VERDICTS } from './result.ts';

/** A store's files: `run.json` and one NDJSON file a worker. */
export const RUN_FILE = 'run.json';
const WORKER_FILE = /^worker-[A-Za-z0-9._-]+\.ndjson$/;

/** Bytes of one line that a store holds at most; a longer one is skipped and listed as trouble. */
export const LINE_CAP_BYTES = 16 * 1024 * 1024;

/** Whether a file of this name holds a worker's lines. */
export function isWorkerFile(name: string): boolean {
  return WORKER_FILE.test(name);
}

/** The file that `worker` writes. Throws when the name cannot be one. */
export function workerFile(worker: string): string {
  const name = `worker-${worker}.ndjson`;
  if (!WORKER_FILE.test(name))
    throw new Error(`worker name: expected letters, digits, dot, dash or underscore, got ${JSON.stringify(worker)}`);
  return name;
}

const count = z.int().nonnegative();
const counts = z.record(z.string(), count);

const difference = z.looseObject({
  call: z.int().positive().nullable(),
  operation: z.string(),
  field: z.string(),
  expected: z.string(),
  observed: z.string(),
  alone: z.string().nullable(),
});

const finding = z.looseObject({
  rule: z.string(),
  subject: z.enum(['document', 'variables', 'response']),
  message: z.string(),
  path: z.string().nullable(),
  exchange: z.int(),
  operation: z.string(),
});

const step = z.looseObject({ name: z.string(), startedAt: z.number(), durationMs: z.number().nonnegative(), outcome: z.string() });

/** What a case did, as every file of ours holds it. */
export const caseResultSchema: z.ZodType<CaseResult> = z.looseObject({
  id: z.string().min(1),
  verdict: z.enum(VERDICTS),
  startedAt: z.number(),
  durationMs: z.number().nonnegative(),
  message: z.exactOptional(z.string()),
  differences: z.array(difference),
  findings: z.array(finding),
  steps: z.array(step),
  exchanges: z.array(z.unknown()),
  calls: counts,
  documents: z.exactOptional(counts),
  observed: z.record(z.string(), counts),
  rootFields: counts,
  reproduce: z.string(),
});

const lineHead = { id: z.string().min(1), at: z.number(), worker: z.string(), attempt: count };

/** One line of a worker's file. */
export const storeLineSchema: z.ZodType<StoreLine> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), ...lineHead }),
  z.object({ kind: z.literal('finished'), ...lineHead, result: caseResultSchema }),
]);

/** A case of the plan, as every file of ours holds it. */
export const plannedCaseSchema: z.ZodType<PlannedCase> = z.looseObject({
  id: z.string().min(1),
  suite: z.string(),
  scenario: z.string(),
  title: z.string(),
  file: z.string(),
  backend: z.string().nullable(),
  level: z.enum(['must', 'should', 'may']),
  tags: z.array(z.string()),
  incidents: z.array(z.string()),
  operations: z.array(z.string()),
  parameters: z.record(z.string(), z.string()),
  deadlineMs: z.number().positive(),
  unsupported: z.string().nullable(),
  waits: z.exactOptional(z.literal(true)),
  parts: z.exactOptional(z.array(z.string())),
});

/** `run.json`. */
export const runRecordSchema: z.ZodType<RunRecord> = z.looseObject({
  version: z.literal(1),
  runId: z.string().min(1),
  target: z.string(),
  targetFile: z.exactOptional(z.string()),
  subjects: z.record(z.string(), z.string()),
  seed: z.number(),
  shard: z.object({ index: z.int().positive(), count: z.int().positive() }).nullable(),
  wholePlan: z.exactOptional(z.string()),
  narrowed: z.exactOptional(z.string()),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  trouble: z.string().nullable(),
  plan: z.array(plannedCaseSchema),
});

/** What is wrong with a value, as `path: message` joined by `; `. */
export function describeIssues(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.length === 0 ? 'the whole' : issue.path.join('.')}: ${issue.message}`).join('; ');
}
