/**
 * `npm run verify:real [-- TEXT] [--list] [--write]`: the checks that need published clients and real servers, or those whose name contains TEXT.
 * With --list they are named, and none is run.
 * With --write the page of findings in `docs/findings/` is written anew, when both modes of quilt-mcp were asked.
 * Progress on stderr; on stdout a table and `N passed, N failed`. Exit 1 when one failed, 2 when none was selected.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { lyingBystander, parityOnVersitygw } from './real/another-target.ts';
import { awsPolicyProof } from './real/aws-policy-proof.ts';
import { catalogueAgrees } from './real/catalogue-agrees.ts';
import { describeOutcomes, type Outcome, runCheck } from './real/check.ts';
import { coveragePageOpens } from './real/coverage-page.ts';
import { deployedWorlds, deployedWorldsOnVersitygw } from './real/deployed-worlds.ts';
import { findingsPage } from './real/findings-page.ts';
import { generatedLies } from './real/generated-lies.ts';
import { generatedMutations } from './real/generated-mutations.ts';
import { largePackages } from './real/large-packages.ts';
import { manyResources } from './real/many-resources.ts';
import type { Told } from './real/mcp-findings.ts';
import { mcpThroughProxy } from './real/mcp-through-proxy.ts';
import { motoReferee } from './real/moto-referee.ts';
import { motoStackSuite } from './real/moto-stack-suite.ts';
import { oauthVariants } from './real/oauth-variants.ts';
import { proxyLargeBodies } from './real/proxy-large-bodies.ts';
import { publishedClients } from './real/published-clients.ts';
import { publishedHistories } from './real/published-histories.ts';
import { openPythons } from './real/python.ts';
import { quiltMcp } from './real/quilt-mcp.ts';
import { quilt3Admin, quilt3Documents, referenceSchema } from './real/quilt3-admin.ts';
import { quilt3Packages, quilt3TopHashes } from './real/quilt3-packages.ts';
import { quilt3Referees } from './real/quilt3-referees.ts';
import { authlib } from './real/relying-party.ts';
import { replayed } from './real/replays.ts';
import { robustness } from './real/robustness.ts';
import { openRoom } from './real/room.ts';
import { rootFieldOutcomes } from './real/root-field-outcomes.ts';
import { s3Referee } from './real/s3-referee.ts';
import { schemaDrift } from './real/schema-drift.ts';

const USAGE = 'usage: npm run verify:real [-- TEXT] [--list] [--write]\nexample: npm run verify:real -- quilt3\n';
const { values, positionals } = readArguments();
const wanted = positionals.join(' ');
const say = (text: string) => void process.stderr.write(text);
// A signal ends the process by `exit`, where the rooms end their children.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => process.exit(code));
}

await using pythons = await openPythons();
const told: Record<string, readonly Told[]> = {};
const checks = [
  referenceSchema,
  quilt3Documents(pythons),
  quilt3Packages(pythons),
  quilt3TopHashes(pythons),
  quilt3Admin(pythons),
  quilt3Referees,
  quiltMcp(pythons, 'legacy', (seen) => {
    told['legacy'] = seen;
  }),
  quiltMcp(pythons, 'remote', (seen) => {
    told['remote'] = seen;
  }),
  mcpThroughProxy(pythons),
  publishedClients(pythons),
  coveragePageOpens,
  proxyLargeBodies,
  schemaDrift(pythons),
  s3Referee,
  motoReferee(pythons),
  motoStackSuite(pythons),
  awsPolicyProof,
  manyResources,
  largePackages,
  generatedLies,
  generatedMutations(pythons),
  rootFieldOutcomes,
  lyingBystander,
  parityOnVersitygw,
  deployedWorlds,
  deployedWorldsOnVersitygw,
  oauthVariants,
  authlib(pythons),
  replayed,
  catalogueAgrees,
  ...publishedHistories,
  ...robustness,
].filter(({ name }) => name.includes(wanted));

if (values.list) {
  process.stdout.write(checks.map(({ name }) => `${name}\n`).join(''));
  process.exit(checks.length === 0 ? 2 : 0);
}
const outcomes: Outcome[] = [];
for (const check of checks) outcomes.push(await runCheck(check, (name) => openRoom(name, say), say));
if (outcomes.length === 0) process.stderr.write(`verify:real: expected a check whose name contains ${JSON.stringify(wanted)}, got none\n`);
else process.stdout.write(describeOutcomes(outcomes));
if (values.write && Object.keys(told).length === 2) {
  writeFileSync(fileURLToPath(new URL('../docs/findings/quilt-mcp-0.20.0.md', import.meta.url)), findingsPage('quilt-mcp 0.20.0', told));
}
process.exitCode = outcomes.length === 0 ? 2 : outcomes.some(({ verdict }) => verdict === 'FAILED') ? 1 : 0;

function readArguments() {
  const options = {
    write: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  } as const;
  try {
    const read = parseArgs({ allowPositionals: true, options });
    if (!read.values.help) return read;
  } catch (error) {
    process.stderr.write(`verify:real: ${error instanceof Error ? error.message : error}\n${USAGE}`);
    process.exit(2);
  }
  process.stdout.write(USAGE);
  process.exit(0);
}
