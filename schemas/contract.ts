/** A schema to judge by: the executable schema and the hash that caches are keyed by. */
import type { GraphQLSchema } from 'graphql';

export interface Contract {
  readonly schema: GraphQLSchema;
  /** SHA-256 of the printed, sorted schema, hex; made on first use. */
  readonly hash: string;
  /** Where it came from: a URL or a file. */
  readonly source: string;
}
