/** Every backend by name, imported only when used. */
import type { Backend } from '../../backends/backend.ts';
import type { BackendName } from '../../backends/quilt-ops.ts';

const load: Readonly<Record<BackendName, () => Promise<Backend>>> = {
  quilt3: async () => (await import('../../backends/quilt3/quilt3.ts')).quilt3,
  platform: async () => (await import('../../backends/platform/platform.ts')).platform,
  'quilt3-python': async () => (await import('../../backends/python/quilt3-python.ts')).quilt3Python,
};

/** The names of all backends. */
export const BACKENDS = Object.keys(load) as readonly BackendName[];

/** The backends that a run drives when nobody says otherwise. `quilt3-python` needs Python and runs when named. */
export const DEFAULT_BACKENDS: readonly BackendName[] = ['quilt3', 'platform'];

/** Whether there is a backend of that name. */
export function isBackend(name: string): name is BackendName {
  return Object.hasOwn(load, name);
}

/** Loads the backends of these names, in this order. */
export function loadBackends(names: readonly BackendName[]): Promise<readonly Backend[]> {
  return Promise.all(names.map((name) => load[name]()));
}
