/** Requests and policies for the tests of the wire. */
import { type DoorPolicy, WireError, type WireRequest } from './door.ts';

/** A policy that allows one origin. */
export const policyFor = (origin: string, more: Partial<DoorPolicy> = {}): DoorPolicy => ({
  origins: [origin],
  writes: 'namespace',
  deadlineMs: 5000,
  bodyLimit: 1024 * 1024,
  ...more,
});
/** A request that reads. */
export const get = (url: string, more: Partial<WireRequest> = {}): WireRequest => ({
  protocol: 'rest',
  operation: 'ask',
  method: 'GET',
  url,
  headers: {},
  reads: true,
  ...more,
});

/** The WireError that `work` ends with; anything else fails. */
export async function failureOf(work: Promise<unknown>): Promise<WireError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('failure: expected a WireError, got an answer');
}
