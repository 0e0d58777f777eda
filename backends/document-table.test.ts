import { describe, expect, it } from 'vitest';
import { contractFromSdl } from '../schemas/load-contract.ts';
import { tabulateDocuments } from './document-table.ts';
import { operationNames } from './operations.ts';
import { documentTable } from './platform/documents.ts';
import type { GraphqlDocument } from './wire/documents.ts';

const contract = contractFromSdl(
  'type Query { bucketConfigs: [B!]! bucketConfig(name: String!): B } type B { name: String! title: String! }',
  'test',
);
const source: GraphqlDocument = { name: 'One', kind: 'query', text: 'query One { bucketConfigs { name } }', file: 'one.graphql', line: 3 };
const set = { documents: [source], get: () => source, has: () => true };

describe('tabulateDocuments', () => {
  it('gives each operation its documents and the fields they touch', () => {
    const [one, two] = tabulateDocuments(
      contract,
      { one: { uses: [{ name: 'One', source }] }, two: { uses: [], because: 'no GraphQL' } },
      set,
    );
    expect(one).toEqual({
      operation: 'one',
      documents: [
        { name: 'One', kind: 'query', file: 'one.graphql', line: 3, fields: ['B.name', 'Query.bucketConfigs'], arguments: [], inputs: [] },
      ],
      because: null,
    });
    expect(two).toEqual({ operation: 'two', documents: [], because: 'no GraphQL' });
  });

  it('fails for an operation without a document, and for a document without an operation, naming all', () => {
    let message = '';
    try {
      tabulateDocuments(contract, { one: { uses: [] }, two: { uses: [] } }, set);
    } catch (error) {
      message = String(error);
    }
    for (const part of ['operation one', 'operation two', 'document One (one.graphql:3)']) expect(message).toContain(part);
  });
});

describe('documentTable of platform', () => {
  it('is whole: every operation and every document has its place', () => {
    const table = documentTable(contract);
    expect(table.map(({ operation }) => operation).sort()).toEqual([...operationNames].sort());
    expect(table.find(({ operation }) => operation === 'bucketInfo')?.documents[0]?.fields).toEqual([
      'B.name',
      'B.title',
      'Query.bucketConfig',
    ]);
    expect(table.filter(({ documents }) => documents.length === 0).map(({ operation }) => operation)).toEqual([
      'catalogConfig',
      'configureCatalog',
      'registryUrl',
      'awsCredentials',
      'graphql',
    ]);
  });
});
