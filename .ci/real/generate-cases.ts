/** Mutations as cases: a document, or a document with variables, in a source file, and the schema that it is judged by. */
import { buildSchema, Kind, parse } from 'graphql';
import { loadSdl } from '../../fixtures/embedded/registry/sdl/load-sdl.ts';
import { EDITS, mutate, pick, type Random, randomOf } from './mutate-graphql.ts';
import { type Json, type ValidOperation, validOperations, variablesFor } from './valid-operations.ts';
import { editSchema, editVariables } from './written-edits.ts';

export interface GeneratedCase {
  /** What was edited, and how. */
  readonly edit: string;
  /** The operation that it began with. */
  readonly of: string;
  /** Index of the schema. */
  readonly schema: number;
  readonly document: string;
  readonly variables: Readonly<Record<string, Json>> | null;
  readonly file: string;
  readonly source: string;
  /** What the edit was written to break, at a line of the source where it has one. */
  readonly expected: { readonly rule: string; readonly line: number | null } | null;
}

type Draft = Omit<GeneratedCase, 'schema'> & { readonly sdl: string | null };

/** The cases, and their schemas; that of the embedded target is the first. */
export function generateCases(
  count: number,
  seed: number,
): { readonly schemas: readonly string[]; readonly cases: readonly GeneratedCase[] } {
  const random = randomOf(seed);
  const sdl = loadSdl('current');
  const schema = buildSchema(sdl);
  const operations = validOperations();
  const texts = operations.map(({ text }) => text);
  const withVariables = operations.filter(({ node }) => (node.variableDefinitions ?? []).length > 0);
  const drafts: readonly (readonly [number, () => Draft | null])[] = [
    [0.55, () => ofDocument(pick(operations, random), texts, random)],
    [0.8, () => ofSchema(sdl, operations, random)],
    [0.95, () => ofVariables(pick(withVariables, random), (one) => variablesFor(schema, one.node), random)],
    [1, () => ofWrittenSchema(sdl, pick(operations, random), random)],
  ];
  const schemas = [sdl];
  const cases: GeneratedCase[] = [];
  while (cases.length < count) {
    const share = cases.length / count;
    const draft = drafts.find(([until]) => share < until)?.[1]();
    if (draft == null) continue;
    const { sdl: edited, ...rest } = draft;
    cases.push({ ...rest, schema: edited === null ? 0 : schemas.push(edited) - 1 });
  }
  return { schemas, cases };
}

const inPython = (document: string, variables = ''): string =>
  `from gql import Client, gql\n\nclient = Client()\nclient.execute(gql(r"""\n${document}\n""")${variables})\n`;
const plain = { variables: null, file: 'client.py', expected: null } as const;

function ofDocument({ name, text }: ValidOperation, texts: readonly string[], random: Random): Draft | null {
  const mutant = mutate(text, texts, pick(EDITS, random), random);
  // What holds no operation is nothing to send.
  if (mutant === null || !isSent(mutant.text)) return null;
  return { ...plain, edit: `document: ${mutant.edit}`, of: name, document: mutant.text, source: inPython(mutant.text), sdl: null };
}

function isSent(text: string): boolean {
  if (text.trim() === '') return false;
  try {
    return parse(text).definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  } catch {
    return true;
  }
}

function ofSchema(sdl: string, operations: readonly ValidOperation[], random: Random): Draft | null {
  const mutant = mutate(sdl, [], pick(EDITS, random), random);
  if (mutant === null) return null;
  // One that says a name of the place, where there is one.
  const touched = operations.filter(({ text }) => mutant.names.some((name) => new RegExp(`\\b${name}\\b`).test(text)));
  const { name, text } = pick(touched.length > 0 ? touched : operations, random);
  return { ...plain, edit: `schema: ${mutant.edit}`, of: name, document: text, source: inPython(text), sdl: mutant.text };
}

function ofWrittenSchema(sdl: string, operation: ValidOperation, random: Random): Draft | null {
  const edited = editSchema(sdl, operation, random);
  if (edited === null) return null;
  const { name, text } = operation;
  const expected = { rule: edited.rule, line: null };
  return { ...plain, edit: `schema: ${edited.edit}`, of: name, document: text, source: inPython(text), sdl: edited.sdl, expected };
}

function ofVariables(operation: ValidOperation, valid: (one: ValidOperation) => Record<string, Json>, random: Random): Draft | null {
  const edited = editVariables(valid(operation), pick(EDITS, random), random);
  if (edited === null) return null;
  const { variables, key } = edited;
  const python = random() < 0.5;
  const literal = JSON.stringify(variables, null, 2);
  const { text } = operation;
  const source = python
    ? inPython(text, `, variable_values=${literal.replace(/: (?:true|null)(?=,?$)/gm, (one) => (one === ': true' ? ': True' : ': None'))}`)
    : `client.request(\n  gql\`\n${text}\n\`,\n${literal},\n);\n`;
  const isRoot = key !== null && Object.hasOwn(variables, key) && edited.edit !== 'retype a variable';
  const line = source.split('\n').findIndex((one) => one.includes(`"${key}": `)) + 1;
  const renamed = key?.endsWith('Edited') ? { rule: isRoot ? 'undeclared-variable' : 'unknown-input-field', line } : null;
  return {
    edit: `variables: ${edited.edit}`,
    of: operation.name,
    document: text,
    variables,
    file: python ? 'client.py' : 'client.ts',
    source,
    sdl: null,
    expected: renamed,
  };
}
