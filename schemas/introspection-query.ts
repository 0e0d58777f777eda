/** How a live server is asked for its schema: first what its introspection knows, then everything that it knows. */
import { getIntrospectionQuery } from 'graphql';

/** Asks which parts of introspection the server has, since a query for one that it lacks is refused whole. */
export const introspectionProbe = `query IntrospectionProbe {
  type: __type(name: "__Type") { ...Fields }
  directive: __type(name: "__Directive") { ...Fields }
  schema: __type(name: "__Schema") { ...Fields }
  inputValue: __type(name: "__InputValue") { ...Fields }
}

fragment Fields on __Type { fields { name args { name } } }`;

/** Text of the fullest introspection query that the server takes, by its `data` for the probe; the query of the oldest specification when there is none. */
export function introspectionQueryFor(probe: unknown): string {
  const has = (type: string, field: string) => fieldNames(probe, type).includes(field);
  return getIntrospectionQuery({
    descriptions: true,
    specifiedByUrl: has('type', 'specifiedByURL'),
    oneOf: has('type', 'isOneOf'),
    directiveIsRepeatable: has('directive', 'isRepeatable'),
    schemaDescription: has('schema', 'description'),
    inputValueDeprecation: has('inputValue', 'isDeprecated') && argumentNames(probe, 'type', 'inputFields').includes('includeDeprecated'),
  });
}

interface ProbedField {
  readonly name: string;
  readonly args: readonly { readonly name: string }[];
}

function fieldsOf(probe: unknown, alias: string): readonly ProbedField[] {
  const type =
    typeof probe === 'object' && probe !== null
      ? (probe as Readonly<Record<string, { readonly fields?: readonly ProbedField[] } | null>>)[alias]
      : null;
  return type?.fields ?? [];
}

const fieldNames = (probe: unknown, alias: string) => fieldsOf(probe, alias).map((field) => field.name);
const argumentNames = (probe: unknown, alias: string, field: string) =>
  (fieldsOf(probe, alias).find((one) => one.name === field)?.args ?? []).map((argument) => argument.name);
