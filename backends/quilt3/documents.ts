/** The documents that this backend can send, each with the form of what it is answered. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type GraphqlDocument, registerDocuments } from '../wire/documents.ts';

/** Every document of this backend; the wire sends no other text. */
export const documents = registerDocuments(fileURLToPath(new URL('operations', import.meta.url)));

export interface Document<Data extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly source: GraphqlDocument;
  /** What `data` of its answer must be. */
  readonly data: Data;
}

/** The document of that name, its answer's `data` a record of these fields; throws when no file has it. */
export function document<const Fields extends z.ZodRawShape>(name: string, fields: Fields): Document<z.ZodObject<Fields>> {
  return { name, source: documents.get(name), data: z.object(fields) };
}
