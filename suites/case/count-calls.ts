/** What a case asked over the wire, counted. */
import type { Exchange } from '../../backends/wire/exchange.ts';

/** `protocol operation host` → how often. */
export function countCalls(exchanges: readonly Exchange[]): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const { protocol, operation, request } of exchanges) {
    const key = `${protocol} ${operation} ${new URL(request.url).host}`;
    calls[key] = (calls[key] ?? 0) + 1;
  }
  return calls;
}

/** Calls that were made again; no key where there were none. */
export function countRetries(exchanges: readonly Exchange[]): { readonly retries?: number } {
  const retries = exchanges.filter(({ retryOf }) => retryOf !== null).length;
  return retries === 0 ? {} : { retries };
}
