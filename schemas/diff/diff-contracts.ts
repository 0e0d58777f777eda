/** What changed between two schemas, and whom it breaks (C-10). */
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core';
import type { Contract } from '../contract.ts';
import type { Finding } from '../finding.ts';
import type { Found } from '../inventory/found.ts';
import type { Place } from '../inventory/source-file.ts';
import { judgeDocument } from '../judge-document.ts';
import { type Use, usageOf } from '../usage/usage-map.ts';
import { coordinatesOf } from './affected.ts';

export interface SchemaChange {
  readonly level: 'breaking' | 'dangerous' | 'safe';
  /** @graphql-inspector's name of the kind of change: `FIELD_REMOVED`. */
  readonly type: string;
  /** `Policy.title`; null for a change of the whole schema. */
  readonly path: string | null;
  readonly message: string;
  /** Why it is of its level; null when it needs no words. */
  readonly reason: string | null;
  /** Who uses what it changes; null when nobody was asked. */
  readonly uses: readonly Use[] | null;
}

/** An operation that fits the old schema and not the new one. */
export interface BrokenOperation {
  readonly operation: string;
  readonly place: Place;
  readonly findings: readonly Finding[];
}

export interface UsageFacts {
  /** Documents that hold an operation. */
  readonly documents: number;
  readonly broken: readonly BrokenOperation[];
  /** Documents that do not fit the old schema either, so that a change says nothing about them: `file:line:column`. */
  readonly unfit: readonly Place[];
  /** What is GraphQL and could not be read. */
  readonly unresolved: readonly Place[];
}

export interface SchemaDiff {
  readonly changes: readonly SchemaChange[];
  /** Null when no inventory was given. */
  readonly used: UsageFacts | null;
}

const LEVELS: Readonly<Record<CriticalityLevel, SchemaChange['level']>> = {
  [CriticalityLevel.Breaking]: 'breaking',
  [CriticalityLevel.Dangerous]: 'dangerous',
  [CriticalityLevel.NonBreaking]: 'safe',
};
const ORDER: readonly SchemaChange['level'][] = ['breaking', 'dangerous', 'safe'];

/** All changes, the worst first; with an inventory, each with the operations that it touches. */
export async function diffContracts(before: Contract, after: Contract, inventory: Found | null): Promise<SchemaDiff> {
  const usage = inventory && usageOf(before, inventory.documents);
  const changes = withoutParts(await diff(before.schema, after.schema)).map(
    (change): SchemaChange => ({
      level: LEVELS[change.criticality.level],
      type: String(change.type),
      path: change.path ?? null,
      message: change.message,
      reason: change.criticality.reason ?? null,
      uses: usage && usesOf(change, (coordinate) => usage.of(coordinate)),
    }),
  );
  changes.sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level) || (b.uses?.length ?? 0) - (a.uses?.length ?? 0));
  if (inventory === null || usage === null) return { changes, used: null };
  const broken: BrokenOperation[] = [];
  const unfit: Place[] = [];
  for (const { found, parsed, whole } of usage.sent) {
    if (errorsOf(before, whole).length > 0) unfit.push(found.place);
    else {
      const findings = errorsOf(after, whole);
      const operation = parsed.operations.map(({ name }) => name?.value ?? found.name).join(', ');
      if (findings.length > 0) broken.push({ operation, place: found.place, findings });
    }
  }
  return {
    changes,
    used: { documents: usage.sent.length, broken, unfit, unresolved: inventory.unresolved.map(({ place }) => place) },
  };
}

/**
 * 1 when something breaks: any breaking change, or with an inventory one that it uses, or an operation of it that no longer fits. 2 when that could not be
 * told: there are breaking changes, and operations that could not be read, or none at all. Else 0.
 */
export function diffExitCode({ changes, used }: SchemaDiff): 0 | 1 | 2 {
  const breaking = changes.filter(({ level }) => level === 'breaking');
  if (used === null) return breaking.length > 0 ? 1 : 0;
  if (used.broken.length > 0 || breaking.some(({ uses }) => (uses ?? []).length > 0)) return 1;
  if (used.documents === 0) return 2;
  return breaking.length > 0 && used.unfit.length + used.unresolved.length > 0 ? 2 : 0;
}

/** Without the members of a type that is new as a whole. */
function withoutParts(changes: readonly Change[]): readonly Change[] {
  const added = new Set(changes.flatMap(({ type, path }) => (String(type) === 'TYPE_ADDED' ? [path] : [])));
  return changes.filter(({ type, path }) => String(type) === 'TYPE_ADDED' || !added.has(path?.split('.')[0]));
}

/** What a server may answer with from now on; whoever only sends the type never sees it. */
const ANSWERED: readonly string[] = ['ENUM_VALUE_ADDED', 'UNION_MEMBER_ADDED'];

/** Each place once: one change may touch several coordinates of it. */
function usesOf(change: Change, of: (coordinate: string) => readonly Use[]): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const use of coordinatesOf(change).flatMap(of)) {
    if (use.kind === 'input-type' && ANSWERED.includes(String(change.type))) continue;
    uses.set(`${use.operation} ${use.place.file}:${use.place.line}:${use.place.column}`, use);
  }
  return [...uses.values()];
}

const errorsOf = (contract: Contract, text: string) => judgeDocument(contract, text).filter(({ severity }) => severity === 'error');
