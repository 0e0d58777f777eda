import { expect, test } from 'vitest';
import type { Exchange } from '../../backends/wire/exchange.ts';
import { documentKey } from '../../schemas/reconcile.ts';
import { countDocuments } from './count-documents.ts';

const exchange = (body: string | null, protocol: Exchange['protocol'] = 'graphql') =>
  ({ protocol, request: { body } }) as unknown as Exchange;

test('counts each document by its name and key, one without a name with its beginning, one of a cut record too', () => {
  const query = 'query Q { me { name } }';
  const whole = JSON.stringify({ query, operationName: 'Q', variables: { a: 'x'.repeat(100) } });
  const counts = countDocuments([
    exchange(whole),
    exchange(whole.slice(0, 80)),
    exchange(JSON.stringify({ query: '{\n  me { name } }' })),
    exchange('{"query":"que'),
    exchange('null'),
    exchange(null),
    exchange(whole, 's3'),
  ]);
  expect(counts).toEqual({ [`Q ${documentKey(query, 'Q')}`]: 2, [`anonymous ${documentKey('{ me { name } }', null)} { me { name } }`]: 1 });
});
