/** Every request that the cases of a plan make: as the newest run made them, else as the backends declare that they may. */
import type { OperationName } from '../../backends/operations.ts';
import { implementations as ofPlatform } from '../../backends/platform/platform.ts';
import type { BackendName } from '../../backends/quilt-ops.ts';
import { implementations as ofQuilt3 } from '../../backends/quilt3/quilt3.ts';
import { FIRST_CALLS, S3_CALLS } from '../../backends/quilt3/s3-calls.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';

/** Where a case's requests are known from: `seen` in a run, `declared` as those that its operations may make, `none` to make, or `unknown`. */
export type CallSource = 'seen' | 'declared' | 'none' | 'unknown';

export interface CaseCalls {
  readonly id: string;
  readonly source: CallSource;
  /** `protocol operation` → how often; null where that is only declared. */
  readonly calls: Readonly<Record<string, number | null>>;
}

/** What a story itself asks. */
const OWN_TEXT = "graphql (the story's own text)";

/** The requests of each case. `seen` holds results of an earlier run of the same target, by id. */
export function callsOf(plan: readonly PlannedCase[], seen: ReadonlyMap<string, CaseResult>): readonly CaseCalls[] {
  return plan.map((planned): CaseCalls => {
    const { id, unsupported } = planned;
    // An agreement looks at what its two sides did already.
    if (unsupported !== null || id.includes('/agree:')) return { id, source: 'none', calls: {} };
    const result = seen.get(id);
    if (result !== undefined && result.verdict !== 'not-run') return { id, source: 'seen', calls: withoutHosts(result.calls) };
    const declared = declaredBy(planned);
    return declared === null
      ? { id, source: 'unknown', calls: {} }
      : { id, source: 'declared', calls: Object.fromEntries(declared.map((call) => [call, null])) };
  });
}

/** Ports, tenants and browsing sessions differ from run to run. */
function withoutHosts(calls: CaseResult['calls']): Record<string, number> {
  const merged: Record<string, number> = {};
  for (const [call, count] of Object.entries(calls)) {
    const name = call
      .slice(0, call.lastIndexOf(' '))
      .replace(/^(catalog GET )\/t\/[^/]+/, '$1')
      .replace(/\/browse\/.*/, '/browse/…');
    merged[name] = (merged[name] ?? 0) + count;
  }
  return merged;
}

/** Null where nobody of ours can say: a check, or a backend whose requests pass no door. */
function declaredBy({ backend, operations }: PlannedCase): readonly string[] | null {
  if (backend === null) return null;
  const names = backend.split('~') as BackendName[];
  const all = names.map((name) => (operations as readonly OperationName[]).flatMap((operation) => callsOfOperation(name, operation) ?? []));
  return names.includes('quilt3-python') ? null : [...new Set(all.flat())].sort();
}

function callsOfOperation(backend: BackendName, operation: OperationName): readonly string[] | null {
  if (backend === 'quilt3-python') return null;
  const { uses } = (backend === 'platform' ? ofPlatform : ofQuilt3)[operation];
  const documents = operation === 'graphql' ? [OWN_TEXT] : uses.map(({ name }) => `graphql ${name}`);
  if (backend === 'platform' && operation === 'contentUrl') documents.push('catalog GET /browse/…');
  return backend === 'platform' ? [...documents, ...FIRST_CALLS] : [...documents, ...(S3_CALLS[operation] ?? []), ...FIRST_CALLS];
}
