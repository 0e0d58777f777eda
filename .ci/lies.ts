/** `node .ci/lies.ts`: tells the generated lies on the embedded target; exits 1 when one is not caught, or a waiver is stale. */
import { startEmbeddedChild } from '../fixtures/embedded-child.ts';
import { targetOfLine } from '../fixtures/target.ts';
import { runLies } from '../suites/lies/run-lies.ts';
import { DEFAULT_BACKENDS, loadBackends } from '../suites/run/backends.ts';
import { contractOf } from '../suites/run/contract-of.ts';

await using child = await startEmbeddedChild();
const target = targetOfLine(child.line);
const { contract } = await contractOf(target);
const reports = await runLies(target, await loadBackends(DEFAULT_BACKENDS), contract, 1);
let wrong = 0;
for (const { backend, lies, caught, uncaught, waived, stale, dishonest } of reports) {
  console.log(`${backend}: ${lies} lies, ${caught} caught, ${waived.length} waived, ${uncaught.length} not caught`);
  for (const { name, told } of uncaught)
    console.log(`  not caught: ${name}${told === 0 ? ' (no scenario has anything to lie about)' : ` (told in ${told} cases)`}`);
  for (const lie of stale) console.log(`  stale waiver: ${lie}`);
  for (const id of dishonest) console.log(`  broken without a lie: ${id}`);
  wrong += uncaught.length + stale.length + dishonest.length;
}
process.exitCode = wrong === 0 ? 0 : 1;
