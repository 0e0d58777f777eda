/** Asks a live registry for its schema, once for all the doors to it. */
import type { Contract } from '../../schemas/contract.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { introspectionProbe, introspectionQueryFor } from '../../schemas/introspection-query.ts';
import { contractFromIntrospection } from '../../schemas/load-contract.ts';
import type { Door } from './door.ts';
import { createGraphql } from './graphql.ts';

export interface Endpoint {
  readonly url: string;
  readonly token: () => string | null;
}

export interface LiveSchema {
  readonly contract: Contract;
  /** `data` of the introspection, from which `contractFromIntrospection` makes the same contract in another process. */
  readonly introspection: unknown;
}

/**
 * The schema that the endpoint serves now, with everything that its introspection knows (two requests). The door has no contract yet, so that nothing is judged.
 * Throws WireError when no answer came, ContractError when what came is no schema.
 */
export async function introspectContract(door: Door, endpoint: Endpoint): Promise<LiveSchema> {
  const graphql = createGraphql(door, { ...endpoint, client: 'crosscheck-introspection' });
  const probe = await graphql.send({ text: introspectionProbe, name: 'IntrospectionProbe', free: true });
  const answer = await graphql.send({ text: introspectionQueryFor(probe.data), name: 'IntrospectionQuery', free: true });
  if (answer.status !== 200) {
    const said = answer.errors?.map((error) => error.message).join('; ') ?? answer.body.slice(0, 80);
    throw new ContractError(endpoint.url, `introspection: expected 200, got ${answer.status} (${said})`);
  }
  return { contract: contractFromIntrospection(answer.body, endpoint.url), introspection: answer.data };
}
