/** Which root fields of the schema a case asked, and what came of each: a value, a typed failure, or a refusal. */
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { Contract } from '../../schemas/contract.ts';
import { rootFieldsAsked, rootFieldsOf } from '../../schemas/root-fields.ts';

/** `Query.packages value` → how often. A union member that is no success is a `typed-failure`; GraphQL errors or a status of 401 or 403 are `refused`. */
export function countRootFields(contract: Contract, exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const known = knownOf(contract);
  for (const { protocol, request, response } of exchanges) {
    if (protocol !== 'graphql' || request.body === null) continue;
    const asked = questionOf(request.body);
    if (asked === null) continue;
    for (const coordinate of rootFieldsAsked(asked.query, asked.operationName, known)) {
      const key = `${coordinate} ${outcomeOf(response, coordinate.split('.').slice(1))}`;
      counts[key] = (counts[key] ?? 0) + 1;
    }
  }
  return counts;
}

const knownByHash = new Map<string, ReadonlySet<string>>();

function knownOf(contract: Contract): ReadonlySet<string> {
  const known = knownByHash.get(contract.hash) ?? new Set(rootFieldsOf(contract));
  knownByHash.set(contract.hash, known);
  return known;
}

function questionOf(body: string): { query: string; operationName: string | null } | null {
  try {
    const { query, operationName } = JSON.parse(body) as { query?: unknown; operationName?: unknown };
    return typeof query === 'string' ? { query, operationName: typeof operationName === 'string' ? operationName : null } : null;
  } catch {
    return null;
  }
}

/** Members of the result unions that say no. Success members and plain types say yes. */
const FAILURE =
  /^(InvalidInput|OperationError|Unavailable|.*(Exists|Reserved|Invalid|DoesNotExist|NotFound|IsManaged|IsUnmanaged|Assigned|Conflict|AlreadyAdded|InProgress|Error|Permissions|UsedBySsoConfig|TooManyPoliciesToAttach))$/;

function outcomeOf(response: Exchange['response'], path: readonly string[]): string {
  if (response === null || response.body === null) return 'no-answer';
  let answer: { data?: unknown; errors?: unknown };
  try {
    answer = JSON.parse(response.body) as typeof answer;
  } catch {
    return 'no-answer';
  }
  let value: unknown = answer.data;
  for (const name of path) value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  if (response.status >= 400 || ((value === undefined || value === null) && answer.errors !== undefined)) return 'refused';
  const typename = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)['__typename'] : undefined;
  return typeof typename === 'string' && FAILURE.test(typename) ? 'typed-failure' : 'value';
}
