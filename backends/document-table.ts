/** The table operation → documents → schema fields of a backend, made from what its operations declare and its folder of documents holds. */
import type { Contract } from '../schemas/contract.ts';
import { type FieldsUsed, fieldsUsed } from '../schemas/fields-used.ts';
import type { DocumentSet, GraphqlDocument } from './wire/documents.ts';

/** What an operation declares: its documents, or why it needs none. */
export interface Declared {
  readonly uses: readonly { readonly name: string; readonly source: GraphqlDocument }[];
  readonly because?: string;
}

/** A document with what of the schema it touches. */
export interface DocumentRow extends FieldsUsed {
  readonly name: string;
  readonly kind: GraphqlDocument['kind'];
  /** File and line that it stands at. */
  readonly file: string;
  readonly line: number;
}

/** An operation with its documents; `because` says why there are none. */
export interface OperationRow {
  readonly operation: string;
  readonly documents: readonly DocumentRow[];
  readonly because: string | null;
}

/** One row an operation, in the order given. Throws an Error that names every operation without a document or a reason, and every document that no operation sends. */
export function tabulateDocuments(
  contract: Contract,
  operations: Readonly<Record<string, Declared>>,
  set: DocumentSet,
): readonly OperationRow[] {
  const declared = Object.entries(operations);
  const sent = new Set(declared.flatMap(([, { uses }]) => uses.map(({ name }) => name)));
  const troubles = [
    ...declared.flatMap(([operation, { uses, because }]) =>
      uses.length === 0 && because === undefined ? [`operation ${operation}: expected a document, or a reason why there is none`] : [],
    ),
    ...set.documents.flatMap(({ name, file, line }) =>
      sent.has(name) ? [] : [`document ${name} (${file}:${line}): expected an operation that sends it, got none`],
    ),
  ];
  if (troubles.length > 0) throw new Error(troubles.join('\n'));
  return declared.map(([operation, { uses, because }]) => ({
    operation,
    documents: uses.map(({ name, source: { kind, file, line, text } }) => ({
      name,
      kind,
      file,
      line,
      ...fieldsUsed(contract, text, name),
    })),
    because: because ?? null,
  }));
}
