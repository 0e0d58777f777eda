/** Says why a command could not do its work: one message for what a person can mend, the stack for a defect of ours. */

/** Errors whose message says all: what, where, expected, got. */
const SPEAKING = new Set([
  'TargetFileError',
  'PreflightError',
  'SuiteFileError',
  'NothingSelected',
  'StoreError',
  'KnownDifferencesError',
  'ContractError',
  'EmbeddedTargetError',
  'UsageError',
  'WireError',
  'ReportError',
  'ReplayError',
  'Interrupted',
  'FaultError',
  'PolicyError',
  'WaiversError',
]);

/** The call itself was wrong. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The text for stderr. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return `crosscheck: ${String(error)}`;
  if (SPEAKING.has(error.name)) return `crosscheck: ${error.message}`;
  return `crosscheck: a defect of Crosscheck itself: ${error.stack ?? error.message}`;
}
