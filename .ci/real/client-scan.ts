/** A published client: what `contract scan` says of its files, and what CPython's parser and graphql-core say of them. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { findBelow } from '../../cli/contract/source-tree.ts';
import { loadSdl } from '../../fixtures/embedded/registry/sdl/load-sdl.ts';
import type { Pythons } from './python.ts';
import type { Room } from './room.ts';

/** Versions that were looked at by hand, oldest first. */
export const CLIENTS: readonly string[] = [
  ...['0.6.19', '0.7.5', '0.9.2', '0.18.0', '0.20.0', '0.21.0', '0.22.0'].map((version) => `quilt-mcp==${version}`),
  ...['7.3.0', '8.0.0'].map((version) => `quilt3==${version}`),
];

/** The referee; graphql-core 3.3 parses `{}`, which the specification forbids. */
const GRAPHQL_CORE = 'graphql-core==3.2.14';

/** Seen: 2 s for a scan without a cache, 3 s for the other look. */
const DEADLINE_MS = 60_000;

const place = z.object({ file: z.string(), line: z.number() });
const violation = place.extend({ rule: z.string(), severity: z.enum(['error', 'warning']), message: z.string(), schema: z.string() });
const scanned = z.object({
  documents: z.number(),
  operations: z.array(place),
  unresolved: z.array(place.extend({ name: z.string(), reason: z.string(), message: z.string() })),
  violations: z.array(violation),
});
const otherDocument = place.extend({ text: z.string(), errors: z.array(z.string()) });
const otherLook = z.object({ documents: z.array(otherDocument), comparisons: z.number() });

export type SeenViolation = z.infer<typeof violation>;
/** A text that graphql-core parses, with what it says of it. */
export type OtherDocument = z.infer<typeof otherDocument>;

/** A client as it was seen. */
export interface SeenClient extends z.infer<typeof scanned> {
  /** Requirement, `name==version`. */
  readonly client: string;
  /** What is said of it by the embedded registry's own schema, a newer one; `violations` are by the reference. */
  readonly newer: readonly SeenViolation[];
  /** Places where `__typename` is compared with a name. */
  readonly comparisons: number;
  readonly other: readonly OtherDocument[];
  /** Comparisons as CPython's parser sees them. */
  readonly otherComparisons: number;
}

/** Installs the client's own files and asks both. Throws when one does not answer. */
export async function seeClient(room: Room, pythons: Pythons, client: string, schema: string): Promise<SeenClient> {
  const folder = await pythons.files(client, room);
  const main = fileURLToPath(new URL('../../cli/crosscheck.mjs', import.meta.url));
  const current = join(room.dir, 'current.graphql');
  writeFileSync(current, loadSdl('current'));
  const answer = await run(room, folder, [
    ...[process.execPath, main, 'contract', 'scan', '.', '--schema', `reference=${schema}`, '--schema', `newer=${current}`],
    ...['--format', 'json', '--no-cache'],
  ]);
  const script = fileURLToPath(new URL('python_documents.py', import.meta.url));
  const look = otherLook.parse(await run(room, folder, [await pythons.with(GRAPHQL_CORE, room), '-W', 'ignore', script, folder, schema]));
  const { comparisons } = await findBelow([folder]);
  const scan = scanned.parse(answer);
  const by = (name: string) => scan.violations.filter((one) => one.schema === name);
  const other = { other: look.documents, otherComparisons: look.comparisons };
  return { client, ...scan, violations: by('reference'), newer: by('newer'), comparisons: comparisons.length, ...other };
}

async function run(room: Room, cwd: string, command: readonly string[]): Promise<unknown> {
  const [program = '', ...args] = command;
  const { stdout, stderr, code } = await room.run([program, ...args], { cwd, deadlineMs: DEADLINE_MS });
  try {
    return JSON.parse(stdout);
  } catch (cause) {
    throw new Error(`${args.slice(0, 3).join(' ')}: expected JSON, got exit ${code}: ${stderr}`, { cause });
  }
}
