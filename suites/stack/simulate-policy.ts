/** What IAM would decide of a principal's call, by simulation: nothing is done. */
import type { EvaluationResult } from '@aws-sdk/client-iam';
import type { Aws } from '../../backends/wire/aws.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { told } from './answers.ts';

export interface Decision {
  readonly action: string;
  readonly resource: string;
  readonly decision: string;
  /** What matched, or which context the decision would have needed. */
  readonly why?: string;
}

/** Decisions on every action and resource, a call for all of them. Throws CheckBroken where IAM leaves one out. */
export async function simulate(
  aws: Aws,
  principal: string,
  actions: readonly string[],
  resources: readonly string[],
): Promise<readonly Decision[]> {
  const iam = await aws.client('iam');
  const found: EvaluationResult[] = [];
  let Marker: string | undefined;
  do {
    const page = await iam.simulatePrincipalPolicy({
      PolicySourceArn: principal,
      ActionNames: [...actions],
      ResourceArns: [...resources],
      Marker,
    });
    found.push(...told(page.EvaluationResults, `decisions on ${principal}`));
    Marker = page.IsTruncated === true ? page.Marker : undefined;
  } while (Marker !== undefined);
  return actions.flatMap((action) =>
    resources.map((resource) => {
      const own = found.find(
        ({ EvalActionName, EvalResourceName }) =>
          EvalActionName?.toLowerCase() === action.toLowerCase() && (EvalResourceName ?? '*') === resource,
      );
      // One decision for all resources has theirs inside.
      const specific = found
        .find(({ EvalActionName }) => EvalActionName?.toLowerCase() === action.toLowerCase())
        ?.ResourceSpecificResults?.find(({ EvalResourceName }) => EvalResourceName === resource);
      const decision = specific?.EvalResourceDecision ?? own?.EvalDecision;
      if (decision === undefined) throw new CheckBroken(`${action} on ${resource} by ${principal}: expected a decision of IAM, got none`);
      const matched = (specific?.MatchedStatements ?? own?.MatchedStatements ?? [])
        .map(({ SourcePolicyId }) => SourcePolicyId)
        .filter((id) => id !== undefined);
      const missing = specific?.MissingContextValues ?? own?.MissingContextValues ?? [];
      const why = [
        matched.length > 0 ? `decided by ${matched.join(', ')}` : '',
        missing.length > 0 ? `conditions on ${missing.join(', ')} were not given` : '',
      ]
        .filter(Boolean)
        .join('; ');
      return { action, resource, decision, ...(why !== '' && { why }) };
    }),
  );
}
