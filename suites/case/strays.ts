/** Whom the clients of a world spoke to. */
import type { Door } from '../../backends/wire/door.ts';

/** Origins, as symbols, that were spoken to through these doors and are not allowed; sorted. */
export function straysFrom(doors: readonly Door[], allowed: readonly string[], symbols: ReadonlyMap<string, string>): readonly string[] {
  const origins = new Set(doors.flatMap((door) => door.exchanges.map(({ request }) => new URL(request.url).origin)));
  return [...origins]
    .map((origin) => symbols.get(origin) ?? origin)
    .filter((origin) => !allowed.includes(origin))
    .sort();
}
