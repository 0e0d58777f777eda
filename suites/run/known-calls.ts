/** What `list --calls` says: the requests of each case, and honestly where each is known from. */
import { readStore } from '../../reports/read-store.ts';
import type { CaseResult, PlannedCase } from '../../reports/result.ts';
import { listStores } from '../../reports/stores.ts';
import { type CallSource, type CaseCalls, callsOf } from './calls-of.ts';

export interface KnownCalls {
  /** Store of the newest finished run on a target of that name; null where there is none. */
  readonly store: string | null;
  readonly cases: readonly CaseCalls[];
  /** What is asked beside the cases. */
  readonly beside: readonly string[];
}

const BESIDE = [
  'before any case: the live schema (2 GraphQL queries), GET /config.json of the catalog, GET of each bucket',
  'not listed: what a world does past the backends (its tenants at the control endpoint, objects that a story puts or looks at)',
];

const MEANS: Readonly<Record<CallSource, string>> = {
  seen: 'as the run in the store made them',
  declared: 'may be made, by the documents that operations declare and the table of S3 calls; not counted',
  none: 'unsupported here, or an agreement, which looks at what its two sides did',
  unknown: 'a check, or a client whose requests pass no door, that no run in the store had',
};

/** The requests of a plan, by the newest finished run below `root` on the target of this name. Throws StoreError for a store that cannot be read. */
export function knownCalls(plan: readonly PlannedCase[], root: string, target: string): KnownCalls {
  for (const store of listStores(root)) {
    const { record, lines } = readStore(store, { details: false });
    if (record.target !== target || record.finishedAt === null) continue;
    const seen = new Map<string, CaseResult>(lines.flatMap((line) => (line.kind === 'finished' ? [[line.id, line.result]] : [])));
    if (plan.some(({ id }) => seen.has(id))) return { store, cases: callsOf(plan, seen), beside: BESIDE };
  }
  return { store: null, cases: callsOf(plan, new Map()), beside: BESIDE };
}

/** Text for people. */
export function describeCalls({ store, cases, beside }: KnownCalls): string {
  const counts = new Map<CallSource, number>();
  for (const { source } of cases) counts.set(source, (counts.get(source) ?? 0) + 1);
  return [
    ...cases.flatMap(({ id, source, calls }) =>
      source === 'none'
        ? []
        : [`${id}  ${source}`, ...Object.entries(calls).map(([call, count]) => `    ${count === null ? '' : `${count} `}${call}`)],
    ),
    '',
    ...beside,
    `source: ${store ?? 'no finished run on this target: everything is declared'}`,
    ...[...counts].map(([source, count]) => `${count} ${source}: ${MEANS[source]}`),
  ].join('\n');
}
