/** A check of one resource that the target file names: asked once for each label of its kind; no backend, no oracle. */
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import type { Sql, SqlPolicy } from '../../backends/wire/sql.ts';
import type { Resource, ResourceKind, Target } from '../../fixtures/target.ts';
import type { Level } from '../../reports/result.ts';
import type { Statement } from './check.ts';

/** What can be started beside a target: a PostgreSQL whose databases are thrown away. */
export const PARTS = ['postgres'] as const;
export type Part = (typeof PARTS)[number];

/** What a check of a resource asks with. Everything that goes out goes by its door, which lets through AWS and the origins that the resource names. */
export interface ResourceStage<R> {
  readonly target: Target;
  readonly label: string;
  /** As the target file has it, with `${NAME}` and `${stack.Output}` put in. */
  readonly resource: R;
  readonly aws: Aws;
  readonly door: Door;
  /** The secret that a key of the resource names (`token`), or null. */
  secret(key: string): string | null;
  /** Address of what was started for the check. Throws CheckBroken, with why, where it did not start. */
  part(name: Part): string;
  /** A session of a database, recorded as the case's. Throws SqlError and WireError. */
  openSql(url: string, policy: Pick<SqlPolicy, 'allows' | 'deadlineMs'>): Promise<Sql>;
  /** A door to a server that the check itself started on loopback, and may therefore write to. */
  doorTo(origin: `http://127.0.0.1:${number}`): Door;
  /** How every database and role begins that the check makes. */
  readonly scratchPrefix: string;
  /** Another resource of the target, by kind and label, put in likewise. Throws CheckBroken where there is none. */
  other<K extends ResourceKind>(kind: K, label: string): Promise<Resource<K>>;
}

/** Nothing can be said of the resource, and why: the case is broken. */
export class CheckBroken extends Error {
  override readonly name = 'CheckBroken';
}

export interface ResourceCheck<K extends ResourceKind = ResourceKind, R extends Resource<K> = Resource<K>> {
  readonly kind: 'resource';
  readonly title: string;
  readonly level: Level;
  readonly incidents: readonly string[];
  readonly tags?: readonly string[];
  /** The kind of resource, a key of the target file. */
  readonly of: K;
  /** Which resources of the kind it is for, as the target file has them; all when absent. `of` is what the others lack: `that name a version`. */
  readonly when?: { readonly of: string; is(resource: Resource<K>): boolean };
  /** What is started for it before the first case runs; nothing when absent. */
  readonly parts?: (resource: Resource<K>) => readonly Part[];
  /** What the target must allow; `write` for a check that writes. */
  readonly writes?: true;
  readonly deadlineMs?: number;
  /** Every statement is evaluated and reported; none at all is broken, and so is what it throws. */
  ask(stage: ResourceStage<R>): Promise<readonly Statement[]>;
}

/** Declares a check that every resource of a kind is asked. */
export function resourceCheck<K extends ResourceKind, R extends Resource<K> = Resource<K>>(
  record: Omit<ResourceCheck<K, R>, 'kind'>,
): ResourceCheck<K, R> {
  return { kind: 'resource', ...record };
}

/** Whether a check is for a resource of its kind. */
export function isFor({ when }: ResourceCheck, resource: Resource<ResourceKind>): boolean {
  return when?.is(resource) ?? true;
}
