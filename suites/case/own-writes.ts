/**
 * Keeps a client in a shared bucket to what is its case's own. A revision must hold the case's prefix in what its top hash covers, its message or its
 * logical keys: the manifest stands under its hash, so another package with the same content would share it, and lose it when the case is cleaned up.
 */
import type { RevisionParams } from '../../backends/operations.ts';
import type { Operations } from '../../backends/quilt-ops.ts';
import type { SharedNames } from './names.ts';
import { BrokenCase } from './recorder.ts';

/** The operations, refusing as broken what would write anything but the case's own; `claim` is called before the first write. */
export function keepToOwn(operations: Operations, { own }: SharedNames, claim: () => void): Operations {
  /** Packages whose entries hold the prefix; an update keeps them. */
  const marked = new Set<string>();
  const refuse = (operation: string, what: string): never => {
    throw new BrokenCase(`${operation}: expected ${what}, so that it meets nothing else in a shared bucket; say requires: ['own-bucket']`);
  };
  const checkName = (operation: string, name: string) => {
    if (!name.startsWith(`${own}-`)) refuse(operation, `a name of world.packageName(), got ${JSON.stringify(name)}`);
  };
  const write = (operation: 'createRevision' | 'updateRevision') => async (params: RevisionParams) => {
    const { name, message, uris = [], organise = true } = params;
    checkName(operation, name);
    const byEntry = organise && uris.some((uri) => uri.includes(`/${own}/`));
    const kept = operation === 'updateRevision' && marked.has(name);
    if (!(byEntry || kept || message?.includes(own)))
      refuse(operation, 'entries of world.objects() under their whole key, or a message of world.message()');
    if (byEntry) marked.add(name);
    claim();
    return operations[operation](params);
  };
  return {
    ...operations,
    createRevision: write('createRevision'),
    updateRevision: write('updateRevision'),
    async deletePackage(params) {
      checkName('deletePackage', params.name);
      return operations.deletePackage(params);
    },
  };
}
