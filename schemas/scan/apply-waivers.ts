/** Holds a scan's result against its waivers; apart from what reads them, since most scans have none and need neither YAML nor its checks. */
import { posix } from 'node:path';
import type { ScannedUnresolved, ScanResult, Violation } from './violation.ts';

export interface Waiver {
  readonly file: string;
  readonly name: string;
  readonly rule?: string | undefined;
  readonly reason?: string | undefined;
  readonly because: string;
  readonly owner: string;
  /** Last day on which it holds. */
  readonly expires: string;
  readonly line: number;
  readonly column: number;
}

export interface Waivers {
  /** Path of the file, for what is said about its entries. */
  readonly path: string;
  readonly entries: readonly Waiver[];
}

/** The result with what is waived set apart, and with a violation for each waiver that is over its day or matches nothing. `today` is YYYY-MM-DD. */
export function applyWaivers<R extends Pick<ScanResult, 'unresolved' | 'violations'>>(
  result: R,
  waivers: Waivers | null,
  today: string,
): R & Pick<ScanResult, 'waived'> {
  if (waivers === null) return { ...result, waived: [] };
  const used = new Set<Waiver>();
  const holding = (file: string, fits: (waiver: Waiver) => boolean): Waiver | undefined => {
    const fitting = waivers.entries.filter((waiver) => fits(waiver) && matchesFile(waivers.path, waiver.file, file));
    for (const waiver of fitting) used.add(waiver);
    return fitting.find((waiver) => waiver.expires >= today);
  };
  const unresolved = result.unresolved.map((one): ScannedUnresolved => {
    const waiver = holding(one.file, ({ name, reason }) => reason === one.reason && name === one.name);
    return waiver ? { ...one, waived: waiver.because } : one;
  });
  const violations: Violation[] = [];
  const waived: (Violation & { because: string })[] = [];
  for (const one of result.violations) {
    const waiver = holding(one.file, ({ name, rule }) => rule === one.rule && (name === one.name || name === one.operation));
    if (waiver) waived.push({ ...one, because: waiver.because });
    else violations.push(one);
  }
  for (const waiver of waivers.entries) {
    const { file, name, owner, expires, line, column } = waiver;
    const of = `${file} ${name} ${waiver.rule ?? waiver.reason} (${owner})`;
    const say = (rule: string, message: string): void => {
      violations.push({ file: waivers.path, line, column, operation: null, name, rule, severity: 'error', schema: null, message });
    };
    if (!used.has(waiver)) say('waiver-unused', `waiver of ${of}: expected something that it matches, got nothing; remove it`);
    else if (expires < today) say('waiver-expired', `waiver of ${of}: expected a day from ${today} on, got ${expires}`);
  }
  return { ...result, unresolved, violations, waived };
}

/** A glob holds for the path as it was named, and for the path from the folder of the waivers file. */
function matchesFile(waivers: string, glob: string, file: string): boolean {
  const named = posix.normalize(file);
  return (
    posix.matchesGlob(named, posix.normalize(glob)) ||
    posix.matchesGlob(posix.relative(posix.dirname(waivers), named), posix.normalize(glob))
  );
}
