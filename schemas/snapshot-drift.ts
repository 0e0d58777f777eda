/** What changed between a committed snapshot and the live schema. */
import { diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';
import type { Contract } from './contract.ts';
import { printSnapshot } from './print-snapshot.ts';

/** Each change from the snapshot to the live schema, in words, breaking ones first; none when both offer the same. */
export async function snapshotDrift(snapshot: Contract, live: Contract): Promise<readonly string[]> {
  if (snapshot.hash === live.hash) return [];
  // Printed and read again, since applied directives stand in SDL and in no introspection.
  const [before, after] = [snapshot, live].map((one) => buildSchema(printSnapshot(one)));
  const changes = before && after ? await diff(before, after) : [];
  const order = ['BREAKING', 'DANGEROUS', 'NON_BREAKING'];
  const said = changes
    .toSorted((a, b) => order.indexOf(a.criticality.level) - order.indexOf(b.criticality.level))
    .map(({ criticality, message }) => `${criticality.level.toLowerCase().replace('_', ' ')}: ${message}`);
  return said.length > 0 ? said : ['the printed text differs'];
}
