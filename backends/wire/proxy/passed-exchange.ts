/** What went through the proxy, as it was: unredacted, never written anywhere, and of forms that another thread can be handed. */
import type { Finding } from '../../../schemas/finding.ts';

/** A body that went by. */
export interface PassedBody {
  /** The whole body, or its beginning when it is not `complete`. */
  readonly kept: Uint8Array<ArrayBuffer>;
  /** Whether `kept` is all of it. */
  readonly complete: boolean;
  /** Why not all was kept: it was over the limit of one body, or all bodies under way were over theirs; null while nothing was left out. */
  readonly leftOut: 'too large' | 'too much at once' | null;
  /** Length of the whole body, or of as much as came. */
  readonly bytes: number;
}

export interface PassedExchange {
  /** Number within the proxy's life, from 1, in the order in which requests came. */
  readonly id: number;
  /** `graphql`: to a path where GraphQL is spoken; `socket`: it became a socket of another protocol; of both others bodies are not kept. */
  readonly kind: 'graphql' | 'other' | 'socket';
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    /** Absolute URL at the server. */
    readonly url: string;
    /** Name, value, name, value, as they came. */
    readonly headers: readonly string[];
    readonly body: PassedBody;
  };
  /** Null when the head of an answer never came. */
  readonly response: {
    readonly status: number;
    readonly reason: string;
    readonly headers: readonly string[];
    readonly body: PassedBody;
  } | null;
  /** Why no whole answer came or reached the client; null when all went well. */
  readonly error: string | null;
  /** What it was refused for under `--fail`; null when it was forwarded. */
  readonly refused: readonly Finding[] | null;
}

/** The values of a header of any case, joined as HTTP joins them; null when it is not there. */
export function headerOf(headers: readonly string[], name: string): string | null {
  const values: string[] = [];
  for (let index = 0; index + 1 < headers.length; index += 2) {
    if (headers[index]?.toLowerCase() === name) values.push(headers[index + 1] ?? '');
  }
  return values.length === 0 ? null : values.join(', ');
}
