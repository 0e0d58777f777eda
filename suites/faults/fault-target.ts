/** What a fault changes of the target that checks ask: its AWS, its sample app, the app's migrations. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAwsControl } from '../../fixtures/aws-control-client.ts';
import type { PlatformTarget } from '../../fixtures/target.ts';
import type { PlannedCase } from '../../reports/result.ts';
import { root } from '../case/suite-files.ts';
import { withApp } from '../run/with-app.ts';
import type { AppliedFault, DatabaseEdit } from './apply-fault.ts';

/** Where the sample app's migrations and models stand, from the folder of its target file. */
const APP = join(root, 'fixtures/embedded/app');

/** The target under the fault, for these cases; disposed, it is as it was. */
export async function faultTarget(
  target: PlatformTarget,
  cases: readonly PlannedCase[],
  { app, aws, database, start }: Pick<AppliedFault, 'app' | 'aws' | 'database' | 'start'>,
): Promise<{ readonly target: PlatformTarget } & AsyncDisposable> {
  await using stack = new AsyncDisposableStack();
  let faulted = await withApp(target, cases, app);
  if (aws.length > 0 && target.controlUrl !== null) {
    const control = createAwsControl(target.controlUrl);
    // Its state is one for the whole target: the next fault of it waits.
    stack.use(await alone());
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

function withDefect(target: PlatformTarget, defect: string): PlatformTarget {
  const { app } = target.deployment.databases;
  if (app?.start === undefined) throw new Error('databases.app.start: expected a command, got none');
  const start = { ...app.start, environment: { ...app.start.environment, DEFECT: defect } };
  return { ...target, deployment: { ...target.deployment, databases: { ...target.deployment.databases, app: { ...app, start } } } };
}

function withMigrations(target: PlatformTarget, folder: string, edits: readonly DatabaseEdit[]): PlatformTarget {
  for (const name of ['migrations', 'models.sql', 'sync']) cpSync(join(APP, name), join(folder, name), { recursive: true });
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
  const { app } = target.deployment.databases;
  if (app === undefined) throw new Error('databases.app: expected the sample app, got none');
  const moved = {
    ...app,
    migrations: { ...app.migrations, folder: join(folder, 'migrations') },
    models: { ...app.models, sql: join(folder, 'models.sql') },
    sync: ['configs', 'groups'].map((name) => ({ sql: join(folder, 'sync', `${name}.sql`) })),
  };
  const databases = { ...target.deployment.databases, app: moved } as unknown as PlatformTarget['deployment']['databases'];
  return { ...target, deployment: { ...target.deployment, databases } };
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
