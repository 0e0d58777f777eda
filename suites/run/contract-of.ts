/** Asks a target's registry for its live schema. */
import { getIntrospectionQuery } from 'graphql';
import type { Door } from '../../backends/wire/door.ts';
import { createGraphql } from '../../backends/wire/graphql.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { originsOf, type Target } from '../../fixtures/target.ts';
import type { Contract } from '../../schemas/contract.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';

/** The target cannot be asked for what a run needs: names the key of the target, the URL, and what came in place of it. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
}

/** The live schema of a registry, and the answer that it was read from. */
export interface LiveSchema {
  readonly contract: Contract;
  readonly introspection: unknown;
}

/** Leaves room for start-up within the 10 s in which bad input must be told; the slowest introspection seen took 1 s. */
const DEADLINE_MS = 6_000;
const BODY_LIMIT = 32 * 1024 * 1024;

/** A door to the servers of a target, for questions asked before any case. */
export function openPreflightDoor(target: Target): Door {
  const policy = { origins: originsOf(target), writes: 'never', deadlineMs: DEADLINE_MS, bodyLimit: BODY_LIMIT } as const;
  return openDoor({ ...policy, ...(target.ca === null ? {} : { ca: target.ca }) }, null);
}

/** The live schema of the target's registry. Throws PreflightError. */
export async function contractOf(target: Target): Promise<LiveSchema> {
  await using door = openPreflightDoor(target);
  return await askContract(door, target);
}

/** As `contractOf`, through a door that is open. */
export async function askContract(door: Door, target: Target): Promise<LiveSchema> {
  const url = target.graphqlUrl ?? `${target.registryUrl}/graphql`;
  const place = `${target.graphqlUrl === null ? 'registry.url' : 'registry.graphqlUrl'}: ${url}: live schema`;
  const client = createGraphql(door, { url, token: () => target.tokens.user ?? target.tokens.admin, client: 'crosscheck' });
  const text = getIntrospectionQuery({ inputValueDeprecation: true, descriptions: false });
  const answer = await client.send({ text, name: 'IntrospectionQuery', free: true }).catch((cause: Error) => {
    throw new PreflightError(`${place}: expected an answer to introspection, got ${cause.message}`, { cause });
  });
  const refusal =
    answer.broken ?? (answer.errors !== null && answer.errors.length > 0 ? answer.errors.map(({ message }) => message).join('; ') : null);
  if (answer.status !== 200 || refusal !== null)
    throw new PreflightError(`${place}: expected 200 with a schema, got ${answer.status}${refusal === null ? '' : `: ${refusal}`}`);
  return { contract: contractFromIntrospection(answer.data, url), introspection: answer.data };
}
