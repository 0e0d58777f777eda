/** Asks a target for its live schema, the first thing that any run does. */
import { getIntrospectionQuery } from 'graphql';
import { createGraphql } from '../../backends/wire/graphql.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import { originsOf, type Target } from '../../fixtures/target.ts';
import type { Contract } from '../../schemas/contract.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';

/** The target cannot be asked for what a run needs: names the URL and what came in place of it. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
}

const DEADLINE_MS = 8_000;
const BODY_LIMIT = 32 * 1024 * 1024;

/** The live schema of the target's registry. Throws PreflightError. */
export async function contractOf(target: Target): Promise<{ readonly contract: Contract; readonly introspection: unknown }> {
  await using door = openDoor(
    {
      origins: originsOf(target),
      writes: 'never',
      deadlineMs: DEADLINE_MS,
      bodyLimit: BODY_LIMIT,
      ...(target.ca === null ? {} : { ca: target.ca }),
    },
    null,
  );
  const url = target.graphqlUrl ?? `${target.registryUrl}/graphql`;
  const client = createGraphql(door, { url, token: () => target.tokens.user ?? target.tokens.admin, client: 'crosscheck' });
  const text = getIntrospectionQuery({ inputValueDeprecation: true, descriptions: false });
  const answer = await client.send({ text, name: 'IntrospectionQuery', free: true }).catch((cause: Error) => {
    throw new PreflightError(`${url}: live schema: expected an answer to introspection, got ${cause.message}`, { cause });
  });
  const refusal =
    answer.broken ?? (answer.errors !== null && answer.errors.length > 0 ? answer.errors.map(({ message }) => message).join('; ') : null);
  if (answer.status !== 200 || refusal !== null) {
    throw new PreflightError(
      `${url}: live schema: expected 200 with a schema, got ${answer.status}${refusal === null ? '' : `: ${refusal}`}`,
    );
  }
  return { contract: contractFromIntrospection(answer.data, url), introspection: answer.data };
}
