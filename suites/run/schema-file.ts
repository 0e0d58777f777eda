/** The live schema as a run asked it, kept in its store. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../schemas/contract.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';
import { rootFieldsOf } from '../../schemas/root-fields.ts';

const FILE = 'schema.json';

/** Keeps the answer to introspection in the store `dir`. */
export function writeSchema(dir: string, introspection: unknown): void {
  writeFileSync(join(dir, FILE), JSON.stringify(introspection));
}

/** The contract that the store `dir` was run against; `source` names where it came from. */
export function readSchema(dir: string, source: string): Contract {
  return contractFromIntrospection(readFileSync(join(dir, FILE), 'utf8'), source);
}

/** Root fields of Query and Mutation in the store's schema: `Query.packages`. */
export function rootFieldsIn(dir: string): readonly string[] {
  return rootFieldsOf(readSchema(dir, join(dir, FILE))).filter((path) => path.split('.').length === 2);
}
