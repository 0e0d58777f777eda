/** quilt3's own administration, and the documents its generated client sends, on ours. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compareWithReference, findReference } from '../../fixtures/embedded/registry/sdl/compare-reference.ts';
import { type ClientDocument, validateClientDocuments } from '../../fixtures/embedded/registry/sdl/validate-client.ts';
import { failOn, type RealCheck } from './check.ts';
import { openEmbedded } from './embedded.ts';
import { type Pythons, QUILT3 } from './python.ts';
import type { Room } from './room.ts';
import { runSteps } from './steps.ts';

const DEADLINE_MS = 180_000;
const verify = (script: string) => fileURLToPath(new URL(`../../fixtures/embedded/registry/admin/verify/${script}`, import.meta.url));

/** Every function and every exception of `quilt3.admin` and `quilt3.api_keys`. */
export const quilt3Admin = (pythons: Pythons): RealCheck => ({
  name: 'quilt3 8.0.0: administration',
  async run(room) {
    const python = await pythons.with(QUILT3, room);
    await using embedded = await openEmbedded();
    const { passed } = await runSteps(room, [python, verify('quilt3_admin.py')], {
      input: `${JSON.stringify(embedded.line)}\n`,
      env: { AWS_ENDPOINT_URL: embedded.line.s3Endpoint },
      deadlineMs: DEADLINE_MS,
    });
    return { detail: `${passed} steps` };
  },
});

/** The documents of the installed quilt3's generated client. */
export async function clientDocuments(room: Room, python: string): Promise<readonly ClientDocument[]> {
  const { code, stdout, stderr } = await room.run([python, verify('client_documents.py')], {
    env: room.homeEnv,
    deadlineMs: DEADLINE_MS,
  });
  if (code !== 0) throw new Error(`client_documents.py: expected exit 0, got ${code}: ${stderr}`);
  return z
    .array(z.object({ name: z.string(), text: z.string() }))
    .min(1)
    .parse(JSON.parse(stdout));
}

/** Every document of quilt3's generated client against what `up` serves; against the reference some must not validate, since it lacks what they ask for. */
export const quilt3Documents = (pythons: Pythons): RealCheck => ({
  name: 'quilt3 8.0.0: its documents validate',
  async run(room) {
    const python = await pythons.with(QUILT3, room);
    const documents = await clientDocuments(room, python);
    const invalid = validateClientDocuments(documents, 'current');
    failOn(invalid.map(({ name, messages }) => `${name}: expected a document that fits the schema, got ${messages.join('; ')}`));
    const beyond = validateClientDocuments(documents, 'reference');
    for (const { name, messages } of beyond) room.say(`   not on the reference: ${name}: ${messages[0]}\n`);
    if (beyond.length === 0) failOn(['documents that ask for additions: expected some not to fit the reference schema, got none']);
    return { detail: `${documents.length} documents, 0 invalid; ${beyond.length} need what the reference lacks` };
  },
});

/** Nothing in either kind of our schema breaks a client of the reference, and without the additions ours is the reference. */
export const referenceSchema: RealCheck = {
  name: 'the reference schema: nothing breaking',
  async run(room) {
    const reference = findReference();
    if (reference === null) return { notAsked: 'no reference schema beside the checkout, nor in CROSSCHECK_REFERENCE_SCHEMA' };
    const comparisons = await compareWithReference(reference);
    failOn(comparisons.flatMap(({ kind, breaking }) => breaking.map((change) => `${kind}: expected no breaking change, got ${change}`)));
    failOn(
      comparisons
        .filter(({ kind }) => kind === 'reference')
        .flatMap(({ additions }) => additions.map((change) => `reference: expected nothing added, got ${change}`)),
    );
    for (const { kind, dangerous } of comparisons) for (const change of dangerous) room.say(`   ${kind}: ${change}\n`);
    return {
      detail: comparisons
        .map(({ kind, dangerous, additions }) => `${kind}: 0 breaking, ${dangerous.length} dangerous, ${additions.length} additions`)
        .join('; '),
    };
  },
};
