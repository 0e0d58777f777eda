/** Where the registry is: told, or said by the token's claims or by the catalog (see `selection.ts`). */
import { requireItem, select } from '../selection.ts';
import type { Call } from './call.ts';
import { fetchConfig } from './catalog-config.ts';

/** Throws when nothing says where the registry is, before anyone is asked who the user is (P-01, P-02). */
export function requireSomeRegistry({ operation, session: { sources } }: Call): void {
  const isNamed = (['graphqlUrl', 'registryUrl', 'catalogUrl'] as const).some((item) => select('quilt3', item, sources).value !== null);
  if (!isNamed) requireItem(operation, 'quilt3', 'registryUrl', sources);
}

/** Without a slash at its end. Asks the catalog only when nothing else says it. */
export async function registryUrlOf(call: Call): Promise<string> {
  const { session } = call;
  const known = select('quilt3', 'registryUrl', session.sources).value;
  const catalogUrl = select('quilt3', 'catalogUrl', session.sources).value;
  if (known === null && catalogUrl !== null && session.config === null) session.config = await fetchConfig(call, catalogUrl);
  return requireItem(call.operation, 'quilt3', 'registryUrl', session.sources).replace(/\/+$/, '');
}
