/** A large schema and operations that fit it, as sources in TypeScript or Python: the same every time. */

/** Operations of one source file. */
export const OPERATIONS_A_FILE = 5;
const SDL_BYTES = 378_000;

/** A source file to be written. */
export interface SampleFile {
  readonly path: string;
  readonly text: string;
}

/** The definitions of entity `n` and what belongs to it; it leads to the entities `one` and `many`. */
function entitySdl(n: number, one: number, many: number): string {
  return `
"A thing of kind ${n}, as the registry keeps it"
type Entity${n} implements Node {
  "Its identity, which never changes"
  id: ID!
  name: String!
  title(language: String = "en"): String
  size: Int
  weight: Float!
  status: Status${n}!
  owner: Entity${one}!
  parts(first: Int = 10, after: String, filter: Filter${n}): [Entity${many}!]!
  "What stands beside it, or why it cannot be told"
  beside: Found${n}!
}
enum Status${n} { NEW READY REMOVED }
union Found${n} = Entity${n} | Entity${one} | Missing
input Filter${n} { status: Status${n} name: String minSize: Int and: [Filter${n}!] }
"What may be said of a thing of kind ${n} when it is changed"
input Change${n} { name: String! title: String size: Int status: Status${n}! parts: [ID!]! filter: Filter${n} }
union Changed${n} = Entity${n} | Missing
`;
}

/** SDL of some 350 kB, and how many entities it has. */
export function sampleSdl(): { readonly sdl: string; readonly entities: number } {
  const entities = Math.ceil(SDL_BYTES / (entitySdl(100, 200, 300).length + 220));
  const all = Array.from({ length: entities }, (_, n) => n);
  const sdl = `interface Node { id: ID! name: String! }
type Missing { message: String! path: [String!] }
type Query {
${all.map((n) => `  entity${n}(id: ID!): Entity${n}\n  entities${n}(first: Int = 10, filter: Filter${n}): [Entity${n}!]!`).join('\n')}
}
type Mutation {
${all.map((n) => `  change${n}(id: ID!, change: Change${n}!): Changed${n}!`).join('\n')}
}
${all.map((n) => entitySdl(n, oneOf(n, entities), manyOf(n, entities))).join('')}`;
  return { sdl, entities };
}

const oneOf = (n: number, entities: number) => (n * 7 + 3) % entities;
const manyOf = (n: number, entities: number) => (n * 13 + 5) % entities;

/** Operation `at` of all: one of five shapes, about an entity that goes by the number. */
export function sampleOperation(at: number, entities: number): string {
  const n = (at * 11) % entities;
  const [one, many] = [oneOf(n, entities), manyOf(n, entities)];
  const shapes = [
    `query Read${at}($id: ID!) {
  entity${n}(id: $id) { id name title(language: "de") size status owner { id name weight status } }
}`,
    `query List${at}($first: Int, $filter: Filter${n}, $after: String) {
  things: entities${n}(first: $first, filter: $filter) {
    id
    ...Parts${at}
    owner { name parts(first: 5) { id name size } }
  }
}
fragment Parts${at} on Entity${n} {
  parts(first: 20, after: $after, filter: { minSize: 3, status: READY }) { id name status owner { id title } }
}`,
    `query Beside${at}($id: ID!, $deep: Boolean!) {
  entity${n}(id: $id) {
    beside {
      __typename
      ... on Node { id name }
      ... on Entity${n} { size weight owner @include(if: $deep) { id parts(first: 1) { id name } } }
      ... on Missing { message path }
    }
  }
}`,
    `mutation Change${at}($id: ID!, $change: Change${n}!) {
  change${n}(id: $id, change: $change) {
    __typename
    ... on Entity${n} { id name status }
    ... on Missing { message path }
  }
}`,
    `query Two${at}($one: ID!, $other: ID!) {
  one: entity${one}(id: $one) { ...Names${at} owner { ...Names${at} } }
  other: entity${many}(id: $other) { ...Names${at} size parts(first: 3) { ...Names${at} status } }
}
fragment Names${at} on Node { id name }`,
  ];
  return shapes[at % shapes.length] ?? '';
}

/** `files` sources in TypeScript, five operations each, with a function that sends them. */
export function typescriptSources(files: number, entities: number): readonly SampleFile[] {
  return sources(files, 'ts', (file) => {
    const tagged = operationsOf(file, entities).map((text, at) => `export const document${at} = gql\`\n${text}\n\`;\n`);
    return `import { gql } from 'graphql-tag';
import type { Client } from './client.js';

${tagged.join('\n')}
/** Sends what page ${file} needs, and says how long it took. */
export async function load${file}(client: Client, id: string): Promise<{ readonly data: unknown; readonly ms: number }> {
  const startedAt = performance.now();
  const { data, errors } = await client.request(document0, { id });
  if (errors !== undefined && errors.length > 0) throw new Error(\`page ${file}: \${errors.map(({ message }) => message).join('; ')}\`);
  return { data, ms: performance.now() - startedAt };
}
`;
  });
}

/** The same in Python. */
export function pythonSources(files: number, entities: number): readonly SampleFile[] {
  return sources(files, 'py', (file) => {
    const called = operationsOf(file, entities).map((text, at) => `DOCUMENT_${at} = gql("""\n${text}\n""")\n`);
    return `"""What page ${file} asks for."""
import time

from gql import Client, gql

${called.join('\n')}

def load_${file}(client: Client, thing: str) -> dict:
    """Sends what the page needs, and says how long it took."""
    started_at = time.monotonic()
    data = client.execute(DOCUMENT_0, variable_values={"id": thing})
    if not data:
        raise RuntimeError(f"page ${file}: expected data, got none for {thing!r}")
    return {"data": data, "seconds": time.monotonic() - started_at}
`;
  });
}

const operationsOf = (file: number, entities: number) =>
  Array.from({ length: OPERATIONS_A_FILE }, (_, at) => sampleOperation(file * OPERATIONS_A_FILE + at, entities));

/** A hundred to a folder. */
const sources = (files: number, extension: string, textOf: (file: number) => string): readonly SampleFile[] =>
  Array.from({ length: files }, (_, file) => ({ path: `part${Math.floor(file / 100)}/page${file}.${extension}`, text: textOf(file) }));
