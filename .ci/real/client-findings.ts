/** What the published clients' documents are known to do wrong, each looked at by hand, and whether a scan says exactly that. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { OtherDocument, SeenClient, SeenViolation } from './client-scan.ts';

const counts = z.strictObject({
  documents: z.number(),
  operations: z.number(),
  errors: z.number(),
  warnings: z.number(),
  unresolved: z.number(),
  comparisons: z.number(),
});
const saying = z.strictObject({
  rule: z.string(),
  file: z.string(),
  /** Every message is said of each of them. */
  clients: z.array(z.string()).min(1),
  messages: z.array(z.string()).min(1),
});
const verdict = z.strictObject({
  title: z.string(),
  /** `needs-newer`: it fits a platform newer than the reference, as the embedded registry is by default. A false alarm is no verdict, but a defect of ours. */
  verdict: z.enum(['real', 'needs-newer', 'advice']),
  because: z.string(),
  says: z.array(saying).min(1),
});
const known = z.strictObject({
  counts: z.record(z.string(), counts),
  verdicts: z.array(verdict),
  /** Texts that graphql-core parses and that are no GraphQL. */
  notGraphql: z.array(z.strictObject({ file: z.string(), text: z.string(), because: z.string() })),
});

export type Counts = z.infer<typeof counts>;
type Saying = z.infer<typeof saying>;
export type ClientVerdict = z.infer<typeof verdict>;
export type KnownClients = z.infer<typeof known>;

/** What is known, as written in `client-findings.yaml`. */
export function readClientFindings(): KnownClients {
  return known.parse(parse(readFileSync(new URL('client-findings.yaml', import.meta.url), 'utf8')));
}

/** The row of a client. */
export function countsOf({ documents, operations, unresolved, violations, comparisons }: SeenClient): Counts {
  const count = (severity: SeenViolation['severity']) => violations.filter((one) => one.severity === severity).length;
  return {
    documents,
    operations: operations.length,
    errors: count('error'),
    warnings: count('warning'),
    unresolved: unresolved.length,
    comparisons,
  };
}

/** Whether what a verdict is about is a violation of the client. */
export function isAbout({ rule, file, messages, clients }: Saying, client: string, seen: SeenViolation): boolean {
  return rule === seen.rule && file === seen.file && messages.includes(seen.message) && clients.includes(client);
}

/** What graphql-core finds without that which is known to be no GraphQL. */
export function otherDocuments({ other }: SeenClient, { notGraphql }: KnownClients): readonly OtherDocument[] {
  return other.filter((one) => !notGraphql.some(({ file, text }) => one.file === file && one.text === text));
}

/** Everything that differs from what is known, or from what graphql-core says. */
export function judgeClient(seen: SeenClient, all: KnownClients): readonly string[] {
  const { client, violations } = seen;
  const wrong: string[] = [];
  const expected = JSON.stringify(all.counts[client] ?? null);
  const got = JSON.stringify(countsOf(seen));
  if (expected !== got) wrong.push(`${client}: expected ${expected}, got ${got}`);
  const sayings = all.verdicts.flatMap(({ title, says }) => says.map((saying) => ({ title, saying })));
  for (const one of violations) {
    const about = sayings.filter(({ saying }) => isAbout(saying, client, one)).length;
    if (about !== 1) wrong.push(`${client} ${one.file}:${one.line} ${one.rule}: ${one.message}: expected one verdict, got ${about}`);
  }
  for (const { title, saying } of sayings.filter(({ saying: { clients } }) => clients.includes(client)))
    for (const message of saying.messages)
      if (!violations.some((one) => isAbout({ ...saying, messages: [message] }, client, one)))
        wrong.push(`${client}: verdict "${title}": expected ${JSON.stringify(message)} in ${saying.file}, got nothing of it`);
  const newer = all.verdicts.filter(({ verdict }) => verdict === 'needs-newer').flatMap(({ says }) => says);
  for (const one of seen.newer.filter((violation) => newer.some((saying) => isAbout(saying, client, violation))))
    wrong.push(`${client} ${one.file}:${one.line}: expected nothing of it by the newer schema, got ${one.message}`);
  return [...wrong, ...differences(seen, otherDocuments(seen, all))];
}

/** Files where the scan and graphql-core do not find equally many documents, or equally many of each error of the specification. */
function differences(seen: SeenClient, other: readonly OtherDocument[]): string[] {
  const { client, documents, operations, violations, comparisons, otherComparisons } = seen;
  const wrong: string[] = [];
  if (comparisons !== otherComparisons)
    wrong.push(`${client}: expected the ${otherComparisons} comparisons of CPython, got ${comparisons}`);
  if (documents !== other.length) wrong.push(`${client}: expected the ${other.length} documents of graphql-core, got ${documents}`);
  const ours = [
    ...operations.map(({ file }) => `${file}: an operation`),
    ...violations.filter(({ rule }) => rule.endsWith('Rule')).map(({ file, message }) => `${file}: ${withoutHints(message)}`),
  ];
  const theirs = other.flatMap(({ file, errors }) => [
    `${file}: an operation`,
    ...errors.map((message) => `${file}: ${withoutHints(message)}`),
  ]);
  for (const key of new Set([...ours, ...theirs])) {
    const [mine, its] = [ours, theirs].map((keys) => keys.filter((one) => one === key).length);
    if (mine !== its) wrong.push(`${client} ${key}: expected ${its} as by graphql-core, got ${mine}`);
  }
  return wrong;
}

/** The first sentence with the quotes of graphql-js: what follows are suggestions, which differ. */
const withoutHints = (message: string) => message.replaceAll("'", '"').split(/[.;](?:\s|$)/)[0] ?? '';
