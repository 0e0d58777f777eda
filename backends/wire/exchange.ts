/** One request and its answer, as every protocol records it. Everything in it is redacted before anyone outside the wire sees it. */
import type { Finding } from '../../schemas/finding.ts';

export type Protocol = 's3' | 'graphql' | 'rest' | 'catalog' | 'aws' | 'oauth' | 'sql';

export interface Exchange {
  /** Number within the session, from 1. */
  readonly id: number;
  readonly protocol: Protocol;
  /** S3 operation, GraphQL operation name, AWS `service:Operation`, what an SQL statement does, or `METHOD /path`. */
  readonly operation: string;
  /** Number of the first exchange that this one repeats, since it was throttled; null for a first one. */
  readonly retryOf: number | null;
  /** QuiltOps operation that caused it, when known. */
  readonly cause: string | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
    /** Text of the body, redacted, cut at 64 KiB; null when there is none or it is binary. */
    readonly body: string | null;
    readonly bytes: number;
  };
  /** Null when no answer came; then `error` says why. */
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
    readonly bytes: number;
  } | null;
  readonly error: string | null;
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  /** What the contract says of a GraphQL exchange: document, variables, response. Empty when it fits. */
  readonly findings: readonly Finding[];
}
