/** The outcome of a parameter value that a backend lacks (P-30): refused by the client alone, before anything is sent. */
import { QuiltError } from '../../backends/errors.ts';
import type { RevisionParams } from '../../backends/operations.ts';
import type { Operations, ParameterValue } from '../../backends/quilt-ops.ts';

/** The operations, refusing what is lacked with a ValidationError of that parameter; other values pass. */
export function withoutSupport(operations: Operations, lacks: ReadonlySet<ParameterValue>): Operations {
  if (lacks.size === 0) return operations;
  const refusing = (operation: 'createRevision' | 'updateRevision') => async (params: RevisionParams) => {
    const field =
      params.copy === true && lacks.has(`${operation}.copy:true`)
        ? 'copy'
        : params.files !== undefined && lacks.has(`${operation}.files`)
          ? 'files'
          : null;
    if (field !== null)
      throw new QuiltError('ValidationError', operation, `${field}: expected what the backend supports, got a value that it lacks`, {
        field,
      });
    return operations[operation](params);
  };
  return { ...operations, createRevision: refusing('createRevision'), updateRevision: refusing('updateRevision') };
}
