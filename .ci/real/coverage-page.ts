/** The page of `contract coverage` in a real browser: it opens from disk, finds, filters, and fits a phone. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { documents } from '../../backends/platform/document.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { targetOfLine } from '../../fixtures/target.ts';
import { coverageOf } from '../../schemas/coverage/coverage.ts';
import { coveragePage } from '../../schemas/coverage/coverage-page.ts';
import { SourceFile } from '../../schemas/inventory/source-file.ts';
import { contractOf } from '../../suites/run/contract-of.ts';
import { failOn, type RealCheck } from './check.ts';

const OPENS_WITHIN_MS = 30_000;
/** Widths at which nothing may stick out, in CSS pixels: a small phone and a desk. */
const WIDTHS = [360, 1200] as const;

/** What is done on the page, and what it then says of itself. */
const ASKED = `<script>
const told={types:document.querySelectorAll('.type').length,loaded:performance.getEntriesByType('resource').length};
const shown=()=>[...document.querySelectorAll('.type')].filter((one)=>!one.hidden);
document.getElementById('find').value='policy';document.getElementById('find').dispatchEvent(new Event('input'));
told.found=shown().length;told.open=shown().every((one)=>one.open);
document.getElementById('only').checked=true;document.getElementById('only').dispatchEvent(new Event('change'));
told.only=document.querySelectorAll('.type:not([hidden]) li:not([hidden])[data-state=touched]').length;
document.getElementById('find').value='no such name';document.getElementById('find').dispatchEvent(new Event('input'));
told.none=!document.getElementById('none').hidden;
for(const one of document.querySelectorAll('.type')){one.hidden=false;one.open=true}
told.wide=[${WIDTHS.join()}].filter((width)=>{document.body.style.width=width+'px';return document.querySelector('main').scrollWidth>width});
document.documentElement.dataset.told=JSON.stringify(told);
</script></body>`;

export const coveragePageOpens: RealCheck = {
  name: 'contract coverage: its page in Chromium',
  async run(room) {
    const version = spawnSync('chromium', ['--version'], { encoding: 'utf8', timeout: OPENS_WITHIN_MS });
    if (version.status !== 0) return { notAsked: `chromium cannot be started: ${version.error?.message ?? version.stderr}` };
    await using child = await startEmbeddedChild();
    const { contract } = await contractOf(targetOfLine(child.line));
    const found = documents.documents.map(({ name, text, file }) => {
      const source = new SourceFile(file, text);
      const runs = [{ text, file: source, at: 0, verbatim: true }];
      return { language: 'graphql', place: source.placeOf(0), name, text, runs, variant: null, variables: [] } as const;
    });
    const coverage = coverageOf(contract, { documents: found, unresolved: [], comparisons: [] });
    const page = join(room.dir, 'coverage.html');
    writeFileSync(page, coveragePage(coverage).replace('</body>', ASKED));
    const options = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${join(room.dir, 'chromium')}`, '--dump-dom'];
    const startedAt = performance.now();
    const { stdout } = spawnSync('chromium', [...options, pathToFileURL(page).href], {
      encoding: 'utf8',
      timeout: OPENS_WITHIN_MS,
      maxBuffer: 1e8,
    });
    const seconds = (performance.now() - startedAt) / 1000;
    const [, attribute = ''] = /data-told="([^"]*)"/.exec(stdout) ?? [];
    if (attribute === '') throw new Error(`page: expected it to run its script, got ${stdout.slice(0, 500)}`);
    const told = JSON.parse(attribute.replaceAll('&quot;', '"')) as Record<string, unknown>;
    const named = coverage.types.filter((type) => JSON.stringify(type).toLowerCase().includes('policy')).length;
    failOn(
      Object.entries({ types: coverage.types.length, loaded: 0, open: true, only: 0, none: true, wide: [] }).flatMap(([what, due]) =>
        JSON.stringify(told[what]) === JSON.stringify(due)
          ? []
          : [`${what}: expected ${JSON.stringify(due)}, got ${JSON.stringify(told[what])}`],
      ),
    );
    if (!(Number(told['found']) > 0 && Number(told['found']) <= named))
      throw new Error(`found: expected 1 to ${named} types, got ${told['found']}`);
    return { detail: `${coverage.types.length} types in ${seconds.toFixed(1)} s, ${version.stdout.trim()}` };
  },
};
