/** D-13: a stack that rolled back, is stuck or cannot be deleted. */
import { resourceCheck } from '../case/resource-check.ts';
import { reasonFrom } from './answers.ts';
import { describeStack, firstFailure } from './stack-facts.ts';
import { instantOf, stateThat } from './state-that.ts';
import { settleMs, waitUntil } from './wait-until.ts';

// What is left to do of an update that is complete is to remove what it replaced.
const COMPLETE = /^(CREATE|UPDATE|IMPORT)_COMPLETE(_CLEANUP_IN_PROGRESS)?$/;

export default resourceCheck({
  title: 'the last operation on the stack is complete, none rolled back, failed or stuck',
  level: 'must',
  incidents: ['D-13'],
  of: 'stacks',
  async ask({ resource: { name }, target, aws }) {
    const wait = { name: `stack ${name} at rest`, maxMs: settleMs(target) };
    const { last: stack, note } = await waitUntil(
      wait,
      () => describeStack(aws, name),
      (seen) => seen === null || COMPLETE.test(seen.StackStatus ?? '') || !/_IN_PROGRESS$/.test(seen.StackStatus ?? ''),
    );
    const expected = 'CREATE_COMPLETE, UPDATE_COMPLETE or IMPORT_COMPLETE';
    const what = `status of stack ${name}`;
    if (stack === null) return [{ what, expected, got: `no such stack in ${target.region}`, mend: 'deploy it, or correct its name' }];
    const { StackStatus = 'no status', StackStatusReason = '', LastUpdatedTime, CreationTime } = stack;
    if (COMPLETE.test(StackStatus)) return [{ what, expected, got: expected }];
    const own = StackStatusReason === '' ? '' : `${StackStatusReason}; `;
    const { reason } = await reasonFrom(async () => `${own}${(await firstFailure(aws, name)) ?? 'no resource of it failed'}`);
    const statement = {
      what,
      expected,
      got: `${StackStatus}${note}`,
      ...instantOf(LastUpdatedTime ?? CreationTime),
      ...(reason !== undefined && { reason }),
      mend: mendOf(StackStatus),
    };
    return [stateThat(false, statement)];
  },
});

function mendOf(status: string): string {
  if (status === 'UPDATE_ROLLBACK_FAILED') return 'mend the resource and continue the rollback (cloudformation continue-update-rollback)';
  if (status === 'DELETE_FAILED') return 'free the resource that cannot be deleted, or retain it, and delete the stack again';
  if (/^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED)$/.test(status)) return 'delete the stack and create it again: it takes no update';
  if (status.endsWith('_IN_PROGRESS')) return 'let the operation end, or cancel it where it is stuck';
  return 'mend the resource and deploy again';
}
