/** The documents of published clients against the reference schema. */
import { findReference } from '../../fixtures/embedded/registry/sdl/compare-reference.ts';
import { failOn, type RealCheck } from './check.ts';
import { judgeClient, readClientFindings } from './client-findings.ts';
import { CLIENTS, type SeenClient, seeClient } from './client-scan.ts';
import type { Pythons } from './python.ts';

const HELD: readonly string[] = ['quilt-mcp==0.20.0', 'quilt-mcp==0.22.0', 'quilt3==8.0.0'];

/**
 * Scans the clients, three of them unless others are named, and holds counts, verdicts and graphql-core's opinion; `onSeen` gets what was seen.
 * With all of them, a verdict about a client that is not scanned and a text that is nowhere fail too.
 */
export const publishedClients = (
  pythons: Pythons,
  clients: readonly string[] = HELD,
  onSeen: (seen: readonly SeenClient[]) => void = () => undefined,
): RealCheck => ({
  name: 'published clients: their documents scanned',
  async run(room) {
    const reference = findReference();
    if (reference === null) return { notAsked: 'no reference schema beside the checkout, nor in CROSSCHECK_REFERENCE_SCHEMA' };
    const known = readClientFindings();
    const seen: SeenClient[] = [];
    for (const client of clients) seen.push(await seeClient(room, pythons, client, reference));
    onSeen(seen);
    const named = [...Object.keys(known.counts), ...known.verdicts.flatMap(({ says }) => says.flatMap((one) => one.clients))];
    const strangers = [...new Set(named)].filter((client) => !CLIENTS.includes(client));
    const nowhere = known.notGraphql.filter(
      ({ file, text }) => !seen.some(({ other }) => other.some((one) => one.file === file && one.text === text)),
    );
    failOn([
      ...seen.flatMap((one) => judgeClient(one, known)),
      ...strangers.map((client) => `client-findings.yaml: expected a client that is scanned, got ${client}`),
      ...nowhere.map(({ file, text }) => `client-findings.yaml: expected ${JSON.stringify(text)} in ${file}, got nothing of it`),
    ]);
    const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);
    const documents = sum(seen.map((one) => one.documents));
    const violations = sum(seen.map((one) => one.violations.length));
    const unresolved = sum(seen.map((one) => one.unresolved.length));
    return {
      detail: `${seen.length} clients, ${documents} documents as by graphql-core, ${violations} violations with their verdicts, ${unresolved} unresolved`,
    };
  },
});
