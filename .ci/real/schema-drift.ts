/** Two live schemas that differ: what `up --schema reference` does not serve is refused there and taken by `up`. */
import { z } from 'zod';
import { type ClientDocument, validateClientDocuments } from '../../fixtures/embedded/registry/sdl/validate-client.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { failOn, type RealCheck } from './check.ts';
import { type Pythons, QUILT3 } from './python.ts';
import { clientDocuments } from './quilt3-admin.ts';

const answer = z.looseObject({
  errors: z.array(z.looseObject({ message: z.string(), extensions: z.looseObject({ code: z.string() }).optional() })).optional(),
});

export const schemaDrift = (pythons: Pythons): RealCheck => ({
  name: 'up --schema reference: the drift shows',
  async run(room) {
    const documents = await clientDocuments(room, await pythons.with(QUILT3, room));
    const expected = validateClientDocuments(documents, 'reference').map(({ name }) => name);
    if (expected.length === 0) failOn(['documents that the reference does not serve: expected some, got none']);
    const wrong: string[] = [];
    const refusedOn: readonly (readonly [string, readonly string[]])[] = [
      ['reference', expected],
      ['current', []],
    ];
    for (const [schema, refusedHere] of refusedOn) {
      await using up = await startEmbeddedChild(['--schema', schema]);
      const { graphqlUrl, tokens } = up.line;
      for (const document of documents) {
        const refused = await isRefused(graphqlUrl, tokens.admin, document);
        if (refused !== refusedHere.includes(document.name))
          wrong.push(`${document.name} on ${schema}: expected it ${refused ? 'to be served' : 'to be refused with 400'}, got the contrary`);
      }
    }
    failOn(wrong);
    return { detail: `${expected.length} of ${documents.length} documents are refused by the reference alone: ${expected.join(', ')}` };
  },
});

/** Whether the live registry says that the document does not fit its schema: 400 with that code. No variables are sent, so what has any is not carried out. */
async function isRefused(url: string, token: string, { text }: ClientDocument): Promise<boolean> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query: text }),
  });
  const { errors = [] } = answer.parse(await response.json());
  return response.status === 400 && errors.some(({ extensions }) => extensions?.code === 'GRAPHQL_VALIDATION_FAILED');
}
