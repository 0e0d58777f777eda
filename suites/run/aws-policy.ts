/** The AWS calls of a run, as the smallest IAM policy that allows them. */
import { minimalPolicy } from '../../backends/wire/aws-actions.ts';
import type { JudgedCase } from '../../reports/result.ts';

/** The policy of all cases of the merged stores; null where none called AWS. */
export function awsPolicyOf(judged: readonly Pick<JudgedCase, 'result'>[]): object | null {
  const operations = judged.flatMap(({ result }) =>
    Object.keys(result?.calls ?? {}).flatMap((call) => {
      const [protocol, operation = ''] = call.split(' ');
      return protocol === 'aws' ? [operation] : [];
    }),
  );
  return operations.length === 0 ? null : minimalPolicy(operations);
}
