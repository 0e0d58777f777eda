/** 2,000 mutations of valid operations, schemas and variables: what graphql-core refuses our scan refuses, and nothing else, but for what an edit was written to break. */
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Contract } from '../../schemas/contract.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { finders } from '../../schemas/inventory/finders.ts';
import { SourceFile } from '../../schemas/inventory/source-file.ts';
import { contractFromSdl } from '../../schemas/load-contract.ts';
import { type ScanSettings, scan } from '../../schemas/scan/scan.ts';
import { failOn, type RealCheck } from './check.ts';
import { disagreements, type Label, type Verdict } from './compare-labels.ts';
import { type GeneratedCase, generateCases } from './generate-cases.ts';
import type { Pythons } from './python.ts';
import type { Room } from './room.ts';

const GRAPHQL_CORE = 'graphql-core==3.2.8';
const MUTATIONS = 2_000;
const SEED = 1;
const DEADLINE_MS = 300_000;
const settings: ScanSettings = { today: '2026-01-01' };

const labels = z.array(
  z.strictObject({ schema: z.array(z.string()), rules: z.array(z.string()), variables: z.array(z.string()), said: z.string() }),
);

export const generatedMutations = (pythons: Pythons): RealCheck => ({
  name: `generated mutations: ${MUTATIONS} edits of operations, schemas and variables, judged as graphql-core judges them`,
  async run(room) {
    const { schemas, cases } = generateCases(MUTATIONS, SEED);
    const told = await labelsOf(room, await pythons.with(GRAPHQL_CORE, room), schemas, cases);
    const wrong: string[] = [];
    const byEdit = new Map<string, { all: number; invalid: number }>();
    const byRule = new Map<string, number>();
    let newer = 0;
    let read = 0;
    let contract = contractOrError(schemas[read] ?? '');
    for (const [index, one] of cases.entries()) {
      const label = told[index];
      if (label === undefined) throw new Error(`labels: expected ${cases.length}, got ${told.length}`);
      if (one.schema !== read) contract = contractOrError(schemas[one.schema] ?? '');
      read = one.schema;
      const verdict = await judge(contract, one);
      const { wrong: said, refused, onlyOurs } = disagreements(one, label, verdict);
      wrong.push(...said.map((text) => `mutation ${index}, ${one.edit}, of ${one.of}: ${text}`));
      newer += onlyOurs ? 1 : 0;
      const count = byEdit.get(one.edit) ?? { all: 0, invalid: 0 };
      byEdit.set(one.edit, { all: count.all + 1, invalid: count.invalid + (refused ? 1 : 0) });
      for (const rule of new Set(verdict.violations.map((violation) => violation.rule))) byRule.set(rule, (byRule.get(rule) ?? 0) + 1);
      if (verdict.refused !== null) byRule.set('(no schema)', (byRule.get('(no schema)') ?? 0) + 1);
    }
    const sorted = [...byEdit].sort(([a], [b]) => (a < b ? -1 : 1));
    room.say(`   by edit, refused of all:\n${sorted.map(([edit, { all, invalid }]) => `   ${edit}: ${invalid} of ${all}\n`).join('')}`);
    const rules = [...byRule].sort(([, a], [, b]) => b - a);
    room.say(`   by rule of ours, mutations:\n${rules.map(([rule, count]) => `   ${rule}: ${count}\n`).join('')}`);
    failOn(wrong);
    const refused = sorted.reduce((sum, [, { invalid }]) => sum + invalid, 0);
    return {
      detail: `seed ${SEED}: ${cases.length} mutations, ${refused} refused or warned of by their labels and all caught, ${cases.length - refused - newer} accepted and none called an error, ${newer} refused by a rule that graphql-core has not`,
    };
  },
});

async function labelsOf(
  room: Room,
  python: string,
  schemas: readonly string[],
  cases: readonly GeneratedCase[],
): Promise<readonly Label[]> {
  const script = fileURLToPath(new URL('graphql_core_labels.py', import.meta.url));
  const asked = cases.map(({ schema, document, variables }) => ({ schema, document, variables }));
  const { code, stdout, stderr } = await room.run([python, script], {
    input: JSON.stringify({ schemas, cases: asked }),
    deadlineMs: DEADLINE_MS,
  });
  if (code !== 0) throw new Error(`graphql-core: expected exit 0, got ${code}: ${stderr}`);
  return labels.parse(JSON.parse(stdout));
}

function contractOrError(sdl: string): Contract | ContractError {
  try {
    return contractFromSdl(sdl, 'mutated');
  } catch (error) {
    if (error instanceof ContractError) return error;
    throw error;
  }
}

/** What a scan of the source says, or why there is no schema to judge by. */
async function judge(contract: Contract | ContractError, { file, source }: GeneratedCase): Promise<Verdict> {
  if (contract instanceof ContractError) return { refused: contract.message, documents: 0, violations: [], unresolved: [] };
  const only = new SourceFile(file, source);
  const tree = { paths: [file], unreadable: [], read: (path: string) => (path === file ? only : null) };
  const { documents, violations, unresolved } = await scan(tree, [{ name: 'mutated', contract }], finders, settings);
  return { refused: null, documents, violations, unresolved: unresolved.map(({ message }) => message) };
}
