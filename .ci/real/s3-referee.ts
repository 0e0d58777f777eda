/** Our S3 and versitygw, asked the same. */
import { compareS3 } from '../../fixtures/embedded/s3/referee/compare-s3.ts';
import { startOurs } from '../../fixtures/embedded/s3/referee/start-ours.ts';
import { startVersitygw } from '../../fixtures/embedded/s3/referee/start-versitygw.ts';
import { failOn, type RealCheck } from './check.ts';

export const s3Referee: RealCheck = {
  name: 'versitygw: the S3 referee',
  async run(room) {
    await using theirs = await startVersitygw();
    await using ours = await startOurs();
    const { checks, agreed, waived, disagreements } = await compareS3(ours, theirs);
    for (const { check, reason, evidence } of waived) room.say(`   waived ${check}: versitygw ${reason} (${evidence})\n`);
    failOn(
      disagreements.map(
        ({ check, title, path, ours: mine, theirs: its }) =>
          `${check} (${title})${path}: expected ${JSON.stringify(its)}, got ${JSON.stringify(mine)}`,
      ),
    );
    return { detail: `${checks} checks: ${agreed} agree, ${waived.length} waived with evidence` };
  },
};
