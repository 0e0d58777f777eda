/** What a run was asked to run: said in one text, and refused when it names nothing. */
import { createHash } from 'node:crypto';
import type { BackendName } from '../../backends/quilt-ops.ts';
import { didYouMean } from '../../reports/did-you-mean.ts';
import type { PlannedCase } from '../../reports/result.ts';
import type { PlanOptions } from '../case/plan.ts';

export interface Selection extends Pick<PlanOptions, 'suites' | 'grep' | 'tags' | 'ids' | 'shard'> {
  readonly backends: readonly BackendName[];
}

/** The selection of every case. */
export const EVERYTHING = { suites: [], grep: null, tags: [], ids: null, shard: null } as const;

/** The selection holds no case, or names a suite that there is not: a run of nothing says nothing. */
export class NothingSelected extends Error {
  override readonly name = 'NothingSelected';
}

/** What narrows the selection beyond its backends and its shard, the same text for the same selection; null for nothing. */
export function narrowedBy({ suites, grep, tags, ids }: Pick<Selection, 'suites' | 'grep' | 'tags' | 'ids'>): string | null {
  const parts = [
    ...[...new Set(suites)].sort(),
    ...(grep === null ? [] : [`--grep ${grep}`]),
    ...[...tags].sort().map((tag) => `--tag ${tag}`),
    ...(ids === null
      ? []
      : [
          `${ids.size} ids ${createHash('sha256')
            .update([...ids].sort().join())
            .digest('hex')
            .slice(0, 16)}`,
        ]),
  ];
  return parts.length === 0 ? null : parts.join(' ');
}

/** Throws NothingSelected for a name that is no area, scenario or id of the plan of everything, with the nearest that is. */
export function refuseUnknown(suites: readonly string[], everything: readonly PlannedCase[]): void {
  const names = new Set(everything.flatMap(({ suite, scenario }) => [suite, scenario]));
  const ids = new Set(everything.map(({ id }) => id));
  for (const name of suites) {
    if (names.has(name) || ids.has(name)) continue;
    const near = didYouMean(name, [...(name.includes(':') ? ids : names)]);
    throw new NothingSelected(
      `suite ${JSON.stringify(name)}: expected an area, a scenario or an id of the plan, got none of that name${near}; see \`npx crosscheck list\``,
    );
  }
}

/** Throws NothingSelected for ids of an earlier run that are no cases any more, whatever the backend: what was wrong with them is not told by asking the others. */
export function refuseGone(ids: ReadonlySet<string>, everything: readonly Pick<PlannedCase, 'id'>[]): void {
  const there = new Set(everything.map(({ id }) => id));
  const gone = [...ids].filter((id) => !there.has(id)).sort();
  if (gone.length === 0) return;
  const some = gone.slice(0, 5).join(', ');
  throw new NothingSelected(
    `cases of the earlier run: expected all to be cases still, got ${gone.length} that are gone: ${some}${gone.length > 5 ? '…' : ''}; run everything, or name what is to run`,
  );
}

/** Why a selection that names only what there is selects nothing all the same. `whole` is its number of cases before it was sharded. */
export function whyNothing(selection: Selection, whole: number): string {
  const { shard } = selection;
  const why =
    shard !== null && whole > 0
      ? `shard ${shard.index}/${shard.count} holds none of the ${whole} cases, which go by file: use fewer shards`
      : `no case is selected by ${narrowedBy(selection) ?? 'everything'}: see \`npx crosscheck list\``;
  return `nothing selected: expected at least one case, got none; ${why}`;
}
