/** Which GraphQL documents a case sent, for the reconciliation of a whole run with the sources. */
import type { Exchange } from '../../backends/wire/exchange.ts';
import { documentKey } from '../../schemas/reconcile.ts';

/** Most of an unnamed document that is kept, to be recognised by. */
const EXCERPT = 60;

/** `NAME KEY` → how often; `anonymous KEY BEGINNING` where the document has no name. */
export function countDocuments(exchanges: readonly Exchange[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { protocol, request } of exchanges) {
    const asked = protocol === 'graphql' && request.body !== null ? questionOf(request.body) : null;
    if (asked === null) continue;
    const { text, name } = asked;
    const key = `${name ?? 'anonymous'} ${documentKey(text, name)}${name === null ? ` ${text.replace(/\s+/g, ' ').trim().slice(0, EXCERPT)}` : ''}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** Of a record that was cut, the members before the variables are there: our clients write the document first. */
const BEGINNING = /^\{"query":("(?:[^"\\]|\\.)*")(?:,"operationName":("(?:[^"\\]|\\.)*"))?/;

function questionOf(body: string): { readonly text: string; readonly name: string | null } | null {
  const parsed = parseJson(body);
  if (parsed !== undefined) {
    const { query, operationName } = (parsed ?? {}) as { query?: unknown; operationName?: unknown };
    return typeof query === 'string' ? { text: query, name: typeof operationName === 'string' ? operationName : null } : null;
  }
  const [, query, name] = BEGINNING.exec(body) ?? [];
  return query === undefined ? null : { text: String(parseJson(query)), name: name === undefined ? null : String(parseJson(name)) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
