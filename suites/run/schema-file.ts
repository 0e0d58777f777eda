/** The live schema as a run asked it, kept in its store. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../schemas/contract.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';
import { possibleOutcomes, type RootFieldOutcome } from '../../schemas/root-field-outcomes.ts';

const FILE = 'schema.json';

/** Keeps the answer to introspection in the store `dir`. */
export function writeSchema(dir: string, introspection: unknown): void {
  writeFileSync(join(dir, FILE), JSON.stringify(introspection));
}

/** The contract that the store `dir` was run against; `source` names where it came from. Null where the target had no platform. */
export function readSchema(dir: string, source: string): Contract | null {
  if (!existsSync(join(dir, FILE))) return null;
  return contractFromIntrospection(readFileSync(join(dir, FILE), 'utf8'), source);
}

/** Root fields of the store's schema and the operations below namespaces (`Query.packages`, `Mutation.admin.user.create`), each with the outcomes that it can have. */
export function rootFieldsIn(dir: string): ReadonlyMap<string, readonly RootFieldOutcome[]> {
  const contract = readSchema(dir, join(dir, FILE));
  return contract === null ? new Map() : possibleOutcomes(contract);
}
