/** An operation that asks for fields inside fields deeper than the policy allows. */
import { GraphQLError } from 'graphql';
import { DEFAULT_MAX_DEPTH } from './limits.ts';
import { createMeasure } from './operation-size.ts';
import type { DocumentRule } from './rule.ts';

export const maxDepth: DocumentRule = {
  id: 'max-depth',
  severity: 'warning',
  says: 'an operation asks for fields inside fields deeper than the limit',
  because: `Servers refuse such operations, or pay for them. \`--max-depth\` sets the limit, ${DEFAULT_MAX_DEPTH} without it. Every field inside a field counts one, those of fragments included; fragments themselves and introspection count nothing.`,
  from: 'servers that limit depth',
  create: (limits) => (context) => {
    const measure = createMeasure((name) => context.getFragment(name));
    return {
      OperationDefinition(node) {
        const { depth } = measure(node);
        if (depth <= limits.maxDepth) return;
        const name = node.name?.value ?? node.operation;
        context.reportError(new GraphQLError(`${name}: expected a depth of at most ${limits.maxDepth}, got ${depth}`, { nodes: node }));
      },
    };
  },
};
