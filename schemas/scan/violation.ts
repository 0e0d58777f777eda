/** What a scan says: in a source file, about one operation, by one schema. */
import type { Unresolved } from '../inventory/found.ts';
import type { Severity } from '../rules/rule.ts';

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The operation, or the fragment where a document has none or several; the definition around one without a name; null where there is no document. */
  readonly operation: string | null;
  /** What a waiver calls it: the definition in the program around the document, or the compared type. */
  readonly name: string;
  readonly rule: string;
  readonly severity: Severity;
  /** Name of the schema that it was judged by; null for a waiver's own faults. */
  readonly schema: string | null;
  readonly message: string;
}

export interface ScannedUnresolved {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly name: string;
  readonly reason: Unresolved['reason'];
  readonly message: string;
  /** Why it is accepted, in the waiver's words. */
  readonly waived?: string;
}

/** One operation against every schema. */
export interface MatrixRow {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly operation: string;
  /** Schema → the worst that was said about the operation, waivers left aside. */
  readonly schemas: Readonly<Record<string, 'fits' | Severity>>;
}

export interface ScanResult {
  /** Files that a finder has read. */
  readonly files: number;
  readonly documents: number;
  readonly operations: readonly MatrixRow[];
  readonly unresolved: readonly ScannedUnresolved[];
  readonly violations: readonly Violation[];
  /** Violations that a waiver accepts. */
  readonly waived: readonly (Violation & { readonly because: string })[];
}

/** By place, then by what is said. */
export function byPlace(a: Pick<Violation, 'file' | 'line' | 'column'>, b: Pick<Violation, 'file' | 'line' | 'column'>): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}
