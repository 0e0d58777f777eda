/**
 * C-08: a result union whose failures are not selected, so that the client learns neither that it failed nor why.
 * `failure-members.ts` says which members are failures. One is handled by a fragment on it, or on an interface that it implements; one that has no field to tell more is handled by `__typename` too.
 */
import { type FieldNode, GraphQLError, getNamedType, isUnionType } from 'graphql';
import { failureMembers, tellsMore } from './failure-members.ts';
import type { DocumentRule } from './rule.ts';
import { selectedTypes } from './selected-types.ts';

export const unhandledUnionMembers: DocumentRule = {
  id: 'unhandled-union-members',
  severity: 'warning',
  says: 'a field that answers with a result union is asked without the members that are failures',
  because:
    'The reason of a failure is lost, and a client that only looks at the fields of the success takes it for an empty one. A member is handled by a fragment on it, or on an interface that it implements; a failure without fields of its own (`{ _: Boolean }`) also by `__typename`. Failures are told by their names: `…Error`, `Invalid…`, `…NotFound` and the like, and everything beside a member named `…Success`.',
  from: 'C-08',
  create: () => (context) => ({
    Field(node) {
      const field = context.getFieldDef();
      const type = getNamedType(field?.type);
      if (!field || !node.selectionSet || !isUnionType(type)) return;
      const failures = failureMembers(type);
      if (failures.length === 0) return;
      const { names, typename } = selectedTypes(context.getSchema(), type.name, node.selectionSet, (name) => context.getFragment(name));
      const missing = failures.filter((member) => !names.has(member.name) && !(typename && !tellsMore(member)));
      if (missing.length > 0)
        context.reportError(unhandled(`${context.getParentType()?.name}.${field.name}`, type.name, missing.map(String), node));
    },
  }),
};

function unhandled(coordinate: string, union: string, missing: readonly string[], node: FieldNode): GraphQLError {
  const list = missing.length > 4 ? `${missing.slice(0, 3).join(', ')} and ${missing.length - 3} more` : missing.join(', ');
  return new GraphQLError(`${coordinate}: expected every failure of ${union} to be selected, got none of ${list}; its reason is lost`, {
    nodes: node,
  });
}
