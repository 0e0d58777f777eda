/** One HTML file out of Allure results, which opens from the disk and asks nobody for anything. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { externalLoads, withoutExternalLoads, withPackedData } from './self-contained.ts';

/** Allure's own generator failed, or made a page that would call somebody. */
export class HtmlError extends Error {
  override readonly name = 'HtmlError';
}

/** Milliseconds that Allure may take: 10,000 results were seen to take 12 s on two busy cores. */
const GENERATE_DEADLINE_MS = 180_000;

/**
 * Writes the report of the results in `resultsDir` to the single file `file`. Throws HtmlError with Allure's own words when it fails, and
 * when anything in the page would still be loaded from elsewhere.
 */
export async function writeHtml(resultsDir: string, file: string, title: string): Promise<void> {
  const work = mkdtempSync(join(tmpdir(), 'crosscheck-html-'));
  try {
    await generate(work, resultsDir, title);
    const packed = withPackedData(readFileSync(join(work, 'out', 'index.html'), 'utf8'));
    if (packed === null) throw new HtmlError(`${file}: expected the data of the results in Allure's page, got none`);
    const page = withoutExternalLoads(packed);
    const left = externalLoads(page);
    if (left.length > 0) throw new HtmlError(`${file}: expected a page that loads nothing, got ${left.join(', ')}`);
    // Next to its place first, so that a reader never sees half a page and the rename stays on one disk.
    writeFileSync(`${file}.new`, page);
    renameSync(`${file}.new`, file);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The generator runs as a child: it keeps all results in memory, and that is not to be the run's. */
async function generate(work: string, resultsDir: string, title: string): Promise<void> {
  const cli = join(dirname(fileURLToPath(import.meta.resolve('allure'))), '..', 'cli.js');
  const config = join(work, 'allurerc.json');
  // No history, no service, no upload: a config of its own also keeps it from finding somebody's allurerc.
  writeFileSync(config, JSON.stringify({ name: title, output: join(work, 'out') }));
  const args = [
    cli,
    'awesome',
    resultsDir,
    '--single-file',
    '--config',
    config,
    '--cwd',
    work,
    '--output',
    join(work, 'out'),
    '--report-name',
    title,
  ];
  try {
    await promisify(execFile)(process.execPath, args, { cwd: work, timeout: GENERATE_DEADLINE_MS, maxBuffer: 16 * 1024 * 1024 });
  } catch (error) {
    const { stderr = '', stdout = '' } = error as { stderr?: string; stdout?: string };
    const says = `${stderr}${stdout}`.trim().split('\n').slice(-5).join(' ') || String(error);
    throw new HtmlError(`allure: expected a report of ${resultsDir}, got ${says}`, { cause: error });
  }
}
