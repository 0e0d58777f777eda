/** Finds GraphQL in .graphql and .gql files: each file is one document, with what it imports. */
import { type DefinitionNode, GraphQLError, Kind, parse } from 'graphql';
import { shapeOfMarked } from '../executable-shape.ts';
import type { Found, FoundDocument, Tree, Unresolved } from '../found.ts';
import type { SourceFile } from '../source-file.ts';
import type { Run } from '../text-value.ts';

/** Extensions of the files that this finder reads. */
export const graphqlFile = /\.(?:graphql|gql|graphqls)$/;

/** The document of a file, unless it only defines types. */
export function findInGraphql(file: SourceFile, tree: Tree): Found {
  const missing: Unresolved[] = [];
  const runs = runsOf(file, tree, new Set(), missing);
  const documents = documentOf(file, runs, null);
  return { documents, unresolved: documents.length > 0 ? missing : [], comparisons: [] };
}

/** The document of a file that a program imports; `operation` is the one that it takes, if it names one. */
export function documentsInGraphqlFile(file: SourceFile, tree: Tree, operation: string | null): readonly FoundDocument[] {
  return documentOf(file, runsOf(file, tree, new Set(), []), operation);
}

function documentOf(file: SourceFile, runs: readonly Run[], operation: string | null): FoundDocument[] {
  const [own] = runs;
  if (own === undefined || shapeOfMarked([own]) === 'definitions') return [];
  const name = operation ?? nameOf(own.text) ?? '<module>';
  const text = runs.map((run) => run.text).join('');
  return [{ language: 'graphql', place: file.placeOf(firstDefinition(own.text)), name, text, runs, variant: null, variables: [] }];
}

const importing = /^[ \t]*#[ \t]*import\s+(?:[^\n\r'"]*\sfrom\s+)?["']([^"'\n\r]+)["']/gm;

/** The text of a file and of what it imports, each file once. */
function runsOf(file: SourceFile, tree: Tree, seen: Set<string>, missing: Unresolved[]): readonly Run[] {
  if (seen.has(file.path) || seen.size > 1000) return [];
  seen.add(file.path);
  const runs: Run[] = [{ text: file.text, file, at: 0, verbatim: true }];
  for (const { index, 1: specifier = '' } of file.text.matchAll(importing)) {
    const imported = tree.read(pathFrom(file.path, specifier)) ?? tree.read(`${pathFrom(file.path, specifier)}.graphql`);
    if (imported === null) {
      missing.push({
        place: file.placeOf(index),
        name: nameOf(file.text) ?? '<module>',
        reason: 'import',
        message: `the document imports \`${specifier}\`, which is not in the tree`,
      });
    } else {
      const more = runsOf(imported, tree, seen, missing);
      if (more.length > 0) runs.push({ text: '\n', file, at: index, verbatim: false }, ...more);
    }
  }
  return runs;
}

function pathFrom(path: string, specifier: string): string {
  const parts = path.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

const firstDefinition = (text: string): number => /^(?:[\s,\uFEFF]|#[^\n\r]*)*/.exec(text)?.[0].length ?? 0;

function nameOf(text: string): string | null {
  const definitions = definitionsOf(text);
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION) ?? definitions[0];
  return operation !== undefined && 'name' in operation ? (operation.name?.value ?? null) : null;
}

function definitionsOf(text: string): readonly DefinitionNode[] {
  try {
    return parse(text, { noLocation: true }).definitions;
  } catch (error) {
    if (error instanceof GraphQLError || error instanceof RangeError) return [];
    throw error;
  }
}
