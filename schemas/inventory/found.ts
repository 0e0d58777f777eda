/** What the inventory finds in a source tree. */
import type { SeenValue } from './seen-value.ts';
import type { Place, SourceFile } from './source-file.ts';
import type { Reason, Run } from './text-value.ts';

export type Language = 'graphql' | 'javascript' | 'typescript' | 'python';

/** Variables that some call passes beside a document. */
export interface SeenVariables {
  readonly value: SeenValue;
  /** Name of the operation that the call names, or null. */
  readonly operationName: string | null;
}

/** A GraphQL document as the program sends it. */
export interface FoundDocument {
  readonly language: Language;
  /** Where the expression begins that makes it. */
  readonly place: Place;
  /** The definition around it, without its file: `Client.get_policy`, `POLICY_QUERY`, or `<module>`; operations of .graphql files by their own name. */
  readonly name: string;
  readonly text: string;
  /** The text piece by piece, with where each stands; joined they are the text. */
  readonly runs: readonly Run[];
  /** Which of several texts that one expression can be, from 1; null when it can be one only. */
  readonly variant: number | null;
  readonly variables: readonly SeenVariables[];
  /** Nothing but its shape says that it is a document: another file may show it to be a part of a larger text (`Found.accounted`). */
  readonly byShape?: true;
}

/** Something that is GraphQL, or goes where GraphQL goes, and whose text is not known. */
export interface Unresolved {
  readonly place: Place;
  readonly name: string;
  readonly reason: Reason | 'syntax' | 'encoding' | 'too-large' | 'unreadable';
  /** One sentence: what it is, in the program's own words. */
  readonly message: string;
}

/** A comparison of `__typename` with a name (C-07). */
export interface TypenameComparison {
  readonly place: Place;
  readonly typeName: string;
}

export interface Found {
  readonly documents: readonly FoundDocument[];
  readonly unresolved: readonly Unresolved[];
  readonly comparisons: readonly TypenameComparison[];
  /**
   * Places in other files of expressions that are parts of this file's documents. What was found there by shape alone is no document of its own, and
   * what was unresolved there for want of a caller has found one. `mergeFound` applies them.
   */
  readonly accounted?: readonly Place[];
}

/** How a finder gets at other files of the tree: text by path, or null when there is none; the same object each time. */
export interface Tree {
  read(path: string): SourceFile | null;
}

/** Finds what one file of a language holds. Pure but for `tree.read`, whose calls are what the answer depends on besides the file. Never throws for what stands in a file. */
export type Finder = (file: SourceFile, tree: Tree) => Found;
