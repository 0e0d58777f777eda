/** The one redacted file that tells all of a case: `repro` writes it, a person sends it, `replay` reads it. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { expandTokens } from '../../reports/stand-ins.ts';
import { caseResultSchema, describeIssues, plannedCaseSchema } from '../../reports/store-format.ts';
import { type Recording, recordingSchema } from './recording.ts';

/** What it holds. 1 had no recording. */
const VERSION = 2;
/** Twice the largest that a scenario was seen to write. */
const LARGEST_BYTES = 64 * 1024 * 1024;

export interface ReproFile {
  readonly version: typeof VERSION;
  /** The case that was asked for. */
  readonly id: string;
  readonly seed: number;
  /** It and the others of its scenario at its point, each with its result. */
  readonly cases: readonly (PlannedCase & { readonly result: CaseResult })[];
  readonly recording: Recording;
}

/** The file cannot be replayed: names it, the field, what was expected and what was there. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

const schema = z.object({
  version: z.literal(VERSION),
  id: z.string().min(1),
  seed: z.int().nonnegative(),
  cases: z.array(z.intersection(plannedCaseSchema, z.object({ result: caseResultSchema }))).min(1),
  recording: recordingSchema,
});

/** The file's text. */
export function writtenRepro(content: Omit<ReproFile, 'version'>): string {
  return `${JSON.stringify({ version: VERSION, ...content }, null, 1)}\n`;
}

/** Reads a file, its tokens put together again. Throws ReplayError. */
export function readReproFile(path: string): ReproFile {
  const text = readText(path);
  const json = parse(path, text);
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  if (version !== VERSION)
    throw new ReplayError(
      `${path}: version: expected ${VERSION}, got ${JSON.stringify(version) ?? 'none'}; write it anew with \`npx crosscheck repro CASE\``,
    );
  const parsed = schema.safeParse(json);
  if (!parsed.success) throw new ReplayError(`${path}: expected a file of \`crosscheck repro\`: ${describeIssues(parsed.error)}`);
  const { recording, ...rest } = parsed.data;
  const { tokens, schema: introspection, ...others } = recording;
  const expanded = JSON.parse(expandTokens(JSON.stringify(others), tokens)) as Omit<Recording, 'tokens' | 'schema'>;
  return { ...rest, recording: { ...expanded, tokens, schema: introspection } };
}

function readText(path: string): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    throw new ReplayError(
      `${path}: expected a file of \`crosscheck repro\`, got ${(error as NodeJS.ErrnoException).code ?? String(error)}`,
    );
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) throw new ReplayError(`${path}: expected a file of \`crosscheck repro\`, got a folder or a device`);
    if (stat.size > LARGEST_BYTES) throw new ReplayError(`${path}: size: expected at most ${LARGEST_BYTES} bytes, got ${stat.size}`);
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.slice(0, 200) : String(error);
    throw new ReplayError(`${path}: expected JSON, got ${text === '' ? 'an empty file' : `${why} (${text.length} characters read)`}`, {
      cause: error,
    });
  }
}
