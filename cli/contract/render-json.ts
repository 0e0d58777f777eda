/** A scan as one JSON document; `version` 1 keeps every key that is here. */
import type { ScanResult } from '../../schemas/scan/violation.ts';

/** What `contract scan --format json` prints. */
export function toScanJson(result: ScanResult, schemas: readonly string[]) {
  const { documents, files, unresolved, violations, waived, operations } = result;
  return { version: 1, documents, unresolved, violations, waived, files, schemas, operations } as const;
}
