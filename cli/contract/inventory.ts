/** The GraphQL documents of the sources that a command names: the one place where the commands get at the inventory. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Kind } from 'graphql';
import type { Found, FoundDocument, Unresolved } from '../../schemas/inventory/found.ts';
import { SourceFile } from '../../schemas/inventory/source-file.ts';
import { parseDocument } from '../../schemas/prepared-document.ts';
import { UsageError } from '../failure.ts';

/** Finds the documents of files and folders. */
export type Inventory = (paths: readonly string[]) => Promise<Found>;

/** Files that hold GraphQL and nothing else. Files of programs are the finders' of `schemas/inventory/`, and not read here. */
export const graphqlFiles: Inventory = async (paths) => {
  const documents: FoundDocument[] = [];
  const unresolved: Unresolved[] = [];
  for (const path of paths.flatMap(filesBelow)) {
    const file = new SourceFile(path.replaceAll('\\', '/'), readFileSync(path, 'utf8'));
    const { document, syntaxError } = parseDocument(file.text);
    if (document === null) {
      const message = syntaxError?.message ?? 'a syntax error';
      unresolved.push({ place: file.placeOf(syntaxError?.positions?.[0] ?? 0), name: '<module>', reason: 'syntax', message });
      continue;
    }
    for (const { kind, loc, ...node } of document.definitions) {
      if (kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION) continue;
      const at = loc?.start ?? 0;
      const text = file.text.slice(at, loc?.end);
      const name = 'name' in node && node.name ? node.name.value : '<module>';
      const runs = [{ text, file, at, verbatim: true }];
      documents.push({ language: 'graphql', place: file.placeOf(at), name, text, runs, variant: null, variables: [] });
    }
  }
  return { documents, unresolved, comparisons: [] };
};

function filesBelow(path: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) throw new UsageError(`${path}: expected a file or a folder, got nothing there`);
  if (!found.isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const here = join(path, entry.name);
      if (entry.isDirectory()) return entry.name === 'node_modules' || entry.name.startsWith('.') ? [] : filesBelow(here);
      return entry.isFile() && /\.(graphql|gql)$/.test(entry.name) ? [here] : [];
    });
}
