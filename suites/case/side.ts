/** One side of a case: a world, clients in it, and the record of what they did. The oracle's side has the same form. */
import { createHash } from 'node:crypto';
import { QuiltError } from '../../backends/errors.ts';
import type { BackendName, QuiltOps } from '../../backends/quilt-ops.ts';
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { Run } from './observation.ts';
import type { Recorder } from './recorder.ts';
import type { PairScenario, Scenario, Stage } from './scenario.ts';
import type { World } from './world.ts';

export interface Side extends AsyncDisposable {
  readonly world: World;
  readonly recorder: Recorder;
  readonly symbols: ReadonlyMap<string, string>;
  /** When the world was made; null where that does not count. */
  readonly made: Run['made'];
  /** The client of this side, or of one backend where the story has two. */
  client(backend: BackendName | null): Promise<QuiltOps>;
  /** What went over the wire, redacted; empty for the oracle. */
  exchanges(): readonly Exchange[];
}

export type Story = Scenario | PairScenario;

/** Who plays: one backend, a writer and a reader, or the oracle (null). */
export type Cast = { readonly backend: BackendName } | { readonly writer: BackendName; readonly reader: BackendName } | null;

/** Name of a side in reports and differences. */
export function sideName(cast: Cast): string {
  if (cast === null) return 'oracle';
  return 'backend' in cast ? cast.backend : `${cast.writer}>${cast.reader}`;
}

/** Tells the story on one side, to its end or to its first refusal. Never throws. */
export async function tell(story: Story, cast: Cast, at: Readonly<Record<string, string>>, side: Side): Promise<Run> {
  const { world, recorder } = side;
  let broken: string | null = null;
  try {
    if (story.kind === 'interop') {
      const pair = cast !== null && 'writer' in cast ? cast : null;
      const writer = await side.client(pair?.writer ?? null);
      const reader = await side.client(pair?.reader ?? null);
      await story.run({ writer, reader, world, at, attempt });
    } else {
      const ops = await side.client(cast !== null && 'backend' in cast ? cast.backend : null);
      await story.run({ ops, world, at, attempt });
    }
  } catch (error) {
    // A refusal of a backend that the model did not foresee is the last thing observed, and the comparison finds it. One that the model itself
    // gives ends the story before its end on every side alike: it has to be attempted.
    if (!(error instanceof QuiltError)) broken = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    else if (cast === null) broken = `the story ends with a refusal, ${error.operation}: ${error.message}; expected attempt(…) around it`;
  }
  await recorder.settled();
  if (cast === null && broken === null && !recorder.observations.some(({ operation }) => !operation.startsWith('world.')))
    broken = 'the story asks nothing: expected at least one operation, got none';
  if (recorder.broken !== null) broken = recorder.broken.message;
  return { side: sideName(cast), observations: recorder.observations, made: side.made, symbols: side.symbols, broken };
}

const attempt: Stage['attempt'] = async (work) => {
  try {
    return await work;
  } catch (error) {
    if (error instanceof QuiltError) return null;
    throw error;
  }
};

/** Whether the clients of a story sit out a wait at this point. */
export function waits(story: Story, at: Readonly<Record<string, string>>): boolean {
  return withholds(story, at) || isAmong(story.waitsAt, at);
}

/** Whether an answer is withheld at a point of a story. */
export function withholds({ withholdsAt }: Story, at: Readonly<Record<string, string>>): boolean {
  return isAmong(withholdsAt, at);
}

function isAmong(points: Story['waitsAt'] = {}, at: Readonly<Record<string, string>>): boolean {
  return Object.entries(points).some(([axis, values]) => values.includes(at[axis] ?? ''));
}

/** What the n-th neighbour's buckets stand as, from 1. */
export function neighbourLabel(n: number): string {
  return n === 1 ? 'neighbour' : `neighbour ${n}`;
}

/** What the catalog of a tenant stands as before two worlds are compared; `label` is that of its buckets. */
export function catalogSymbol(label: string): string {
  return label === 'bucket' ? '{catalog}' : `{catalog of ${label}}`;
}

/** Numbers in [0, 1), the same for every side of a case: from the run's seed and the case's scenario and point. */
export function randomOf(seed: number, scenario: string, at: Readonly<Record<string, string>>): () => number {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, scenario, at]))
    .digest();
  let state = hash.readUInt32LE(0);
  // mulberry32: 32 bits of state are ample for choosing test data.
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}
