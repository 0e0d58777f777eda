/** Failures beyond the socket, by name: what a fault answers in the error-class table (P-06). */
import type { FaultAnswer } from '../../fixtures/control.ts';

/** The server says only this. */
const says = (status: number, body = ''): FaultAnswer => ({ kind: 'respond', status, body });

const graphqlErrors = (status: number, code?: string): FaultAnswer =>
  says(status, JSON.stringify({ errors: [{ message: 'the shard is gone', ...(code !== undefined && { extensions: { code } }) }] }));

/** Those that every door can have, and that are the same error whoever meets them. */
export const anyFailures: Readonly<Record<string, FaultAnswer>> = {
  '401': says(401),
  '404': says(404),
  '429': says(429),
  '500': says(500),
  '502': says(502, 'bad gateway'),
  '503': says(503),
  reset: { kind: 'reset' },
  hang: { kind: 'hang' },
};

/** Bodies that are not what was due where JSON is. */
export const brokenBodies: Readonly<Record<string, FaultAnswer>> = {
  html: { kind: 'respond', status: 200, headers: { 'content-type': 'text/html' }, body: '<!doctype html><title>Sign in</title>' },
  'cut-json': { kind: 'respond', status: 200, headers: { 'content-type': 'application/json' }, body: '{"data":{"bucketConfig":{"na' },
  empty: says(200),
};

/** Those of GraphQL. */
export const graphqlFailures: Readonly<Record<string, FaultAnswer>> = {
  ...anyFailures,
  ...brokenBodies,
  '403': says(403),
  '200-errors': graphqlErrors(200),
  '200-unauthenticated': graphqlErrors(200, 'UNAUTHENTICATED'),
  '200-forbidden': graphqlErrors(200, 'FORBIDDEN'),
  '400-errors': graphqlErrors(400),
  '500-errors': graphqlErrors(500),
};

/** The failures that a client sits out: for its own deadline, and for the pauses between its tries. */
export const SAT_OUT = { withholdsAt: { failure: ['hang'] }, waitsAt: { failure: ['429'] } } as const;

/** How long a client waits for an answer in a scenario that withholds one, milliseconds: an honest one took 200 at most on a busy machine; with 2,000 the suite takes 4 s longer. */
export const PATIENCE_MS = 1_000;

/** The failure of a name; a name that is none is a mistake of the scenario. */
export function failureOf(failures: Readonly<Record<string, FaultAnswer>>, name: string | undefined): FaultAnswer {
  const failure = failures[name ?? ''];
  if (failure === undefined) throw new Error(`failure: expected one of ${Object.keys(failures).join(', ')}, got ${name}`);
  return failure;
}
