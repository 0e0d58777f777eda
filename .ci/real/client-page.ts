/** The page about the published clients: a row each, then every violation with its places and the verdict of whoever looked at it. */
import { cell, table } from '../pages/markdown.ts';
import { type ClientVerdict, countsOf, isAbout, type KnownClients, otherDocuments } from './client-findings.ts';
import type { SeenClient } from './client-scan.ts';

const VERDICTS = {
  real: 'Real.',
  'needs-newer': 'Real by the reference, and not by the newer schema of the embedded registry: the client asks for additions.',
  advice: 'True, and advice only.',
} as const;

/** The page as Markdown. */
export function clientsPage(seen: readonly SeenClient[], known: KnownClients): string {
  const all = seen.flatMap(({ violations }) => violations);
  const errors = all.filter(({ severity }) => severity === 'error');
  const distinct = new Set(errors.map(({ rule, message, file }) => [rule, message, file].join(' '))).size;
  return [
    '# The published clients against the reference schema',
    '',
    'Written by `node .ci/make-client-findings.ts` from a scan of each wheel by `crosscheck contract scan` and `.ci/real/client-findings.yaml`, where each',
    'violation has a verdict by hand: the source and the reference schema were opened. The script fails when a violation has no verdict, a verdict no',
    'violation, a count is another, or the other look differs; `npm run verify:real -- "published clients"` holds three of the versions.',
    '',
    table(
      ['client', 'documents', 'operations', 'errors', 'warnings', 'unresolved', 'comparisons', 'the other look'],
      seen.map((one) => {
        const other = otherDocuments(one, known);
        const look = [other.length, other.flatMap((document) => document.errors).length, one.otherComparisons].join(', ');
        return [nameOf(one), ...Object.values(countsOf(one)).map(String), look];
      }),
    ),
    '',
    'Comparisons are places where the program compares `__typename` with a name, or declares it to be one. The other look shares no code with the scan:',
    'CPython’s `ast` for string literals, names that are assigned and added to, and f-strings of them, and graphql-core for parsing and validation. Its',
    'figures are documents, errors and comparisons. In every file it must find as many documents and as many of each error of the specification; the rules',
    'of ours (`unknown-typename`, `unhandled-union-members`, `max-complexity`) it does not know.',
    '',
    ...known.notGraphql.map(({ file, text, because }) => `Left out of it: \`${text}\` in \`${file}\`. ${because}`),
    '',
    `${errors.length} errors over all versions, ${distinct} when the same message in the same file counts once; none was found to be a false alarm. A query that`,
    'a caller hands to a tool and that the client passes on stands in no source, and so is neither a document nor unresolved.',
    '',
    ...known.verdicts.flatMap((verdict, n) => section(verdict, n + 1, seen)),
  ].join('\n');
}

interface Row {
  readonly message: string;
  readonly rule: string;
  readonly places: string;
  readonly clients: string[];
}

function section({ title, verdict, because, says }: ClientVerdict, n: number, seen: readonly SeenClient[]): string[] {
  // Versions that say the same at the same lines are one row.
  const rows = new Map<string, Row>();
  for (const saying of says) {
    for (const message of saying.messages) {
      for (const one of seen) {
        const about = one.violations.filter((violation) => violation.message === message && isAbout(saying, one.client, violation));
        if (about.length === 0) continue;
        const places = `${saying.file}:${about.map(({ line }) => line).join(', ')}`;
        const key = JSON.stringify([message, places]);
        const row = rows.get(key) ?? { message, rule: saying.rule, places, clients: [] };
        row.clients.push(nameOf(one));
        rows.set(key, row);
      }
    }
  }
  return [
    `## ${n}. ${title}`,
    '',
    `**${VERDICTS[verdict]}** ${because.trim()}`,
    '',
    table(
      ['what is said', 'rule', 'in', 'where'],
      [...rows.values()].map(({ message, rule, clients, places }) => [cell(message), `\`${rule}\``, clients.join(', '), `\`${places}\``]),
    ),
    '',
  ];
}

const nameOf = ({ client }: SeenClient) => client.replace('==', ' ');
