/** Completes an Allure results folder from the store, so that every judged case stands in it exactly once, with the verdict that counts. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attachment, Label, StepResult } from 'allure-js-commons';
import { Stage } from 'allure-js-commons';
import { InMemoryWriter, ReporterRuntime, type Writer } from 'allure-js-commons/sdk/reporter';
import { type AllureCase, describeForAllure, VERDICT_LABEL } from './allure-case.ts';
import type { JudgedCase, RunRecord } from './result.ts';

/** What a completion did to the folder. `withoutAttachments` counts cases whose attachments did not fit any more. */
export interface Completion {
  readonly kept: number;
  readonly written: number;
  readonly removed: number;
  readonly withoutAttachments: number;
}

/** Bytes of attachments in one folder: a page of 10,000 results has to open from disk, and each is in it. */
const ATTACHMENTS_CAP_BYTES = 24 * 1024 * 1024;

/**
 * Makes `resultsDir` (`<report>/allure-results`) say what `judged` says. A result that allure-vitest wrote stays when its case, verdict and
 * message are the judged ones; any other is removed, and what is missing then is written from the store.
 */
export function completeAllure(
  resultsDir: string,
  record: RunRecord,
  judged: readonly JudgedCase[],
  { attachmentsCapBytes = ATTACHMENTS_CAP_BYTES }: { attachmentsCapBytes?: number } = {},
): Completion {
  mkdirSync(resultsDir, { recursive: true });
  const wanted = new Map(judged.map((one) => [one.id, describeForAllure(one)]));
  const verdicts = new Map(judged.map((one) => [one.id, one.verdict]));
  const kept = new Set<string>();
  let removed = 0;
  let room = attachmentsCapBytes;
  for (const name of readdirSync(resultsDir).filter((file) => file.endsWith('-result.json'))) {
    const found = readResult(join(resultsDir, name));
    const one = wanted.get(found?.fullName ?? '');
    const bytes = found === null ? 0 : attachmentBytes(resultsDir, found);
    const stays = found !== null && one !== undefined && !kept.has(one.fullName) && agrees(found, one, verdicts) && bytes <= room;
    if (stays) {
      kept.add(one.fullName);
      room -= bytes;
    } else {
      removeResult(resultsDir, name, found);
      removed += 1;
    }
  }
  const writer = fileWriter(resultsDir, record);
  let withoutAttachments = 0;
  for (const one of wanted.values()) {
    if (kept.has(one.fullName)) continue;
    const bytes = one.attachments.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const fits = bytes <= room;
    if (fits) room -= bytes;
    else withoutAttachments += 1;
    writeCase(
      writer,
      Date.parse(record.startedAt),
      fits
        ? one
        : { ...one, attachments: [], message: `${one.message ?? ''}\n(attachments left out, the page is full; they stand in the store)` },
    );
  }
  writer.writeEnvironmentInfo();
  return { kept: kept.size, written: wanted.size - kept.size, removed, withoutAttachments };
}

interface FoundResult {
  readonly fullName: string;
  readonly status?: string;
  readonly statusDetails?: { readonly message?: string };
  readonly labels: readonly Label[];
  readonly steps: readonly StepResult[];
  readonly attachments: readonly Attachment[];
}

/** The result in a file, or null for one that nobody can read: its writer was killed. */
function readResult(file: string): FoundResult | null {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Partial<FoundResult>;
    return {
      ...found,
      fullName: found.fullName ?? '',
      labels: found.labels ?? [],
      steps: found.steps ?? [],
      attachments: found.attachments ?? [],
    };
  } catch {
    return null;
  }
}

function agrees(found: FoundResult, one: AllureCase, verdicts: ReadonlyMap<string, string>): boolean {
  const verdict = found.labels.find((label) => label.name === VERDICT_LABEL)?.value;
  return verdict === verdicts.get(one.fullName) && found.status === one.status && (found.statusDetails?.message ?? null) === one.message;
}

function attachmentsIn({ attachments, steps }: Pick<FoundResult, 'attachments' | 'steps'>): readonly Attachment[] {
  return [...attachments, ...steps.flatMap((step) => attachmentsIn({ attachments: step.attachments ?? [], steps: step.steps ?? [] }))];
}

function attachmentBytes(dir: string, found: FoundResult): number {
  const files = attachmentsIn(found).map(({ source }) => join(dir, source));
  return files.reduce((sum, file) => sum + (existsSync(file) ? statSync(file).size : 0), 0);
}

function removeResult(dir: string, name: string, found: FoundResult | null): void {
  for (const { source } of found === null ? [] : attachmentsIn(found)) rmSync(join(dir, source), { force: true });
  rmSync(join(dir, name), { force: true });
}

/** Allure's own file writer flushes each file to the disk: 10,000 took 3.4 s on a fast one, and ours 0.5 s. A report can be made again. */
function fileWriter(dir: string, record: RunRecord): ReporterRuntime {
  const put = (name: string, content: string | Buffer): void => writeFileSync(join(dir, name), content);
  class PlainFiles extends InMemoryWriter implements Writer {
    override writeResult(result: { readonly uuid: string }): void {
      put(`${result.uuid}-result.json`, JSON.stringify(result));
    }
    override writeAttachment(name: string, content: Buffer): void {
      put(name, content);
    }
    override writeEnvironmentInfo(info: Record<string, string | undefined>): void {
      put(
        'environment.properties',
        Object.entries(info)
          .map(([key, value]) => `${key} = ${value ?? ''}\n`)
          .join(''),
      );
    }
  }
  const { target, runId, seed, subjects } = record;
  return new ReporterRuntime({ writer: new PlainFiles(), environmentInfo: { target, run: runId, seed: String(seed), ...subjects } });
}

/** A case that never ran stands at the start of its run. */
function writeCase(runtime: ReporterRuntime, runStart: number, one: AllureCase): void {
  const {
    name,
    fullName,
    titlePath,
    status,
    message,
    description,
    labels,
    links,
    parameters,
    steps,
    attachments,
    start = runStart,
    stop = start,
  } = one;
  const uuid = runtime.startTest({ name, fullName, start });
  runtime.updateTest(uuid, (result) => {
    const details = message === null ? {} : { message };
    Object.assign(result, {
      titlePath,
      status,
      stage: Stage.FINISHED,
      statusDetails: details,
      description,
      labels,
      links,
      parameters,
      steps,
    });
  });
  for (const { name: title, type, text } of attachments) {
    runtime.writeAttachment(uuid, null, title, Buffer.from(text), { contentType: type });
  }
  runtime.stopTest(uuid, { stop });
  runtime.writeTest(uuid);
}
