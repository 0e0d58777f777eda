/** Reads the known differences of each subject; their format is that of design decision 12. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import semver from 'semver';
import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import type { KnownDifference } from './result.ts';

const text = z.string('expected a string; put the value in quotes').min(1, 'expected some text');
const WRONG = ['subject', 'platform', 'contract'] as const;

const entry = z.strictObject(
  {
    subject: text.refine((range) => semver.validRange(range) !== null, 'expected a semver range such as ">=1.4 <2", or "*"'),
    case: text,
    operation: text,
    field: text,
    expected: z.string('expected a string; put the value in quotes'),
    observed: z.string('expected a string; put the value in quotes'),
    wrong: z.enum(WRONG),
    reason: text,
    owner: text,
    issue: text,
    expires: z.iso.date('expected the last day on which it is accepted, as YYYY-MM-DD'),
  },
  'expected a mapping',
);
const KEYS = Object.keys(entry.shape);

/** A known-differences file that cannot be used; the message lists every error as `file:line:column: what`. */
export class KnownDifferencesError extends Error {
  override readonly name = 'KnownDifferencesError';
}

/**
 * Every entry of every `<subject>.yaml` in `dir` (`suites/parity/known-differences/`), by file and in its order; none when there is no
 * such folder. Throws KnownDifferencesError with all errors of all files.
 */
export function readKnownDifferences(dir: string): readonly KnownDifference[] {
  if (!existsSync(dir)) return [];
  const errors: string[] = [];
  const entries: KnownDifference[] = [];
  for (const name of readdirSync(dir).sort()) {
    const subject = /^(.+)\.ya?ml$/.exec(name)?.[1];
    if (subject === undefined) continue;
    try {
      entries.push(...parseKnownDifferences(join(dir, name), subject, readFileSync(join(dir, name), 'utf8')));
    } catch (error) {
      if (!(error instanceof KnownDifferencesError)) throw error;
      errors.push(error.message);
    }
  }
  if (errors.length > 0) throw new KnownDifferencesError(errors.join('\n'));
  return entries;
}

/** The entries in the text of one file. Throws KnownDifferencesError with every error in it. */
export function parseKnownDifferences(file: string, subject: string, source: string): readonly KnownDifference[] {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number): string => {
    const { line, col } = counter.linePos(offset);
    return `${file}:${line}:${col}`;
  };
  const broken = [...document.errors, ...document.warnings].map((error) => `${at(error.pos[0])}: ${error.message}`);
  if (broken.length > 0) throw new KnownDifferencesError(broken.join('\n'));
  const parsed = z.array(entry, 'expected a list of known differences').safeParse(document.toJS() ?? [], { reportInput: true });
  if (!parsed.success) {
    const errors = parsed.error.issues.flatMap((issue) =>
      describe(issue).map(({ path, says }) => `${at(offsetOf(document, path))}: ${says}`),
    );
    throw new KnownDifferencesError(errors.join('\n'));
  }
  return parsed.data.map(({ subject: versions, ...fields }, index) => ({
    id: `known-differences/${subject}/${index + 1}`,
    subject,
    versions,
    ...fields,
    where: at(offsetOf(document, [index])),
  }));
}

type Path = readonly PropertyKey[];

/** An issue as sentences, each with the path of the node it is about. */
function describe(issue: z.core.$ZodIssue): readonly { path: Path; says: string }[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      says: `${key}: expected one of ${KEYS.join(', ')}${didYouMean(key, KEYS)}`,
    }));
  }
  const name = issue.path.length > 1 ? `${String(issue.path.at(-1))}: ` : '';
  const got = issue.input === undefined ? 'got nothing' : `got ${JSON.stringify(issue.input)}`;
  if (issue.code !== 'invalid_value') return [{ path: issue.path, says: `${name}${issue.message}, ${got}` }];
  const near = typeof issue.input === 'string' ? didYouMean(issue.input, WRONG) : '';
  return [{ path: issue.path, says: `${name}expected ${issue.values.join(', ')}, ${got}${near}` }];
}

/** Where the node at `path` begins: a key's own place where there is one, else its entry's, else the document's. */
function offsetOf(document: Document.Parsed, path: Path): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = document.getIn(path.slice(0, length - 1), true);
    const offset = childOffset(parent, path[length - 1]);
    if (offset !== undefined) return offset;
  }
  return document.contents?.range[0] ?? 0;
}

function childOffset(parent: unknown, key: PropertyKey | undefined): number | undefined {
  if (typeof parent !== 'object' || parent === null || !('items' in parent) || !Array.isArray(parent.items)) return undefined;
  const child: unknown = typeof key === 'number' ? parent.items[key] : parent.items.find((item) => keyOf(item) === key)?.key;
  return rangeStart(child);
}

function keyOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null || !('key' in item)) return undefined;
  const { key } = item;
  return typeof key === 'object' && key !== null && 'value' in key ? key.value : key;
}

function rangeStart(node: unknown): number | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  return typeof node.range[0] === 'number' ? node.range[0] : undefined;
}
