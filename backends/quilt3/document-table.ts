/** What this backend asks of the schema, operation by operation. */
import type { Contract } from '../../schemas/contract.ts';
import { type OperationRow, tabulateDocuments } from '../document-table.ts';
import { documents } from './documents.ts';
import { implementations } from './quilt3.ts';

/** Every operation with the documents it sends and the schema's fields that these touch. Throws where one is without the other. */
export function documentTable(contract: Contract): readonly OperationRow[] {
  return tabulateDocuments(contract, implementations, documents);
}
