/** Scans every published client that was looked at and writes `docs/findings/contract-clients.md`; fails when something differs from the verdicts by hand. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describeOutcomes, runCheck } from './real/check.ts';
import { readClientFindings } from './real/client-findings.ts';
import { clientsPage } from './real/client-page.ts';
import { CLIENTS, type SeenClient } from './real/client-scan.ts';
import { publishedClients } from './real/published-clients.ts';
import { openPythons } from './real/python.ts';
import { openRoom } from './real/room.ts';

const say = (text: string) => void process.stderr.write(text);
await using pythons = await openPythons();
let seen: readonly SeenClient[] = [];
const check = publishedClients(pythons, CLIENTS, (all) => {
  seen = all;
});
const outcome = await runCheck(check, (name) => openRoom(name, say), say);
process.stdout.write(describeOutcomes([outcome]));
if (outcome.verdict === 'passed') {
  const page = fileURLToPath(new URL('../docs/findings/contract-clients.md', import.meta.url));
  writeFileSync(page, clientsPage(seen, readClientFindings()));
} else {
  process.exitCode = 1;
}
