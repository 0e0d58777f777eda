import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Completion, completeAllure } from './allure.ts';
import { writeHtml } from './html.ts';
import type { CaseResult, JudgedCase, StoreLine, Verdict } from './result.ts';
import {
  sampleDifference,
  sampleFailure,
  sampleJudged,
  sampleKnown,
  sampleLines,
  samplePlanned,
  sampleRecord,
  sampleResult,
} from './sample-run.ts';
import { externalLoads, withoutExternalLoads, withPackedData } from './self-contained.ts';
import { judge } from './verdicts.ts';

interface Found {
  readonly name: string;
  readonly fullName: string;
  readonly status: string;
  readonly statusDetails: { readonly message?: string; readonly trace?: string };
  readonly labels: readonly { readonly name: string; readonly value: string }[];
  readonly parameters: readonly { readonly name: string; readonly value: string }[];
  readonly steps: readonly {
    readonly name: string;
    readonly start: number;
    readonly stop: number;
    readonly attachments: readonly { readonly source: string }[];
  }[];
  readonly attachments: readonly { readonly name: string; readonly source: string; readonly type: string }[];
  readonly titlePath: readonly string[];
  readonly historyId: string;
}

// Below the checkout, so that the vitest that the test starts finds the packages; the folder is ignored by git.
const out = join(import.meta.dirname, 'out');
let work: string;
beforeAll(() => {
  mkdirSync(out, { recursive: true });
  work = mkdtempSync(join(out, 'allure-test-'));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function folder(name: string): string {
  const dir = join(work, name);
  mkdirSync(dir, { recursive: true });
  return dir;
}

function found(dir: string): readonly Found[] {
  const files = readdirSync(dir).filter((name) => name.endsWith('-result.json'));
  return files.map((name) => JSON.parse(readFileSync(join(dir, name), 'utf8')) as Found).sort((a, b) => (a.fullName < b.fullName ? -1 : 1));
}

const labelsOf = (result: Found | undefined, name: string) =>
  result?.labels.filter((label) => label.name === name).map((label) => label.value);
const id = (name: string) => `parity/${name}/backend:quilt3`;

describe('from the store alone', () => {
  test.each<[Verdict, string, string | undefined]>([
    ['passed', 'passed', undefined],
    ['expected-failed', 'passed', 'expected, by known-differences/quilt3/1: counts the newline twice'],
    ['failed', 'failed', 'browse children.a.csv.size: expected 8, got 9'],
    ['broken', 'broken', 'broken for a reason'],
    ['not-run', 'broken', 'not-run for a reason'],
    ['unsupported', 'skipped', 'unsupported for a reason'],
  ])('%s is %s', (verdict, status, message) => {
    const dir = folder(`status-${verdict}`);
    completeAllure(dir, sampleRecord([]), [
      sampleJudged(id('a'), verdict, verdict === 'expected-failed' ? { known: [sampleKnown()] } : {}),
    ]);
    const [one, ...more] = found(dir);
    expect(more).toEqual([]);
    expect(one).toMatchObject({ fullName: id('a'), status });
    if (message === undefined) expect(one?.statusDetails.message).toBeUndefined();
    else expect(one?.statusDetails.message).toContain(message);
    expect(labelsOf(one, 'verdict')).toEqual([verdict]);
  });

  test('a failed case has its labels, parameters, steps with their times, and attachments', () => {
    const dir = folder('whole');
    const result = sampleFailure(id('a'), [sampleDifference({ observed: '"9", or 10' })]);
    completeAllure(dir, sampleRecord([]), [sampleJudged(id('a'), 'failed', { result, level: 'should' })]);
    const [one] = found(dir);
    expect(one?.name).toBe(`the story of ${id('a')} (backend:quilt3)`);
    expect(one?.titlePath).toEqual(['suites', 'parity', 'a.suite.ts', 'parity/a']);
    const labels = {
      parentSuite: ['parity'],
      suite: ['parity/a'],
      scenario: ['parity/a'],
      severity: ['normal'],
      backend: ['quilt3'],
      incident: ['P-10'],
      tag: ['catalog', 'P-10', 'quilt3'],
    };
    for (const [name, values] of Object.entries(labels)) expect(labelsOf(one, name)).toEqual(values);
    expect(one?.parameters).toEqual([
      { name: 'backend', value: 'quilt3' },
      { name: 'size', value: 'small' },
    ]);
    expect(one?.steps.map(({ name, start, stop }) => [name, start - result.startedAt, stop - result.startedAt])).toEqual([
      ['createRevision → value', 0, 8],
      ['browse → NotFoundError', 8, 12],
    ]);
    const texts = Object.fromEntries((one?.attachments ?? []).map(({ name, source }) => [name, readFileSync(join(dir, source), 'utf8')]));
    expect(texts['differences']).toBe(
      '"operation","field","expected","observed","alone"\r\n"browse","children.a.csv.size","8","""9"", or 10","quilt3-alone"',
    );
    expect(JSON.parse(texts['exchanges'] ?? '')).toEqual(result.exchanges);
    expect(texts['reproduce']).toBe(`crosscheck repro ${id('a')} --seed 7\n`);
  });

  test('attachments stop where the page would be full, and the case says so', () => {
    const dir = folder('full');
    const judged = ['a', 'b'].map((name) =>
      sampleJudged(id(name), 'failed', { result: sampleFailure(id(name), undefined, { exchanges: ['x'.repeat(3_000)] }) }),
    );
    expect(completeAllure(dir, sampleRecord([]), judged, { attachmentsCapBytes: 4_000 })).toMatchObject({
      written: 2,
      withoutAttachments: 1,
    });
    const [a, b] = found(dir);
    expect(a?.attachments).toHaveLength(3);
    expect(b?.attachments).toEqual([]);
    expect(b?.statusDetails.message).toContain('attachments left out');
  });

  test('one attachment is cut, and says where the rest is', () => {
    const dir = folder('cut');
    const result = sampleFailure(id('a'), undefined, { exchanges: ['x'.repeat(200_000)] });
    completeAllure(dir, sampleRecord([]), [sampleJudged(id('a'), 'failed', { result })]);
    const source = found(dir)[0]?.attachments.find(({ name }) => name === 'exchanges')?.source ?? '';
    const text = readFileSync(join(dir, source), 'utf8');
    expect(text.length).toBeLessThan(70_000);
    expect(text).toMatch(/more characters of exchanges stand in the run's store$/);
  });
});

describe('with allure-vitest', () => {
  // What a host of cases does: it tells Allure of each, then ends the test as its result says.
  const results: readonly CaseResult[] = [
    sampleResult(id('passed')),
    sampleFailure(id('failed')),
    sampleFailure(id('known')),
    sampleResult(id('broken'), { verdict: 'broken', message: 'an assertion of the host: expected an answer, got none' }),
    sampleResult(id('unsupported'), { verdict: 'unsupported', message: 'no own bucket' }),
    sampleResult(id('not-run'), { verdict: 'not-run', message: 's3 is down' }),
  ];
  const lost = id('lost');
  const plan = [
    ...results.map(({ id, verdict, message = null }) => samplePlanned(id, { unsupported: verdict === 'unsupported' ? message : null })),
    samplePlanned(lost),
    samplePlanned(id('never')),
  ];
  let dir: string;
  let before: readonly Found[];
  let judged: readonly JudgedCase[];
  let completion: Completion;
  let after: readonly Found[];

  beforeAll(() => {
    const project = folder('project');
    dir = join(project, 'allure-results');
    const reports = import.meta.dirname;
    writeFileSync(join(project, 'package.json'), '{ "name": "host", "type": "module" }');
    writeFileSync(join(project, 'cases.json'), JSON.stringify({ plan, results, lost }));
    writeFileSync(
      join(project, 'vitest.config.ts'),
      `import { allureReporterOptions } from '${reports}/allure-in-vitest.ts';
export default { test: { include: ['*.spec.ts'], pool: 'forks', isolate: false, cache: false, experimental: { viteModuleRunner: false },
  reporters: [['allure-vitest/reporter', allureReporterOptions(${JSON.stringify(dir)})]] } };`,
    );
    const host = `import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { endingOf, tellAllure } from '${reports}/allure-in-vitest.ts';
const { plan, results, lost } = JSON.parse(readFileSync(new URL('cases.json', import.meta.url), 'utf8'));`;
    writeFileSync(
      join(project, 'host.spec.ts'),
      `${host}
for (const result of results) test(result.id, async ({ skip }) => {
  await tellAllure(plan.find((one) => one.id === result.id), result);
  const ending = endingOf(result);
  if (ending === null) return;
  if ('skip' in ending) skip(ending.skip);
  throw ending.error;
});
test('no case at all', () => {});`,
    );
    writeFileSync(join(project, 'killed.spec.ts'), `${host}\ntest(lost, () => { process.kill(process.pid, 'SIGKILL'); });`);
    const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs');
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
    const run = (file: string): void => {
      try {
        execFileSync(process.execPath, [vitest, 'run', file], { cwd: project, env, stdio: 'ignore' });
      } catch {
        // Its exit code is that of the failed tests, and is not read.
      }
    };
    run('host.spec.ts');
    run('killed.spec.ts');
    before = found(dir);
    const started: StoreLine = { kind: 'started', id: lost, at: 1, worker: '2', attempt: 1 };
    const known = [sampleKnown({ case: 'parity/known/*', subject: 'ours', versions: '*' })];
    judged = judge(sampleRecord(plan), [...results.flatMap(sampleLines), started], known, '2026-11-21');
    completion = completeAllure(dir, sampleRecord(plan), judged);
    after = found(dir);
  });

  test('each test is named and judged by its case, whatever its error looks like', () => {
    const byId = Object.fromEntries(before.map((one) => [one.fullName, one.status]));
    expect(byId).toMatchObject({
      [id('passed')]: 'passed',
      [id('failed')]: 'failed',
      [id('broken')]: 'broken',
      [id('not-run')]: 'broken',
      [id('unsupported')]: 'skipped',
    });
    const failed = before.find((one) => one.fullName === id('failed'));
    expect(failed?.statusDetails).toMatchObject({ message: 'browse children.a.csv.size: expected 8, got 9' });
    expect(failed?.statusDetails.trace).toBeUndefined();
    expect(failed?.steps.slice(0, 2).map(({ name, start }) => [name, start])).toEqual([
      ['createRevision → value', Date.UTC(2026, 10, 21, 10, 15)],
      ['browse → NotFoundError', Date.UTC(2026, 10, 21, 10, 15, 0, 8)],
    ]);
    expect(failed?.steps.slice(2).map(({ name }) => name)).toEqual(['differences', 'exchanges', 'reproduce']);
    for (const name of ['parentSuite', 'suite', 'package']) expect(labelsOf(failed, name)).toHaveLength(1);
  });

  test('the completion keeps what agrees, replaces what does not, adds what was lost, and every case is there once', () => {
    // Kept: passed, failed, broken and not-run. Replaced: the known difference, and the skipped one, whose reason vitest does not hand on.
    expect(completion).toMatchObject({ kept: 4, written: 4 });
    expect(after.map((one) => one.fullName)).toEqual(judged.map((one) => one.id).sort());
    const statuses = Object.fromEntries(after.map((one) => [one.fullName.split('/')[1], one.status]));
    expect(statuses).toEqual({
      passed: 'passed',
      failed: 'failed',
      known: 'passed',
      broken: 'broken',
      unsupported: 'skipped',
      'not-run': 'broken',
      lost: 'broken',
      never: 'broken',
    });
    expect(after.find((one) => one.fullName === id('unsupported'))?.statusDetails.message).toBe('no own bucket');
    expect(after.find((one) => one.fullName === lost)?.statusDetails.message).toMatch(/^expected to finish, got started/);
    const named = new Set(
      after.flatMap((one) => [...one.attachments, ...one.steps.flatMap((step) => step.attachments)]).map(({ source }) => source),
    );
    expect(
      readdirSync(dir)
        .filter((name) => name.includes('-attachment'))
        .sort(),
    ).toEqual([...named].sort());
  });

  test('a second completion changes nothing, and both hosts give a case the same history', () => {
    const histories = (all: readonly Found[]) => Object.fromEntries(all.map((one) => [one.fullName, one.historyId]));
    expect(completeAllure(dir, sampleRecord(plan), judged)).toEqual({ kept: 8, written: 0, removed: 0, withoutAttachments: 0 });
    const alone = folder('alone');
    completeAllure(alone, sampleRecord(plan), judged);
    expect(histories(after)).toEqual(histories(found(alone)));
  });

  test('the page has every case, opens from the disk and loads nothing', async () => {
    const file = join(work, 'report.html');
    await writeHtml(dir, file, 'Crosscheck on embedded');
    const page = readFileSync(file, 'utf8');
    expect(externalLoads(page)).toEqual([]);
    expect(page).not.toMatch(/googletagmanager|gtag/);
    expect(page).toContain('http-equiv="Content-Security-Policy" content="default-src \'none\';');
    expect(page).toContain('<title> Crosscheck on embedded </title>');
    const packed = /id="packed-data">([^<]+)</.exec(page)?.[1] ?? '';
    const unpacked = new Response(new Blob([Buffer.from(packed, 'base64')]).stream().pipeThrough(new DecompressionStream('gzip')));
    const data = (await unpacked.json()) as Record<string, string>;
    const names = Object.keys(data).filter((name) => name.startsWith('data/test-results/'));
    expect(names).toHaveLength(8);
    expect(JSON.parse(Buffer.from(data['widgets/statistic.json'] ?? '', 'base64').toString())).toMatchObject({
      total: 8,
      passed: 2,
      failed: 1,
      broken: 4,
      skipped: 1,
    });
  });

  test('results that Allure cannot read are an error in its own words', async () => {
    await expect(writeHtml(join(work, 'nowhere'), join(work, 'none.html'), 'x')).rejects.toThrow('allure: expected a report of');
  });
});

describe('a page', () => {
  test.each([
    '<script async src="https://cdn.example/x.js"></script>',
    "<link rel=stylesheet href='//cdn.example/x.css'>",
    '<img alt="" src=http://cdn.example/x.png>',
    '<style>@import url("https://cdn.example/x.css")</style>',
    '<div style="background: url(//cdn.example/x.png)">',
    '<script>fetch("https://example/x")</script>',
    `<script src="data:text/javascript;base64,${Buffer.from('import("https://example/x")').toString('base64')}"></script>`,
  ])('that loads by %s is found out', (html) => {
    expect(externalLoads(`<html><head></head>${html}</html>`)).toHaveLength(1);
  });

  test('may link and embed', () => {
    expect(
      externalLoads('<a href="https://example/x">x</a><img src="data:image/png;base64,AAAA"><svg xmlns="http://www.w3.org/2000/svg">'),
    ).toEqual([]);
  });

  test('loses its tracker and nothing else', () => {
    const tracker =
      '<script async src="https://www.googletagmanager.com/gtag/js?id=G"></script><script>function gtag(){} gtag("js")</script>';
    const page = withoutExternalLoads(`<head><title>t</title></head><script>keep()</script>${tracker}<script>keepToo()</script>`);
    expect(page.replace(/<meta[^>]+>\s*/, '')).toBe('<head><title>t</title></head><script>keep()</script><script>keepToo()</script>');
  });

  test('without data where Allure puts them cannot be packed', () => {
    expect(withPackedData('<html></html>')).toBeNull();
  });
});
