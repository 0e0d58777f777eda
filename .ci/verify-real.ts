/**
 * `npm run verify:real [-- TEXT]`: the checks that need published clients and real servers, or those whose name contains TEXT.
 * Progress on stderr; on stdout a table and `N passed, N failed`. Exit 1 when one failed, 2 when none was selected.
 */
import { describeOutcomes, type Outcome, runCheck } from './real/check.ts';
import { openPythons } from './real/python.ts';
import { quiltMcp } from './real/quilt-mcp.ts';
import { quilt3Admin, quilt3Documents, referenceSchema } from './real/quilt3-admin.ts';
import { quilt3Packages, quilt3TopHashes } from './real/quilt3-packages.ts';
import { quilt3Referees } from './real/quilt3-referees.ts';
import { openRoom } from './real/room.ts';

const wanted = process.argv.slice(2).join(' ');
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
const checks = [
  referenceSchema,
  quilt3Documents(pythons),
  quilt3Packages(pythons),
  quilt3TopHashes(pythons),
  quilt3Admin(pythons),
  quilt3Referees,
  quiltMcp(pythons, 'legacy'),
  quiltMcp(pythons, 'remote'),
].filter(({ name }) => name.includes(wanted));

const outcomes: Outcome[] = [];
for (const check of checks) outcomes.push(await runCheck(check, (name) => openRoom(name, say), say));
if (outcomes.length === 0) process.stderr.write(`verify:real: expected a check whose name contains ${JSON.stringify(wanted)}, got none\n`);
else process.stdout.write(describeOutcomes(outcomes));
process.exitCode = outcomes.length === 0 ? 2 : outcomes.some(({ verdict }) => verdict === 'FAILED') ? 1 : 0;
