/** Where the registry is: told, or said by the token's claims or by the catalog (see `selection.ts`). */
import { requireItem, select } from '../selection.ts';
import type { Call } from './call.ts';
import { fetchConfig } from './catalog-config.ts';

/** Without a slash at its end. Asks the catalog only when nothing else says it. */
export async function registryUrlOf(call: Call): Promise<string> {
  const { session } = call;
  const known = select('quilt3', 'registryUrl', session.sources).value;
  const catalogUrl = select('quilt3', 'catalogUrl', session.sources).value;
  if (known === null && catalogUrl !== null && session.config === null) session.config = await fetchConfig(call, catalogUrl);
  return requireItem(call.operation, 'quilt3', 'registryUrl', session.sources).replace(/\/+$/, '');
}
