/** @skip and @include of a document: which variables decide them, and how. */
import { Kind, type OperationDefinitionNode, visit } from 'graphql';
import type { Parsed } from './prepared-document.ts';
import type { Included } from './response-plan.ts';

/** Names of the variables that decide a @skip or @include anywhere in the document. */
export function conditionVariables(parsed: Parsed): readonly string[] {
  const names = new Set<string>();
  if (parsed.document) {
    visit(parsed.document, {
      Directive(node) {
        if (node.name.value !== 'skip' && node.name.value !== 'include') return;
        for (const argument of node.arguments ?? []) if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value);
      },
    });
  }
  return [...names];
}

/** The value of each condition variable in this request: what was sent, or the declared default. */
export function conditionValues(
  names: readonly string[],
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, boolean> {
  return new Map(
    names.map((name) => {
      const sent = variables[name];
      if (typeof sent === 'boolean') return [name, sent];
      const declared = operation.variableDefinitions?.find((node) => node.variable.name.value === name)?.defaultValue;
      return [name, declared?.kind === Kind.BOOLEAN && declared.value];
    }),
  );
}

/** Whether a selection is to be answered, by those values (specification 6.3.2: skip wins). */
export function includedBy(values: ReadonlyMap<string, boolean>): Included {
  return (node) =>
    (node.directives ?? []).every((directive) => {
      const name = directive.name.value;
      if (name !== 'skip' && name !== 'include') return true;
      const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
      const holds = value?.kind === Kind.VARIABLE ? (values.get(value.name.value) ?? false) : value?.kind === Kind.BOOLEAN && value.value;
      return name === 'skip' ? !holds : holds;
    });
}
