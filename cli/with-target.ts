/** Resolves `--target` and holds what was started for it: the embedded target is a child of ours that ends with us. */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { UNSTARTED } from '../fixtures/embedded-deployment.ts';
import type { Target } from '../fixtures/target.ts';
import { targetOfLine } from '../fixtures/target.ts';
import { readTargetFile } from '../fixtures/target-file.ts';
import { identifyProcess } from '../reports/process-identity.ts';
import { dropTenants } from '../suites/run/clean-tenants.ts';
import type { RunFolder } from '../suites/run/run-folder.ts';
import { UsageError } from './failure.ts';

export interface OpenTarget extends AsyncDisposable {
  readonly target: Target;
  /** ` --target FILE` for a command that names the same target; empty for the embedded one. */
  readonly argument: string;
  /** Absolute path of the target file; null for the embedded target. */
  readonly file: string | null;
  /** Process of the embedded target; null for a target file. */
  readonly pid: number | null;
}

/** The target that `--target` names, answering where it is ours to start. What is started stands in the journal first, its data below `dir`. */
export async function openTarget(name: string, { journal: entries, dir, runId }: Omit<RunFolder, keyof Disposable>): Promise<OpenTarget> {
  if (name === 'containers') throw new UsageError('--target containers: expected embedded or a target file; containers are not built yet');
  if (name !== 'embedded') {
    const target = readTargetFile(name, process.env);
    const { controlUrl } = target;
    const id = tenantsOf(runId);
    if (controlUrl !== null) {
      const remove = { targetFile: resolve(name), control: new URL(controlUrl).origin, owner: runId };
      entries.willCreate({ kind: 'tenant', id, target: target.name, remove });
    }
    return {
      target,
      argument: ` --target ${name}`,
      file: resolve(name),
      pid: null,
      async [Symbol.asyncDispose]() {
        if (controlUrl === null) return;
        // Each case drops its own; what is left is that of a case that outlived its deadline, or of workers that were ended.
        if ((await dropTenants(controlUrl, runId)) === null) entries.removed(id);
      },
    };
  }
  const data = join(dir, 'embedded-data');
  entries.willCreate({ kind: 'directory', id: data, target: 'local', remove: { path: data } });
  entries.willCreate({ kind: 'process', id: 'embedded target', target: 'local', remove: {} });
  const child = await startEmbeddedChild(['--data', data]);
  const identity = identifyProcess(child.pid);
  if (identity !== null) entries.started('embedded target', child.pid, identity);
  return {
    target: targetOfLine(child.line),
    argument: '',
    file: null,
    pid: child.pid,
    async [Symbol.asyncDispose]() {
      await child[Symbol.asyncDispose]();
      entries.removed('embedded target');
      rmSync(data, { recursive: true, force: true });
      entries.removed(data);
    },
  };
}

/** Id of the journal's entry for all tenants that a run makes on a target that it did not start. */
function tenantsOf(runId: string): string {
  return `tenants of ${runId}`;
}

/** The target without anything being started, for commands that only plan. */
export function describeTarget(name: string): Target {
  if (name !== 'embedded') return readTargetFile(name, process.env);
  return targetOfLine(UNSTARTED);
}
