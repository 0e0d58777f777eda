/** Finds GraphQL in a file by its language. */
import type { Finder, Found, Tree } from './found.ts';
import { findInGraphql, graphqlFile } from './graphql/find-in-graphql.ts';
import type { SourceFile } from './source-file.ts';
import { findInTypeScript, typescriptFile } from './typescript/find-in-typescript.ts';

const finders: readonly { readonly of: RegExp; readonly find: Finder }[] = [
  { of: graphqlFile, find: findInGraphql },
  { of: typescriptFile, find: findInTypeScript },
];

/** What a file holds; nothing for a language that is not known. */
export function findInFile(file: SourceFile, tree: Tree): Found {
  const finder = finders.find(({ of }) => of.test(file.path));
  return finder === undefined ? { documents: [], unresolved: [], comparisons: [] } : finder.find(file, tree);
}
