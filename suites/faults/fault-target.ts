/** What a fault changes of the target that checks ask: its AWS, its sample app, the app's migrations. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsControl } from '../../fixtures/aws-control-client.ts';
import { awsResourceKeys } from '../../fixtures/deployment/aws-resources.ts';
import type { Fault } from '../../fixtures/faults/fault.ts';
import type { Target } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { root } from '../case/suite-files.ts';
import { withApp } from '../run/with-app.ts';
import type { AppliedFault, DatabaseEdit } from './apply-fault.ts';
import { FaultError } from './find-fault.ts';

/** Where the sample app's migrations and models stand. */
const APP = join(root, 'fixtures/embedded/app');
/** How a path to them begins in the target file. */
const INTO_APP = '../embedded/app/';

type Changes = Pick<AppliedFault, 'app' | 'aws' | 'database' | 'start'>;

/** Throws FaultError where the target has not what the fault changes. */
export function refuseElsewhere(target: Target, { id, side }: Fault, { app, database, start }: Changes): void {
  if (side === 'target' && target.controlUrl === null)
    throw new FaultError(`--fault ${id}: expected a target with a control endpoint, since it changes the target, got ${target.name}`);
  if ((app !== undefined || start !== undefined || database.length > 0) && target.kind !== 'embedded')
    throw new FaultError(`--fault ${id}: expected the embedded target, since it changes the sample app, got ${target.name}`);
}

/** The target under the fault, for these cases; disposed, it is as it was. */
export async function faultTarget<T extends Target>(
  target: T,
  cases: readonly PlannedCase[],
  { app, aws, database, start }: Changes,
): Promise<{ readonly target: T } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  let faulted = await withApp(target, cases, app);
  // The state of AWS is one for the whole target: whoever changes it, or asks it, waits for the fault before.
  if (aws.length > 0 || cases.some(asksAws)) stack.use(await alone());
  if (aws.length > 0 && target.controlUrl !== null) {
    const control = createAwsControl(target.controlUrl);
    for (const patch of aws) await control.patch(patch);
    stack.defer(() => control.restore());
  }
  if (start !== undefined) faulted = withDefect(faulted, start);
  if (database.length > 0) {
    const folder = mkdtempSync(join(tmpdir(), 'crosscheck-fault-'));
    stack.defer(() => rmSync(folder, { recursive: true, force: true }));
    faulted = withMigrations(faulted, folder, database);
  }
  const held = stack.move();
  return { target: faulted, [Symbol.asyncDispose]: () => held.disposeAsync() };
}

/** Whether it asks a resource of a stack, or what only a stack's output says where it is. */
function asksAws({ parameters }: PlannedCase): boolean {
  return Object.keys(parameters).some((kind) => kind in awsResourceKeys);
}

function withDefect<T extends Target>(target: T, defect: string): T {
  const { app } = target.deployment.databases;
  if (app?.start === undefined) throw new Error('databases.app.start: expected a command, got none');
  const start = { ...app.start, environment: { ...app.start.environment, DEFECT: defect } };
  return { ...target, deployment: { ...target.deployment, databases: { ...target.deployment.databases, app: { ...app, start } } } };
}

function withMigrations<T extends Target>(target: T, folder: string, edits: readonly DatabaseEdit[]): T {
  for (const name of ['migrations', 'models.sql', 'sync', 'without-tool']) cpSync(join(APP, name), join(folder, name), { recursive: true });
  for (const { path, change } of edits) {
    const file = join(folder, path);
    if (change === null) {
      rmSync(file);
      continue;
    }
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const changed = change(text);
    if (changed === text) throw new Error(`${path}: expected the fault to change it, got it as it was`);
    writeFileSync(file, changed);
  }
  const databases = copied(target.deployment.databases, folder);
  return { ...target, deployment: { ...target.deployment, databases } };
}

/** The value with every path into the sample app leading into its copy. */
function copied<V>(value: V, folder: string): V {
  if (typeof value === 'string') return (value.startsWith(INTO_APP) ? join(folder, value.slice(INTO_APP.length)) : value) as V;
  if (Array.isArray(value)) return value.map((one) => copied(one, folder)) as V;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copied(inner as unknown, folder)])) as V;
}

let last: Promise<void> = Promise.resolve();

/** Held by one at a time, in the order in which they asked. */
async function alone(): Promise<Disposable> {
  const before = last;
  const { promise, resolve } = Promise.withResolvers<void>();
  last = promise;
  await before;
  return { [Symbol.dispose]: resolve };
}
