/** The documents that this backend can send: the operations of `operations/*.graphql`, each with what its answer is read as. */
import { fileURLToPath } from 'node:url';
import type { z } from 'zod';
import { type GraphqlDocument, registerDocuments } from '../wire/documents.ts';

/** Every document of this backend; the wire sends no other text. */
export const documents = registerDocuments(fileURLToPath(new URL('operations', import.meta.url)));

/** A document with the form of its `data`. */
export interface Document<Name extends string = string, Data extends z.ZodType = z.ZodType> {
  readonly name: Name;
  readonly source: GraphqlDocument;
  readonly data: Data;
}

/** The document of that name; throws when no file has it. */
export function document<const Name extends string, Data extends z.ZodType>(name: Name, data: Data): Document<Name, Data> {
  return { name, source: documents.get(name), data };
}
