import { type ASTNode, type ASTVisitor, BREAK, GraphQLError, Kind, parse, validate, visit, visitInParallel } from 'graphql';
import { expect, test } from 'vitest';
import { mergedRule } from './merged-visitor.ts';
import { sampleContract } from './sample-schema.ts';

const document = parse('query A { me { name roles { id } } } fragment B on User { email } query C { policies { id } }');

/** Visitors that note what they see: one that skips, one that ends, one that hears of everything, one of leaving. */
function visitors(note: (what: string) => void): readonly ASTVisitor[] {
  const see = (who: string, how: string) => (node: ASTNode) => void note(`${who} ${how} ${node.kind} ${node.loc?.start}`);
  return [
    { Field: see('plain', 'enter') },
    { OperationDefinition: () => false, Field: see('skips', 'enter'), FragmentDefinition: { leave: see('skips', 'leave') } },
    {
      Field(node) {
        see('ends', 'enter')(node);
        return node.name.value === 'roles' ? BREAK : undefined;
      },
    },
    { enter: see('all', 'enter'), leave: see('all', 'leave'), Name: { enter: see('all', 'enter name') } },
    { SelectionSet: { enter: (node) => (node.selections.length === 1 ? false : undefined), leave: see('sets', 'leave') } },
  ];
}

test('visits as visitInParallel does', () => {
  const expected: string[] = [];
  visit(document, visitInParallel([...visitors((what) => expected.push(what))]));
  const seen: string[] = [];
  const rules = visitors((what) => seen.push(what)).map((visitor) => () => visitor);
  validate(sampleContract.schema, document, [mergedRule(rules, () => undefined)]);
  expect(seen).toEqual(expected);
  expect(seen.length).toBeGreaterThan(50);
});

test('an error is told with the rule that made it, when it is made and at any node', () => {
  const told: string[] = [];
  const rule = (name: string, kind: Kind) => (context: { reportError(error: GraphQLError): void }) => ({
    [kind]: { leave: () => context.reportError(new GraphQLError(name)) },
  });
  const atOnce = (context: { reportError(error: GraphQLError): void }) => {
    context.reportError(new GraphQLError('at once'));
    return {};
  };
  const merged = mergedRule([rule('0', Kind.FRAGMENT_DEFINITION), atOnce, rule('2', Kind.DOCUMENT)], (at, { message }) =>
    told.push(`${at} ${message}`),
  );
  expect(validate(sampleContract.schema, document, [merged])).toEqual([]);
  expect(told).toEqual(['1 at once', '0 0', '2 2']);
});
