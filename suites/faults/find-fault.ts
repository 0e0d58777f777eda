/** The fault of an incident, for a run under it. */
import type { Fault } from '../../fixtures/faults/fault.ts';
import { loadFaults } from '../../fixtures/faults/fault-files.ts';
import { applyFault } from './apply-fault.ts';

/** There is no fault of that id that a run could be under. */
export class FaultError extends Error {
  override readonly name = 'FaultError';
}

/** The fault with this id. Throws FaultError; also for one of source files or plans, which no run reads. */
export async function findFault(id: string): Promise<Fault> {
  const all = (await loadFaults()).filter((fault) => {
    const { edits, plans } = applyFault(fault);
    return edits.length + plans.length === 0;
  });
  const fault = all.find((one) => one.id === id);
  if (fault === undefined) throw new FaultError(`--fault ${id}: expected one of ${all.map((one) => one.id).join(', ')}, got another`);
  return fault;
}
