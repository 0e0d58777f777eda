/** C-12: an argument that limits what comes back is left out, so that the server's own limit cuts the answer and nothing says so. */
import { type FieldNode, GraphQLError, type GraphQLField, isNonNullType, isRequiredArgument, Kind, type SelectionSetNode } from 'graphql';
import type { DocumentRule } from './rule.ts';

/** Arguments that limit, and what happens beyond the limit. `above: null` needs a nullable result. */
const LIMITS: readonly { readonly argument: RegExp; readonly above: 'null' | 'cut' }[] = [
  { argument: /^max([A-Z]\w*)?$/, above: 'null' },
  { argument: /^(limit|first|last|size|perPage|pageSize|take|top|count)$/, above: 'cut' },
];
/** With one of these the client walks the pages itself. */
const WALKS = /^(after|before|cursor|offset|skip|number|page|pageNumber|from)$/;
/** With one of these selected it can see that there is more. */
const TELLS = /^(cursor|nextCursor|endCursor|pageInfo|hasMore|hasNextPage|next|nextToken|total|totalCount|truncated)$/;

export const silentLimit: DocumentRule = {
  id: 'silent-limit',
  severity: 'warning',
  says: 'an argument that limits the answer is left out, and nothing in the selection tells that there is more',
  because:
    'The server then takes a limit of its own: beyond it a nullable field such as `contentsFlatMap(max:)` is null, and a page holds only what fits. It speaks of optional integer arguments named `max…`, where the result can be null, and `limit`, `first`, `last`, `size`, `perPage`, `pageSize`, `take`, `top`, `count`. Passing the argument silences it; for pages so does an argument that walks (`after`, `number`, `page`, `offset` …), or selecting what tells of more (`cursor`, `pageInfo`, `total` …) on the field or beside it.',
  from: 'C-12',
  create: () => (context) => {
    const around: (SelectionSetNode | undefined)[] = [];
    return {
      SelectionSet: {
        enter: (set) => void around.push(set),
        leave: () => void around.pop(),
      },
      Field(node) {
        const field = context.getFieldDef();
        if (!field) return;
        const cut = silentlyCut(field, node, around.at(-1));
        if (cut) context.reportError(new GraphQLError(`${context.getParentType()?.name}.${field.name}${cut}`, { nodes: node }));
      },
    };
  },
};

function silentlyCut(field: GraphQLField<unknown, unknown>, node: FieldNode, beside: SelectionSetNode | undefined): string | null {
  const given = node.arguments?.map((argument) => argument.name.value) ?? [];
  for (const argument of field.args) {
    if (given.includes(argument.name) || isRequiredArgument(argument) || !/^(Int|Float)!?$/.test(String(argument.type))) continue;
    const limit = LIMITS.find((one) => one.argument.test(argument.name));
    if (!limit) continue;
    const usual = defaultOf(argument);
    if (limit.above === 'null') {
      if (isNonNullType(field.type)) continue;
      return `: expected ${argument.name} to be passed, got none; the server's limit${usual} applies, and above it the answer is null`;
    }
    if (given.some((name) => WALKS.test(name)) || tells(node.selectionSet) || tells(beside)) continue;
    return `: expected ${argument.name} to be passed, got none; the server's limit${usual} applies, and nothing that is selected tells of more`;
  }
  return null;
}

function defaultOf(argument: GraphQLField<unknown, unknown>['args'][number]): string {
  const usual: unknown = argument.default?.literal ?? argument.default?.value;
  if (usual === undefined || usual === null) return '';
  if (typeof usual === 'object' && 'kind' in usual && usual.kind === Kind.INT && 'value' in usual) return ` of ${String(usual.value)}`;
  return typeof usual === 'number' ? ` of ${usual}` : '';
}

const tells = (set: SelectionSetNode | undefined): boolean =>
  set?.selections.some((one) => one.kind === Kind.FIELD && TELLS.test(one.name.value)) ?? false;
