/** What one call to quilt-mcp is, what it may use, and how its effect is told. */
import type { QuiltOps } from '../../backends/quilt-ops.ts';
import type { UpLine } from '../../fixtures/control.ts';

/** What a call may use, and what later calls learn from earlier ones. */
export interface Stage {
  readonly line: UpLine;
  /** Our quilt3 backend as the administrator, past quilt-mcp: the truth. */
  readonly truth: QuiltOps;
  /** Catalog as quilt-mcp is told it. */
  readonly catalogUrl: string;
  readonly registry: string;
  /** Second bucket of the tenant. */
  readonly otherBucket: string;
  /** Top hashes of revisions, in the order they were made. */
  readonly hashes: string[];
}

/** In place of a tool: the resource at `uri` is read. */
export const READ = 'resources/read';

/** One tool call. */
export interface StoryCall {
  readonly id: string;
  readonly tool: string;
  /** What must be there first, made past quilt-mcp. */
  prepare?(stage: Stage): Promise<void>;
  with(stage: Stage): Readonly<Record<string, unknown>>;
  /** Strings of an error that it must end with; absent where it must succeed. */
  readonly refuses?: readonly string[];
  /** What is wrong with what it said or did, "what: expected X, got Y"; asked only of a call that succeeded as it must. */
  effect?(answer: Readonly<Record<string, unknown>>, stage: Stage): Promise<readonly string[]> | readonly string[];
}

/** Nothing, or "what: expected X, got Y"; values are compared as JSON. */
export function same(what: string, got: unknown, expected: unknown): string[] {
  const [left, right] = [JSON.stringify(got) ?? 'nothing', JSON.stringify(expected) ?? 'nothing'];
  return left === right ? [] : [`${what}: expected ${right}, got ${left.slice(0, 400)}`];
}
