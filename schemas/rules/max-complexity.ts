/** An operation that costs more than the policy allows, by @graphql-inspector's measure. */
import { GraphQLError } from 'graphql';
import { DEFAULT_MAX_COMPLEXITY } from './limits.ts';
import { createMeasure } from './operation-size.ts';
import type { DocumentRule } from './rule.ts';

export const maxComplexity: DocumentRule = {
  id: 'max-complexity',
  severity: 'warning',
  says: 'an operation costs more than the limit',
  because: `\`--max-complexity\` sets the limit, ${DEFAULT_MAX_COMPLEXITY} without it. The measure is @graphql-inspector's with its defaults: a scalar costs 1, a selection 2 and one and a half of what it holds, a fragment that is spread 1 and one and a half of it.`,
  from: 'servers that limit cost',
  create: (limits) => (context) => {
    const measure = createMeasure((name) => context.getFragment(name));
    return {
      OperationDefinition(node) {
        const cost = Math.ceil(measure(node).complexity);
        if (cost <= limits.maxComplexity) return;
        const name = node.name?.value ?? node.operation;
        context.reportError(
          new GraphQLError(`${name}: expected a complexity of at most ${limits.maxComplexity}, got ${cost}`, { nodes: node }),
        );
      },
    };
  },
};
