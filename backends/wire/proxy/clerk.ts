/** Judges and records what went by. Knows no socket and no thread: `clerk-thread.ts` gives it one of its own, so that no byte waits for a judge. */
import { createRedactor } from '../../../reports/redaction.ts';
import type { Contract } from '../../../schemas/contract.ts';
import { openExchangeFiles } from './exchange-files.ts';
import { type Judgement, judgePassed } from './judge-exchange.ts';
import type { PassedExchange } from './passed-exchange.ts';
import { createTally, type ProxySummary, type SeenFinding } from './proxy-summary.ts';
import { createRecorder, type RecordedExchange } from './record-exchange.ts';

export interface ClerkSettings {
  /** Folder of our own store, and file of the HTTP Archive; null for what is not wanted. */
  readonly record: string | null;
  readonly har: string | null;
  /** Values that are secret from the start. */
  readonly secrets: readonly string[];
}

export interface Clerk extends Disposable {
  /** Judges and records; returns findings that were never seen before. */
  take(exchanges: readonly PassedExchange[]): readonly SeenFinding[];
  summary(): ProxySummary;
}

/** Throws when a file cannot be written; a write that fails later is a trouble of the summary. */
export function createClerk(contract: Contract, { record, har, secrets }: ClerkSettings): Clerk {
  const redactor = createRedactor();
  for (const secret of secrets) redactor.learn(secret);
  const recorder = createRecorder(redactor);
  const files = record === null && har === null ? null : openExchangeFiles(record, har);
  const tally = createTally();
  /** What goes wrong with one exchange, a hostile one perhaps, is told at the end and stops no other. */
  const attempted = <T>(what: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      tally.trouble(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  };
  return {
    take(exchanges) {
      const news: SeenFinding[] = [];
      const records: RecordedExchange[] = [];
      for (const passed of exchanges) {
        const judgement = attempted(`exchange ${passed.id}`, () => {
          recorder.learn(passed);
          return judgePassed(contract, passed);
        });
        const shown: Judgement | null = judgement && {
          ...judgement,
          operation: judgement.operation === null ? null : redactor.text(judgement.operation),
          asked: judgement.asked.map((one) => ({ ...one, operation: redactor.text(one.operation) })),
          findings: judgement.findings.map((finding) => ({ ...finding, message: redactor.text(finding.message) })),
        };
        news.push(...tally.add(passed, shown));
        const record = files === null ? null : attempted(`record of exchange ${passed.id}`, () => recorder.record(passed, judgement));
        if (record !== null) records.push(record);
      }
      try {
        files?.write(records);
      } catch (error) {
        tally.trouble(`records: expected to write them, got ${error instanceof Error ? error.message : String(error)}`);
      }
      return news;
    },
    summary: () => tally.summary(),
    [Symbol.dispose]() {
      files?.[Symbol.dispose]();
    },
  };
}
