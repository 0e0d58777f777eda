/** Asks a target's registry for its live schema. */
import { type Door, WireError } from '../../backends/wire/door.ts';
import { introspectContract, type LiveSchema } from '../../backends/wire/introspect.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { originsOf, type PlatformTarget } from '../../fixtures/target.ts';
import { ContractError } from '../../schemas/contract-error.ts';

/** The target cannot be asked for what a run needs: names the key of the target, the URL, and what came in place of it. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
}

/** Leaves room for start-up within the 10 s in which bad input must be told; the slowest introspection seen took 1 s. */
const DEADLINE_MS = 6_000;
const BODY_LIMIT = 32 * 1024 * 1024;

/** A door to the servers of a target, for questions asked before any case. */
export function openPreflightDoor(target: PlatformTarget): Door {
  return openDoorBeside(target, 'never');
}

/** A door to the servers of a target, for removing what cases left. */
export function openDoorForRemoval(target: PlatformTarget): Door {
  return openDoorBeside(target, 'namespace');
}

function openDoorBeside(target: PlatformTarget, writes: 'never' | 'namespace'): Door {
  const policy = { origins: originsOf(target), writes, deadlineMs: DEADLINE_MS, bodyLimit: BODY_LIMIT };
  return openDoor({ ...policy, ...(target.ca === null ? {} : { ca: target.ca }) }, null);
}

/** The live schema of the target's registry. Throws PreflightError. */
export async function contractOf(target: PlatformTarget): Promise<LiveSchema> {
  await using door = openPreflightDoor(target);
  return await askContract(door, target);
}

/** As `contractOf`, through a door that is open. */
export async function askContract(door: Door, target: PlatformTarget): Promise<LiveSchema> {
  const url = target.graphqlUrl ?? `${target.registryUrl}/graphql`;
  const place = `${target.graphqlUrl === null ? 'registry.url' : 'registry.graphqlUrl'}: ${url}: live schema`;
  try {
    return await introspectContract(door, { url, token: () => target.tokens.user ?? target.tokens.admin });
  } catch (cause) {
    if (!(cause instanceof WireError || cause instanceof ContractError)) throw cause;
    throw new PreflightError(`${place}: expected 200 with a schema, got ${cause.message}`, { cause });
  }
}
