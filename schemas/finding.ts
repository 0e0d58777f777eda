/** What the contract engine says when something does not fit the schema. */
export interface Finding {
  /** Name of the rule: a graphql-js rule, or one of ours in kebab case. */
  readonly rule: string;
  readonly severity: 'error' | 'warning';
  /** What was judged. */
  readonly subject: 'document' | 'variables' | 'response';
  /** What: expected X, got Y; with "did you mean" where there is a likely name. */
  readonly message: string;
  /** Path into variables or response (`input.permissions.0.bucket`), or null for a document. */
  readonly path: string | null;
  /** Where in the document, from 1. */
  readonly line: number | null;
  readonly column: number | null;
}
