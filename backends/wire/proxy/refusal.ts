/** What a request is answered with under `--fail` when it does not fit the schema. */
import type { Contract } from '../../../schemas/contract.ts';
import type { Finding } from '../../../schemas/finding.ts';
import { judgeQuestion } from './judge-exchange.ts';
import { headerOf, type PassedBody } from './passed-exchange.ts';
import { type RequestParts, readQuestion } from './read-question.ts';

export interface Refusal {
  readonly findings: readonly Finding[];
  /** Media type that the client takes. */
  readonly type: string;
  /** GraphQL errors, one a violation. */
  readonly errors: readonly object[];
}

/** Null for a request that fits, or that cannot be judged. Warnings refuse nothing. */
export function refusalOf(contract: Contract, request: RequestParts, body: PassedBody): Refusal | null {
  const findings = readQuestion(request, body)
    .questions.flatMap((question) => ('notJudged' in question ? [] : judgeQuestion(contract, question)))
    .filter(({ severity }) => severity === 'error');
  if (findings.length === 0) return null;
  const accepts = headerOf(request.headers, 'accept') ?? '';
  return {
    findings,
    type: accepts.includes('application/graphql-response+json') ? 'application/graphql-response+json' : 'application/json',
    errors: findings.map(({ rule, subject, message, path, line, column }) => ({
      message: `${subject}: ${message}`,
      ...(line === null || column === null ? {} : { locations: [{ line, column }] }),
      extensions: { code: 'CONTRACT_VIOLATION', by: 'crosscheck contract proxy', rule, subject, path },
    })),
  };
}
