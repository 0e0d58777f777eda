import { buildSchema, getIntrospectionQuery, graphqlSync, introspectionFromSchema, printSchema } from 'graphql';
import { describe, expect, test } from 'vitest';
import { ContractError } from './contract-error.ts';
import { introspectionProbe, introspectionQueryFor } from './introspection-query.ts';
import { judgeDocument } from './judge-document.ts';
import { contractFromIntrospection, contractFromSdl } from './load-contract.ts';
import { sampleContract } from './sample-schema.ts';

const url = 'http://registry/graphql';
const full = introspectionFromSchema(sampleContract.schema);

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ContractError) return error.message;
    throw error;
  }
  return 'nothing was thrown';
}

describe('contractFromIntrospection', () => {
  test('gives the same contract as the SDL, from a response, its data or text', () => {
    for (const json of [{ data: full }, full, JSON.stringify({ data: full })]) {
      expect(contractFromIntrospection(json, url)).toMatchObject({ hash: sampleContract.hash, source: url });
    }
  });

  test('says what came in place of an introspection', () => {
    const said = (json: unknown) => messageOf(() => contractFromIntrospection(json, url));
    expect(said('<!DOCTYPE html><title>Sign in</title>')).toBe(
      `${url}: introspection: expected a schema, got HTML beginning "<!DOCTYPE html><title>Sign in</title>"`,
    );
    expect(said('{"data"')).toBe(`${url}: introspection: expected JSON, got "{\\"data\\""`);
    expect(said(null)).toBe(`${url}: introspection: expected an object, got null`);
    expect(said({ errors: [{ message: 'introspection is off' }] })).toBe(
      `${url}: introspection: expected __schema, got introspection is off`,
    );
    expect(said({ ok: true })).toContain('got nothing under data, and ok beside it');
    expect(said({ data: {} })).toContain('introspection: __schema: expected an object, got nothing');
  });

  test('says what is missing from half an introspection', () => {
    const said = (schema: unknown) => messageOf(() => contractFromIntrospection({ data: { __schema: schema } }, url));
    const { __schema: schema } = full;
    expect(said({ ...schema, types: undefined })).toContain('__schema.types: expected a list of types, got nothing');
    expect(said({ ...schema, queryType: null })).toContain('__schema.queryType: expected an object with a name, got null');
    expect(said({ ...schema, types: schema.types.filter((type) => type.name !== 'Policy') })).toContain('unknown type: Policy');
    const bare = schema.types.map((type) => (type.name === 'Policy' ? { kind: type.kind, name: type.name } : type));
    expect(said({ ...schema, types: bare })).toMatch(/__schema\.types\.\d+ \(Policy\)\.fields: expected a list, got nothing/);
    const shallow = graphqlSync({ schema: sampleContract.schema, source: getIntrospectionQuery({ typeDepth: 1 }) });
    expect(messageOf(() => contractFromIntrospection(shallow, url))).toContain('expected the answer to a full introspection query, got:');
  });
});

describe('contractFromSdl', () => {
  test('says what is wrong and where', () => {
    const said = (text: string) => messageOf(() => contractFromSdl(text, 'a.graphql'));
    expect(said('type Query {\n  a: Strin }')).toContain('a.graphql: SDL: expected a schema, got: Unknown type "Strin"');
    expect(said('type Query {\n  a: }')).toContain('(line 2, column 6)');
    expect(said('type A { a: Int }')).toContain('Query root type must be provided');
    expect(said('  \n')).toBe('a.graphql: SDL: expected type definitions, got nothing');
    expect(said('<html>')).toContain('got HTML beginning "<html>"');
    expect(said(JSON.stringify({ data: {} }))).toContain('got JSON');
  });

  test('takes what other servers serve though graphql-js 17 would not, and judges by it', () => {
    const sdl = `interface I { a: Int } type A implements I { a: Int @deprecated } type Query { a(size: Int = []): A }`;
    const contract = contractFromSdl(sdl, 'served');
    expect(judgeDocument(contract, '{ a { b } }').map(({ rule }) => rule)).toEqual(['FieldsOnCorrectTypeRule']);
    expect(() => contractFromSdl(`${sdl} union U`, 'served')).toThrow('schema: expected a valid one');
  });

  test('the hash is of the meaning, not of the order', () => {
    const a = contractFromSdl('type Query { a: Int b: Int }', 'a');
    expect(contractFromSdl('type Query { b: Int  a: Int }', 'b').hash).toBe(a.hash);
    expect(contractFromSdl('type Query { b: Int! a: Int }', 'c').hash).not.toBe(a.hash);
  });
});

describe('introspectionQueryFor', () => {
  test('asks for all that a current server has', () => {
    const probe = graphqlSync({ schema: sampleContract.schema, source: introspectionProbe });
    const text = introspectionQueryFor(probe.data);
    for (const part of ['isOneOf', 'specifiedByURL', 'includeDeprecated: true', 'isRepeatable']) expect(text).toContain(part);
    expect(text).toMatch(/inputFields\(includeDeprecated: true\)/);
    const live = contractFromIntrospection(graphqlSync({ schema: sampleContract.schema, source: text }), url);
    expect(printSchema(live.schema)).toBe(printSchema(buildSchema(printSchema(sampleContract.schema))));
  });

  test('asks an old server only for what it has', () => {
    const old = { type: { fields: [{ name: 'inputFields', args: [] }] }, directive: { fields: [] }, schema: null };
    for (const probe of [old, {}, null, undefined]) {
      const text = introspectionQueryFor(probe);
      for (const part of ['isOneOf', 'specifiedByURL', 'isRepeatable', 'inputFields(']) expect(text).not.toContain(part);
    }
  });
});
