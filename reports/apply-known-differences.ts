/** What the known differences say of what came out: which cases they cover, and which entries are wrong themselves. Pure. */
import { posix } from 'node:path';
import semver from 'semver';
import type { CaseResult, ContractFinding, Difference, JudgedCase, KnownDifference, RunRecord } from './result.ts';

/** A case as it stands before the known differences are asked: `failed` is not yet final. */
export type Candidate = Pick<JudgedCase, 'id' | 'backend' | 'verdict' | 'result'>;

/** What a known difference is compared with. */
export type Observed = Pick<Difference, 'operation' | 'field' | 'expected' | 'observed'>;

/** All that is wrong with a result, in the form of differences, so that one kind of entry can name each. */
export function wrongsOf(result: CaseResult): readonly Observed[] {
  return [...result.differences, ...result.findings.map(findingAsDifference)];
}

/** A contract finding as a difference: the field is `rule` or `rule@path`, expected is `the schema's variables` (or document, response). */
export function findingAsDifference({ rule, path, subject, message, operation }: ContractFinding): Observed {
  return { operation, field: path === null ? rule : `${rule}@${path}`, expected: `${subject} that fits the schema`, observed: message };
}

/** Whether an entry is about a case: the glob takes its id, and a subject that it drives has the entry's name and a version in range. */
export function isAbout(
  entry: KnownDifference,
  { id, backend }: Pick<Candidate, 'id' | 'backend'>,
  subjects: RunRecord['subjects'],
): boolean {
  if (backend === null || !posix.matchesGlob(id, entry.case)) return false;
  return backend.split('~').some((one) => isSubject(entry, subjects[one]));
}

/** `name@version`, or a name alone, which has no version and fits `*` only. A checkout (`path:…`) fits nothing: its version is unknown. */
function isSubject(entry: KnownDifference, subject: string | undefined): boolean {
  if (subject === undefined || subject.startsWith('path:')) return false;
  const at = subject.lastIndexOf('@');
  const name = at > 0 ? subject.slice(0, at) : subject;
  if (name !== entry.subject) return false;
  if (entry.versions === '*') return true;
  const version = at > 0 ? (semver.parse(subject.slice(at + 1), { loose: true }) ?? semver.coerce(subject.slice(at + 1))) : null;
  return version !== null && semver.satisfies(version, entry.versions, { loose: true, includePrerelease: true });
}

/** Whether the entry still counts on `today` (`YYYY-MM-DD`): its last day is included. */
export function isCurrent(entry: KnownDifference, today: string): boolean {
  return today <= entry.expires;
}

function matches(entry: KnownDifference, wrong: Observed): boolean {
  return sameField(entry, wrong) && entry.expected === wrong.expected && entry.observed === wrong.observed;
}

function sameField(entry: KnownDifference, wrong: Observed): boolean {
  return entry.operation === wrong.operation && entry.field === wrong.field;
}

/**
 * The entries that cover a failed result, or null when anything in it is covered by none. `entries` are those about the case and current.
 * A failure that names no difference is never covered.
 */
export function coverOf(result: CaseResult, entries: readonly KnownDifference[]): readonly KnownDifference[] | null {
  const wrongs = wrongsOf(result);
  if (wrongs.length === 0) return null;
  if (!wrongs.every((wrong) => entries.some((entry) => matches(entry, wrong)))) return null;
  return entries.filter((entry) => wrongs.some((wrong) => matches(entry, wrong)));
}

/**
 * What is wrong with an entry itself, one line for each reason, none when it holds. It must happen, exactly so, in every case it is about
 * that could be asked; a case that is broken, not run or unsupported neither satisfies nor refutes it. An entry about no case does not apply.
 */
export function wrongsOfEntry(entry: KnownDifference, about: readonly Candidate[], today: string): readonly string[] {
  if (about.length === 0) return [];
  const expired = isCurrent(entry, today)
    ? []
    : [`expected to be mended by ${entry.expires}, got ${today} (${entry.owner}, ${entry.issue})`];
  return [...expired, ...about.flatMap((one) => missingIn(entry, one))];
}

function missingIn(entry: KnownDifference, { id, verdict, result }: Candidate): readonly string[] {
  if (result === null || (verdict !== 'passed' && verdict !== 'failed')) return [];
  const wrongs = wrongsOf(result);
  if (wrongs.some((wrong) => matches(entry, wrong))) return [];
  const what = `${entry.operation} ${entry.field}: expected the known difference ${entry.expected} → ${entry.observed}`;
  const others = wrongs.filter((wrong) => sameField(entry, wrong));
  if (others.length === 0) return [`${what}, got none in ${id}: remove the entry, or narrow it`];
  return others.map((other) => `${what}, got ${other.expected} → ${other.observed} in ${id}`);
}
