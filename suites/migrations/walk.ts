/** A history walked once from an empty database to head: the state at each revision, as a database to copy. Shared by the checks of a process. */
import { SqlError } from '../../backends/wire/sql.ts';
import type { Resource, Target } from '../../fixtures/target.ts';
import { CheckBroken, type ResourceStage } from '../case/resource-check.ts';
import { type Catalogue, readCatalogue } from './catalogue.ts';
import { MigrationFailed, type MigrationSource } from './migration-source.ts';
import { openSource } from './open-source.ts';
import { makeReference } from './reference.ts';
import { newRole, openScratch, type Scratch, type ScratchDatabase, type ScratchRole } from './scratch.ts';

export type DatabaseStage = ResourceStage<Resource<'databases'>>;

/** The schema as it is at a revision; null: before the first. */
export interface WalkedState {
  readonly revision: string | null;
  readonly catalogue: Catalogue;
  /** A database at that revision without rows of ours; to be copied, never used. */
  readonly template: ScratchDatabase;
}

/** What a walk found. `failure` ends it; the states before it stand. */
export interface Walk {
  readonly states: readonly WalkedState[];
  readonly failure: { readonly at: string; readonly error: MigrationFailed } | null;
}

/** A check's own source and databases, all of which go when it ends. */
export interface Bench extends AsyncDisposable {
  readonly source: MigrationSource;
  readonly scratch: Scratch;
  walk(): Promise<Walk>;
  /** The walk, where it came to head. Throws CheckBroken, naming the check that says why it did not. */
  walked(): Promise<readonly WalkedState[]>;
}

/** Each revision with the state before it: of the last ones alone, where the target file says how many. */
export function stepsOf(
  states: readonly WalkedState[],
  { recent = states.length }: Resource<'databases'>,
): readonly { readonly before: WalkedState; readonly state: WalkedState }[] {
  const steps = states.flatMap((state, index) => {
    const before = states[index - 1];
    return before === undefined ? [] : [{ before, state }];
  });
  return steps.slice(-recent);
}

/** Resources whose history has steps between its beginning and its head. */
export const inSteps = {
  of: 'with migrations that go a step at a time',
  is: ({ migrations }: Resource<'databases'>) => migrations !== undefined && migrations.kind !== 'none',
};

/** What is started for the checks: the migrations are walked on a server of ours, never on the deployed database. */
export const serverOf = (): readonly 'postgres'[] => ['postgres'];

/** What the checks of one resource share in a process: the owner of its databases, and the walk, which is the same for each. */
interface Shared {
  readonly role: ScratchRole;
  walk: Promise<Walk> | null;
}

/** By the target itself: whoever changes what lies behind it makes a new one. */
const sharedBy = new WeakMap<Target, Map<string, Shared>>();

function sharedOf(stage: DatabaseStage): Shared {
  const ofTarget = sharedBy.get(stage.target) ?? new Map<string, Shared>();
  sharedBy.set(stage.target, ofTarget);
  const shared = ofTarget.get(stage.label) ?? { role: newRole(stage), walk: null };
  ofTarget.set(stage.label, shared);
  return shared;
}

/** Opens the source and the server of a check. */
export async function openBench(stage: DatabaseStage): Promise<Bench> {
  const { resource } = stage;
  const shared = sharedOf(stage);
  const deadlineMs = resource.deadlineSeconds * 1_000;
  const source = await openSource(stage);
  const scratch = await openScratch(stage, {
    serverUrl: stage.part('postgres'),
    deadlineMs,
    extensions: resource.extensions,
    role: shared.role,
  });
  const begin = () =>
    resource.initial === undefined
      ? scratch.create()
      : makeReference(stage, { scratch }, resource.initial, `databases.${stage.label}.initial`);
  const walk = () => {
    shared.walk ??= walkHistory(source, scratch, begin, resource.recent);
    // What could not be asked is asked again by the next check.
    shared.walk.catch(() => {
      shared.walk = null;
    });
    return shared.walk;
  };
  return {
    source,
    scratch,
    walk,
    async walked() {
      const { states, failure } = await walk();
      if (failure === null) return states;
      throw new CheckBroken(
        `the history does not come to head, see migrations/bring-empty-to-head/databases:${stage.label}: ${failure.error.message}`,
      );
    },
    async [Symbol.asyncDispose]() {
      await source.close();
      await scratch[Symbol.asyncDispose]();
    },
  };
}

const MOST_REVISIONS = 1_000;

async function walkHistory(
  source: MigrationSource,
  scratch: Scratch,
  begin: () => Promise<ScratchDatabase>,
  recent = MOST_REVISIONS,
): Promise<Walk> {
  const states: WalkedState[] = [];
  const keep = async (revision: string | null, template: ScratchDatabase) => {
    scratch.leave(template);
    states.push({ revision, template, catalogue: await template.use(readCatalogue) });
  };
  await keep(null, await begin());
  const all = source.steps === true ? await source.revisions() : ['head'];
  // A long history is hundreds of databases, of which no check asks but for the last.
  const revisions = all.slice(-(recent + 1));
  for (const revision of revisions) {
    const database = await scratch.create(states.at(-1)?.template);
    try {
      await source.migrate(database.url, source.steps === true ? revision : undefined);
    } catch (error) {
      if (!(error instanceof MigrationFailed)) throw error;
      return { states, failure: { at: revision, error } };
    }
    try {
      await keep(revision, database);
    } catch (error) {
      if (!(error instanceof SqlError && error.code === '3D000')) throw error;
      return {
        states,
        failure: { at: revision, error: new MigrationFailed(`expected that the database is there after it, got ${error.message}`) },
      };
    }
  }
  return { states, failure: null };
}
