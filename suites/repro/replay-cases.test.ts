import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { targetOfLine } from '../../fixtures/target.ts';
import { openJournal } from '../../reports/journal.ts';
import { exportRepro } from './export-repro.ts';
import { replayCases } from './replay-cases.ts';
import { reproCase } from './repro-case.ts';
import { type ReproFile, readReproFile, writtenRepro } from './repro-file.ts';

const CASE = 'parity/get-keys-for-aws/backend:platform';
let dir: string;
let path: string;
let written: ReproFile;
let secrets: readonly string[];

// The target ends before anything is replayed, so that an answer can come from the recording alone.
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'replay-'));
  path = join(dir, 'repro.json');
  await using child = await startEmbeddedChild();
  const target = targetOfLine(child.line);
  const { secretAccessKey, tokens, controlUrl } = child.line;
  secrets = [secretAccessKey, ...Object.values(tokens), new URL(controlUrl).hash.slice(1)];
  const run = { id: 'test', part: '1', journal: openJournal(dir), targetFile: null };
  const told = await reproCase(CASE, { target, targetArgument: '', run, backends: ['quilt3', 'platform'], seed: 7 });
  if (told === null) throw new Error(`${CASE}: expected a case of the plan`);
  writeFileSync(path, writtenRepro(told));
  written = readReproFile(path);
});
afterAll(() => rmSync(dir, { recursive: true }));

/** The file with one request of a side taken out or changed. */
function withSends(side: string, change: (sends: ReproFile['recording']['sides'][string]['sends']) => typeof sends): ReproFile {
  const recorded = written.recording.sides[side];
  if (recorded === undefined) throw new Error(`${side}: expected a side`);
  return {
    ...written,
    recording: { ...written.recording, sides: { ...written.recording.sides, [side]: { ...recorded, sends: change(recorded.sends) } } },
  };
}

describe('a recorded case', () => {
  test('is told again without the target, to the same verdict and the same calls', async () => {
    const replayed = await replayCases(written, path, null);
    const told = replayed.map(({ recorded, result }) => [recorded.verdict, result.verdict, result.steps.map(({ outcome }) => outcome)]);
    expect(told).toEqual(written.cases.map(({ result }) => ['passed', 'passed', result.steps.map(({ outcome }) => outcome)]));
  });

  test('is broken, naming the request, when the code asks what was not recorded, and so is the agreement with it', async () => {
    const gone = withSends('platform', (sends) => sends.filter(({ url }) => !url.includes('get_credentials')));
    const verdicts = (await replayCases(gone, path, null)).map(({ result }) => [
      result.id.split('/')[2],
      result.verdict,
      result.message ?? '',
    ]);
    expect(verdicts).toEqual([
      ['backend:quilt3', 'passed', ''],
      [
        'backend:platform',
        'broken',
        expect.stringMatching(/^replay: GET http:.*get_credentials: expected a request of the recording, got one that is not in it/),
      ],
      ['agree:quilt3~platform', 'broken', expect.stringContaining('get_credentials')],
    ]);
  });

  test('fails when an answer is another one: the comparison is the same as in a run', async () => {
    const wrong = withSends('platform', (sends) =>
      sends.map((send) =>
        send.url.includes('get_credentials') && send.answer !== null ? { ...send, answer: { ...send.answer, status: 500 } } : send,
      ),
    );
    const [result] = (await replayCases(wrong, path, ['platform'])).map((one) => one.result);
    expect([result?.verdict, result?.message]).toEqual(['failed', expect.stringContaining('awsCredentials')]);
  });

  test('names what cannot be replayed', async () => {
    await expect(replayCases(written, path, ['quilt3-python'])).rejects.toThrow(
      'cases: expected one that can be replayed with --backend quilt3-python, got none of 3',
    );
  });

  test('holds no secret, nor does what is exported', () => {
    const texts = [writtenRepro(written), exportRepro(written, 'curl', null), exportRepro(written, 'test', null)];
    for (const secret of secrets) for (const text of texts) expect(text).not.toContain(secret);
    for (const text of texts.slice(1)) expect(text).not.toMatch(/eyJ|redacted-\d/);
    expect(texts[1]).toContain(`-H 'authorization: Bearer '"$TOKEN"`);
  });
});
