/** Runs on a target file: a second `up` over a real S3 gives the verdicts of the embedded one, and a bystander that lies is caught. */
import type { UpLine } from '../../fixtures/control.ts';
import { startVersitygw } from '../../fixtures/embedded/s3/referee/start-versitygw.ts';
import { startEmbeddedChild } from '../../fixtures/embedded-child.ts';
import { failOn, type RealCheck } from './check.ts';
import { countsOf, crosscheckRun, type RunReport } from './crosscheck-run.ts';
import { flipOneField, LIE } from './lying-answers.ts';
import { openOriginProxy } from './origin-proxy.ts';
import { writeTarget } from './target-file.ts';

/** Parity on two backends was seen to take 30 s on the embedded S3 of a busy machine, and 3 min on versitygw. */
const DEADLINE_MS = 600_000;

export const parityOnVersitygw: RealCheck = {
  name: 'up --s3 versitygw: the verdicts of the embedded target',
  async run(room) {
    await using s3 = await startVersitygw();
    const env = { AWS_ACCESS_KEY_ID: s3.accessKeyId, AWS_SECRET_ACCESS_KEY: s3.secretAccessKey, AWS_REGION: s3.region };
    await using up = await startEmbeddedChild(['--s3', s3.url], env);
    const embedded = await crosscheckRun(room, ['parity'], DEADLINE_MS);
    const target = writeTarget(room, { name: 'second', line: up.line, control: true });
    const other = await crosscheckRun(room, ['parity', '--target', target], DEADLINE_MS);
    failOn(differences(embedded, other));
    return { detail: `${countsOf(other)}; the same verdict each` };
  },
};

export const lyingBystander: RealCheck = {
  name: 'a bystander that flips one field is caught by name',
  async run(room) {
    await using up = await startEmbeddedChild();
    const { line } = up;
    await using proxy = await openOriginProxy([line.registryUrl, line.graphqlUrl, line.catalogUrl, line.controlUrl], {
      edit: flipOneField,
    });
    const target = writeTarget(room, { name: 'lying', line: JSON.parse(proxy.via(JSON.stringify(line))) as UpLine, control: true });
    const run = await crosscheckRun(room, ['parity', '--grep', 'a-package', '--target', target], DEADLINE_MS);
    const failed = run.cases.filter(({ verdict }) => verdict === 'failed');
    const named = failed.filter(({ message }) => message?.includes(`${LIE.field}: expected`) && message.includes(LIE.value));
    if (run.code !== 1) failOn([`exit code: expected 1, got ${run.code}; ${countsOf(run)}, ${run.failed} failed, ${run.broken} broken`]);
    if (named.length === 0)
      failOn([
        `messages: expected one that names ${LIE.field}, got ${JSON.stringify(failed.map(({ message }) => message?.slice(0, 200)))}`,
      ]);
    const quiet = failed.filter(({ id }) => /backend:quilt3$/.test(id));
    failOn(quiet.map(({ id, message }) => `${id}: expected passed, since it reads no package from the registry, got failed: ${message}`));
    return { detail: `exit 1; ${named.length} of ${failed.length} failed cases name ${LIE.field}` };
  },
};

/** Cases whose verdict is not the same, or that only one run has. */
function differences(one: RunReport, other: RunReport): string[] {
  const verdicts = new Map(other.cases.map((found) => [found.id, found]));
  const known = new Set(one.cases.map(({ id }) => id));
  const differ = one.cases.flatMap(({ id, verdict }) => {
    const got = verdicts.get(id);
    return got?.verdict === verdict
      ? []
      : [`${id}: expected ${verdict} as on the embedded target, got ${got?.verdict ?? 'no such case'}: ${got?.message ?? ''}`];
  });
  return [...differ, ...other.cases.filter(({ id }) => !known.has(id)).map(({ id }) => `${id}: expected no such case, got one`)];
}
