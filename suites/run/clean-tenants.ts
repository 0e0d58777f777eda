/** Removes the tenants that a run left on a target which it did not start: an `up` by hand, named by a target file with `control`. */
import { ControlError, createControlClient } from '../../fixtures/control-client.ts';
import { readTargetFile, TargetFileError } from '../../fixtures/target-file.ts';

/** What the journal says of a run's tenants. The bearer is named by the target file, as every secret is. */
export interface TenantsLeft {
  readonly targetFile: string;
  /** Origin of the control endpoint that made them. */
  readonly control: string;
  /** Id of the run. */
  readonly owner: string;
}

/** Drops the owner's tenants at a control endpoint (`URL#BEARER`). Null when none is left, also since the target has ended; else why. */
export async function dropTenants(controlUrl: string, owner: string): Promise<string | null> {
  try {
    await createControlClient(controlUrl).dropTenantsOf(owner);
    return null;
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return isNobodyThere(error) ? null : error.message;
  }
}

/** Removes what the journal names, by the bearer that the target file names today. Null when it is gone, else why it is not. */
export async function cleanTenants(left: TenantsLeft, env: Readonly<Record<string, string | undefined>>): Promise<string | null> {
  const named = controlOf(left.targetFile, env);
  if (named.controlUrl !== null && new URL(named.controlUrl).origin === left.control) return dropTenants(named.controlUrl, left.owner);
  // Without the bearer nothing can be removed, but whether the target has ended, and its tenants with it, can be seen.
  const answer = await dropTenants(left.control, left.owner);
  return answer === null ? null : `${left.control} still answers, and its bearer is needed: ${named.why}`;
}

function controlOf(file: string, env: Readonly<Record<string, string | undefined>>) {
  try {
    const { controlUrl } = readTargetFile(file, env);
    return { controlUrl, why: `${file}: control.url: expected it, got ${controlUrl === null ? 'none' : new URL(controlUrl).origin}` };
  } catch (error) {
    if (!(error instanceof TargetFileError)) throw error;
    return { controlUrl: null, why: error.message };
  }
}

function isNobodyThere({ cause }: ControlError): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED';
}
