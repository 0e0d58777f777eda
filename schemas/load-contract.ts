/** Makes the contract to judge by from what a server or a file gives as its schema. */
import { createHash } from 'node:crypto';
import {
  buildClientSchema,
  buildSchema,
  GraphQLError,
  type GraphQLSchema,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
  Source,
  validateSchema,
} from 'graphql';
import type { Contract } from './contract.ts';
import { ContractError } from './contract-error.ts';
import { isRecord, kindOf } from './value-kind.ts';

/**
 * Reads the answer to an introspection query: the whole response, its `data`, or text of either. `source` is the URL or file, for messages.
 * Throws ContractError when it is HTML, an error response, half an introspection or no valid schema.
 */
export function contractFromIntrospection(json: unknown, source: string): Contract {
  const response = typeof json === 'string' ? parseJson(json, source) : json;
  if (!isRecord(response)) throw new ContractError(source, `introspection: expected an object, got ${kindOf(response)}`);
  const data = '__schema' in response ? response : response['data'];
  if (!isRecord(data)) {
    const errors = Array.isArray(response['errors'])
      ? response['errors'].map((error) => (isRecord(error) ? error['message'] : error)).join('; ')
      : null;
    const got =
      errors ?? `${kindOf(data)} under data${'data' in response ? '' : `, and ${Object.keys(response).join(', ') || 'nothing'} beside it`}`;
    throw new ContractError(source, `introspection: expected __schema, got ${got}`);
  }
  checkIntrospection(data['__schema'], source);
  return contractOf(
    (options) =>
      guard(source, 'introspection: expected the answer to a full introspection query', () =>
        buildClientSchema(data as unknown as IntrospectionQuery, options),
      ),
    source,
  );
}

/** Reads a schema definition. Throws ContractError with line and column of the first mistake, or with every rule that the schema breaks. */
export function contractFromSdl(text: string, source: string): Contract {
  refuseHtml(text, source, 'SDL');
  if (text.trim() === '') throw new ContractError(source, 'SDL: expected type definitions, got nothing');
  if (text.trimStart().startsWith('{"'))
    throw new ContractError(source, 'SDL: expected type definitions, got JSON; an introspection answer is read as such');
  try {
    // Places cost a quarter of the reading, and only mistakes are told with theirs.
    return contractOf((options) => buildSchema(text, { ...options, noLocation: true }), source);
  } catch {
    return contractOf((options) => guard(source, 'SDL: expected a schema', () => buildSchema(new Source(text, source), options)), source);
  }
}

/** Reads the text of a schema file, SDL or an introspection answer. Throws ContractError. */
export function contractFromText(text: string, source: string): Contract {
  const plain = text.replace(/^\uFEFF/, '');
  return /^\s*[{[]/.test(plain) ? contractFromIntrospection(plain, source) : contractFromSdl(plain, source);
}

/** What graphql-js 17 says of schemas that other servers serve, and that changes nothing for who sends documents. */
const SERVED_ELSEWHERE = /^Interface field \S+ is not deprecated, so|has invalid default value/;

function contractOf(build: (options: { readonly assumeValid: boolean }) => GraphQLSchema, source: string): Contract {
  const strict = build({ assumeValid: false });
  const all = validateSchema(strict);
  const errors = all.filter(({ message }) => !SERVED_ELSEWHERE.test(message));
  const schema = all.length > 0 && errors.length === 0 ? build({ assumeValid: true }) : strict;
  if (errors.length > 0) throw new ContractError(source, `schema: expected a valid one, got ${errors.map(describe).join('; ')}`);
  let hash: string | null = null;
  return {
    schema,
    source,
    // Sorting and printing takes as long as reading the schema, and judging documents needs neither.
    get hash() {
      hash ??= createHash('sha256')
        .update(printSchema(lexicographicSortSchema(schema)))
        .digest('hex');
      return hash;
    },
  };
}

/** What buildClientSchema takes for granted and would stumble over in words that name no place. */
function checkIntrospection(schema: unknown, source: string): void {
  const wrong = introspectionMistake(schema);
  if (wrong) throw new ContractError(source, `introspection: ${wrong}`);
}

const MEMBERS: Readonly<Record<string, string>> = {
  OBJECT: 'fields',
  INTERFACE: 'fields',
  INPUT_OBJECT: 'inputFields',
  ENUM: 'enumValues',
  UNION: 'possibleTypes',
};

function introspectionMistake(schema: unknown): string | null {
  if (!isRecord(schema)) return `__schema: expected an object, got ${kindOf(schema)}`;
  const { types, queryType } = schema;
  if (!Array.isArray(types)) return `__schema.types: expected a list of types, got ${kindOf(types)}`;
  if (!isRecord(queryType)) return `__schema.queryType: expected an object with a name, got ${kindOf(queryType)}`;
  for (const [index, type] of types.entries()) {
    if (!isRecord(type)) return `__schema.types.${index}: expected a type, got ${kindOf(type)}`;
    if (typeof type['name'] !== 'string') return `__schema.types.${index}.name: expected a string, got ${kindOf(type['name'])}`;
    const member = MEMBERS[String(type['kind'])];
    if (member && !Array.isArray(type[member]))
      return `__schema.types.${index} (${type['name']}).${member}: expected a list, got ${kindOf(type[member])}`;
  }
  return null;
}

function guard<T>(source: string, what: string, build: () => T): T {
  try {
    return build();
  } catch (cause) {
    throw new ContractError(source, `${what}, got: ${describe(cause)}`, { cause });
  }
}

function parseJson(text: string, source: string): unknown {
  refuseHtml(text, source, 'introspection');
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ContractError(source, `introspection: expected JSON, got ${JSON.stringify(text.slice(0, 80))}`, { cause });
  }
}

function refuseHtml(text: string, source: string, what: string): void {
  if (/^\s*<(!doctype|html|head|body|\?xml)/i.test(text))
    throw new ContractError(source, `${what}: expected a schema, got HTML beginning ${JSON.stringify(text.trimStart().slice(0, 60))}`);
}

/** The message with the place of the mistake. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const at = error instanceof GraphQLError ? error.locations?.[0] : undefined;
  return at ? `${error.message} (line ${at.line}, column ${at.column})` : error.message;
}
