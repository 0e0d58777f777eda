/** What is started beside a target because a case of the plan uses it, once a run, by the process that plans. Named in the journal first. */
import { databaseOf, endDatabaseOf } from '../../fixtures/control-client.ts';
import { postgresFolder, type ScratchPostgres, startScratchPostgres } from '../../fixtures/scratch-postgres.ts';
import type { Target } from '../../fixtures/target.ts';
import type { Journal } from '../../reports/journal.ts';
import { identifyProcess } from '../../reports/process-identity.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { CheckBroken, PARTS, type Part } from '../case/resource-check.ts';

/** Part → its address, or why it did not start. What is not in it was not asked for. */
export type Parts = { readonly [P in Part]?: { readonly url: string } | { readonly why: string } };

export interface StartedParts extends AsyncDisposable {
  readonly parts: Parts;
}

interface Starting {
  readonly runId: string;
  readonly journal: Pick<Journal, 'willCreate' | 'started' | 'removed'>;
}

/** Starts what the cases of a plan use. A part that does not come up breaks the cases that use it, and no other. */
export async function startParts(plan: readonly PlannedCase[], target: Target, starting: Starting): Promise<StartedParts> {
  const asked = plan.filter(({ unsupported }) => unsupported === null);
  const used = new Set(asked.flatMap(({ parts = [] }) => parts));
  // The sample app of a target of ours keeps what it has there.
  if (target.kind === 'embedded' && asked.some(({ parameters }) => 'oauthApps' in parameters)) used.add('postgres');
  await using stack = new AsyncDisposableStack();
  const parts: { -readonly [P in Part]?: NonNullable<Parts[P]> } = {};
  for (const part of PARTS.filter((name) => used.has(name))) {
    try {
      parts[part] = { url: await START[part](target, starting, stack) };
    } catch (error) {
      parts[part] = { why: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
  }
  const moved = stack.move();
  return { parts, [Symbol.asyncDispose]: () => moved.disposeAsync() };
}

/** The address of a part. Throws CheckBroken, with why, where there is none. */
export function addressOf(parts: Parts, name: Part): string {
  const part = parts[name];
  if (part === undefined) throw new CheckBroken(`${name}: expected to be started for this case, got none`);
  if ('why' in part) throw new CheckBroken(`${name}: expected to start, got ${part.why}`);
  return part.url;
}

const START: { readonly [P in Part]: (target: Target, starting: Starting, stack: AsyncDisposableStack) => Promise<string> } = {
  async postgres({ kind, controlUrl }, { runId, journal }, stack) {
    const directory = postgresFolder(runId);
    // What runs by hand has its own, and goes on; ours in it are removed with all that the run made there.
    if (controlUrl !== null && kind === 'file') return (await databaseOf(controlUrl, directory)).databaseUrl;
    const id = `postgres of ${runId}`;
    journal.willCreate({ kind: 'directory', id: directory, target: 'local', remove: { path: directory } });
    journal.willCreate({ kind: 'process', id, target: 'local', remove: {} });
    const server = await (controlUrl === null ? startScratchPostgres(directory) : startIn(controlUrl, directory));
    const identity = identifyProcess(server.pid);
    if (identity !== null) journal.started(id, server.pid, identity);
    stack.defer(async () => {
      await server[Symbol.asyncDispose]();
      journal.removed(id);
      journal.removed(directory);
    });
    return server.url;
  },
};

/** The PostgreSQL of an embedded target of ours, which its other parts use as well. */
async function startIn(controlUrl: string, directory: string): Promise<ScratchPostgres> {
  const { databaseUrl, pid } = await databaseOf(controlUrl, directory);
  return { url: databaseUrl, pid, [Symbol.asyncDispose]: () => endDatabaseOf(controlUrl) };
}
