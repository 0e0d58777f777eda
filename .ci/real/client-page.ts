/** The page about the published clients: a row each, then every violation with its places and the verdict of whoever looked at it. */
import { cell, table } from '../pages/markdown.ts';
import { type ClientVerdict, countsOf, isAbout, type KnownClients, otherDocuments } from './client-findings.ts';
import type { SeenClient } from './client-scan.ts';

const VERDICTS = {
  real: 'Real.',
  'needs-newer': 'Real by the reference: the client asks for what only a newer platform has.',
  advice: 'Real, and advice only.',
} as const;

/** The page as Markdown. */
export function clientsPage(seen: readonly SeenClient[], known: KnownClients): string {
  const errors = seen.flatMap(({ violations }) => violations).filter(({ severity }) => severity === 'error').length;
  return [
    '# The published clients against the reference schema',
    '',
    'Written by `node .ci/make-client-findings.ts` from a scan of each wheel by `crosscheck contract scan` and `.ci/real/client-findings.yaml`, where each',
    'violation has a verdict by hand: the source and the reference schema were opened. The script fails when a violation has no verdict, a verdict no',
    'violation, a count is another, or the other look differs; `npm run verify:real -- "published clients"` holds three of the versions.',
    '',
    table(
      ['client', 'documents', 'operations', 'errors', 'warnings', 'unresolved', 'comparisons', 'documents by the other look', 'its errors'],
      seen.map((one) => {
        const other = otherDocuments(one, known);
        const texts = [other.length, other.flatMap((document) => document.errors).length].map(String);
        return [one.client.replace('==', ' '), ...Object.values(countsOf(one)).map(String), ...texts];
      }),
    ),
    '',
    'Comparisons are places where the program compares `__typename` with a name. The other look is CPython’s `ast` for string literals, names that are',
    'assigned and added to, and f-strings of them, with graphql-core for parsing and validation: no code in common with the scan. It must find as many',
    'documents and as many of each error of the specification in every file; rules of ours (`unknown-typename`, `unhandled-union-members`,',
    '`max-complexity`) it does not know.',
    '',
    ...known.notGraphql.map(({ file, text, because }) => `Left out of it: \`${text}\` in \`${file}\`. ${because}`),
    '',
    `${errors} errors at as many places, no false alarm among them; none is bent to in the schema. A document that only passes through a function of the`,
    'client, as the query that a caller hands to its tool, is not in the source and so not in the table.',
    '',
    ...known.violations.flatMap((verdict, n) => section(verdict, n + 1, seen)),
  ].join('\n');
}

function section(verdict: ClientVerdict, n: number, seen: readonly SeenClient[]): string[] {
  const rows = verdict.messages.flatMap((message) =>
    seen.flatMap((client) => {
      const lines = client.violations
        .filter((one) => one.message === message && isAbout(verdict, client.client, one))
        .map(({ line }) => line);
      return lines.length === 0
        ? []
        : [{ message, client: client.client.replace('==', ' '), places: `${verdict.file}:${lines.join(', ')}` }];
    }),
  );
  // Versions that say the same at the same lines are one row.
  const merged = new Map<string, { message: string; places: string; clients: string[] }>();
  for (const { message, client, places } of rows) {
    const key = JSON.stringify([message, places]);
    const row = merged.get(key) ?? { message, places, clients: [] };
    row.clients.push(client);
    merged.set(key, row);
  }
  return [
    `## ${n}. ${verdict.title}`,
    '',
    `Rule \`${verdict.rule}\`. **${VERDICTS[verdict.verdict]}** ${verdict.because.trim()}`,
    '',
    table(
      ['what is said', 'in', 'where'],
      [...merged.values()].map(({ message, clients, places }) => [cell(message), clients.join(', '), places]),
    ),
    '',
  ];
}
