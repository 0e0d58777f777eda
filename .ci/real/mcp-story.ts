/** What is asked of quilt-mcp, call by call in this order, and what must be so past it after each. */
import type { QuiltOps } from '../../backends/quilt-ops.ts';
import type { UpLine } from '../../fixtures/control.ts';
import { adminCalls } from './mcp-story-admin.ts';
import { packageCalls } from './mcp-story-packages.ts';
import { tabulatorCalls } from './mcp-story-tabulator.ts';

/** What a call may use, and what later calls learn from earlier ones. */
export interface Stage {
  readonly line: UpLine;
  /** Our quilt3 backend as the administrator, past quilt-mcp: the truth. */
  readonly truth: QuiltOps;
  /** Catalog as quilt-mcp is told it. */
  readonly catalogUrl: string;
  readonly registry: string;
  /** Top hashes of revisions, in the order they were made. */
  readonly hashes: string[];
}

/** One tool call. `effect` lists what is wrong with what it said or did, "what: expected X, got Y"; it is asked only when the tool says success. */
export interface StoryCall {
  readonly id: string;
  readonly tool: string;
  with(stage: Stage): Readonly<Record<string, unknown>>;
  effect(answer: Readonly<Record<string, unknown>>, stage: Stage): Promise<readonly string[]> | readonly string[];
}

/** All calls. */
export const story: readonly StoryCall[] = [...packageCalls, ...adminCalls, ...tabulatorCalls];

/** Nothing, or "what: expected X, got Y"; values are compared as JSON. */
export function same(what: string, got: unknown, expected: unknown): string[] {
  const [left, right] = [JSON.stringify(got) ?? 'nothing', JSON.stringify(expected) ?? 'nothing'];
  return left === right ? [] : [`${what}: expected ${right}, got ${left.slice(0, 400)}`];
}
