/** Which root fields of the schema a case asked, and what came of each: a value, a typed failure, or a refusal. */
import type { Exchange } from '../../backends/wire/exchange.ts';
import type { Contract } from '../../schemas/contract.ts';
import { outcomeOf } from '../../schemas/root-field-outcomes.ts';
import { rootFieldsAsked, rootFieldsOf } from '../../schemas/root-fields.ts';

/**
 * `Query.packages value` → how often. Beside the outcomes of `root-field-outcomes.ts` there is `error`, an answer that is neither (a fault, a
 * wrong document), `no-answer`, and `untold`, an answer that the schema's unions do not tell. What was not carried out, since something above
 * it is null, is not counted.
 */
export function countRootFields(contract: Contract, exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  const known = knownOf(contract);
  for (const { protocol, request, response } of exchanges) {
    if (protocol !== 'graphql' || request.body === null) continue;
    const asked = questionOf(request.body);
    if (asked === null) continue;
    for (const { path, keys } of rootFieldsAsked(asked.query, asked.operationName, known)) {
      const outcome = tellOutcome(contract, path, keys, response);
      if (outcome === null) continue;
      const key = `${path} ${outcome}`;
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

/** Codes and statuses by which a server says that who asks may not (`wire/graphql-errors.ts` reads the same ones). */
const REFUSING_CODES = ['UNAUTHENTICATED', 'FORBIDDEN'];
const REFUSING_STATUSES = [401, 403];

function tellOutcome(contract: Contract, path: string, keys: readonly string[], response: Exchange['response']): string | null {
  if (response === null || response.body === null) return 'no-answer';
  if (REFUSING_STATUSES.includes(response.status)) return 'refused';
  const answer = membersOf(parsed(response.body));
  if (answer === null) return response.status >= 400 ? 'error' : 'no-answer';
  const value = keys.reduce((at: unknown, key) => membersOf(at)?.[key], answer['data']);
  if (value !== undefined && value !== null) return outcomeOf(contract, path, value);
  const errors = (Array.isArray(answer['errors']) ? answer['errors'] : []).map(membersOf).filter((error) => touches(error, keys));
  if (errors.some((error) => REFUSING_CODES.includes(String(membersOf(error?.['extensions'])?.['code'])))) return 'refused';
  if (response.status >= 400 || errors.length > 0) return 'error';
  const above = keys.slice(0, -1).reduce((at: unknown, key) => membersOf(at)?.[key], answer['data']);
  if (membersOf(above) === null) return keys.length > 1 ? null : 'no-answer';
  return outcomeOf(contract, path, value);
}

/** Whether an error is about what stands at `keys`: of the whole request, of something above, or of something below that made it null. */
function touches(error: Readonly<Record<string, unknown>> | null, keys: readonly string[]): boolean {
  const path: unknown = error?.['path'];
  if (!Array.isArray(path)) return true;
  return keys.every((key, at) => at >= path.length || path[at] === key);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> | null {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : null;
}
