/** The limits of documents when policy says nothing; by themselves, so that the help of a command loads no rule. */

export const DEFAULT_MAX_COMPLEXITY = 5000;
/** Introspection aside, documents written by hand stay far below it. */
export const DEFAULT_MAX_DEPTH = 15;
