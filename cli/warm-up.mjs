/**
 * Runs one small case once the packages are installed, so that the first run of a person finds everything compiled (docs/decisions/lean-node.md). No TypeScript, since an installation may be carried out by an older Node; and whatever
 * goes wrong here is left for the run itself to tell.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'crosscheck-warm-up-'));
const main = join(import.meta.dirname ?? '.', 'crosscheck.mjs');
spawnSync(process.execPath, [main, 'run', 'parity/browse-an-empty-package', '--report', folder], { stdio: 'ignore', timeout: 60_000 });
rmSync(folder, { recursive: true, force: true });
