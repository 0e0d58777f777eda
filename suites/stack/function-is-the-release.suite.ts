/** D-19: a function is missing, failed, not traced, or runs old code. */
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { told } from './answers.ts';
import { findFunction } from './function-facts.ts';
import { stateThat } from './state-that.ts';
import { settleMs, waitUntil } from './wait-until.ts';

export default resourceCheck<'functions', Resource<'functions'>>({
  title: 'the function is there, works, is traced, and runs the code that was released',
  level: 'must',
  incidents: ['D-19'],
  of: 'functions',
  async ask({ resource, target, aws, door }) {
    const { name, alias, codeSha256, tracing } = resource;
    const where = `function ${name}${alias === undefined ? '' : `:${alias}`}`;
    const { last: found, note } = await waitUntil(
      { name: `${where} to be updated`, maxMs: settleMs(target) },
      () => findFunction(aws, door, resource),
      (seen) => seen === null || (seen.State !== 'Pending' && seen.LastUpdateStatus !== 'InProgress'),
    );
    if (found === null) return [{ what: where, expected: 'a function', got: 'none', mend: 'deploy it, or correct its name or alias' }];
    // One that was not called for long is Inactive, and wakes with the next call.
    const state = found.State ?? 'Active';
    const update = found.LastUpdateStatus ?? 'Successful';
    const since = found.LastModified === undefined ? {} : { since: found.LastModified };
    const because = (reason: string | undefined) => (reason === undefined ? {} : { reason });
    const statements: Statement[] = [
      stateThat(/^(Active|Inactive)$/.test(state), {
        what: `state of ${where}`,
        expected: 'Active',
        got: `${state}${note}`,
        ...since,
        ...because(found.StateReason),
        mend: `deploy ${name} again`,
      }),
      stateThat(update === 'Successful', {
        what: `last update of ${where}`,
        expected: 'Successful',
        got: `${update}${note}`,
        ...since,
        ...because(found.LastUpdateStatusReason),
        mend: `deploy ${name} again`,
      }),
      {
        what: `tracing of ${where}`,
        expected: tracing,
        got: found.TracingConfig?.Mode ?? 'PassThrough',
        mend: `set tracing of ${name} to ${tracing}`,
      },
    ];
    if (codeSha256 === undefined) return statements;
    const got = codeSha256.startsWith('sha256:') ? await imageDigest() : told(found.CodeSha256, `code of ${where}`);
    return [
      ...statements,
      {
        what: `code of ${where}`,
        expected: codeSha256,
        got,
        ...since,
        mend: alias === undefined ? `deploy the released code of ${name}` : `point ${alias} at the released version of ${name}`,
      },
    ];

    /** The digest of its image, by which a release knows it. */
    async function imageDigest(): Promise<string> {
      const lambda = await aws.client('lambda');
      const { Code } = await lambda.getFunction({ FunctionName: name, ...(alias !== undefined && { Qualifier: alias }) });
      return Code?.ResolvedImageUri?.split('@')[1] ?? 'no image';
    }
  },
});
