/** The journal's entries of what cases create on a deployment, and their removal by them. */
import { createS3 } from '../../backends/wire/s3.ts';
import { type PlatformTarget, platformOf, type Target } from '../../fixtures/target.ts';
import { type Journal, journalLeftovers, type Leftover, openJournal } from '../../reports/journal.ts';
import type { Claims } from '../case/deployed-world.ts';
import { removeOwn } from '../case/remove-own.ts';
import { openDoorForRemoval } from './contract-of.ts';

const KIND = 'object-prefix';

/** Claims that stand in the journal, with the path of the target file, by which `clean` finds the target again. An entry covers the objects and the packages whose names begin with its prefix. */
export function claimsIn(journal: Pick<Journal, 'willCreate' | 'removed'>, target: PlatformTarget, targetFile: string | null): Claims {
  return {
    willCreate: (bucket, own) =>
      journal.willCreate({
        kind: KIND,
        id: `${bucket}/${own}`,
        target: target.name,
        remove: { bucket, own, since: String(Date.now()), ...(targetFile !== null && { targetFile }) },
      }),
    removed: (bucket, own) => journal.removed(`${bucket}/${own}`),
  };
}

/** True for an entry that `removeClaimed` removes. */
export function isClaim({ kind, remove }: Leftover): boolean {
  return kind === KIND && remove['own'] !== undefined && remove['bucket'] !== undefined;
}

/** Removes what these entries name from their target, a bucket at a time. Answers why the entries of a bucket could not be removed, by the bucket. */
export async function removeClaimed(target: PlatformTarget, claims: readonly Leftover[]): Promise<ReadonlyMap<string, string>> {
  const wrong = new Map<string, string>();
  const buckets = new Set(claims.map(({ remove }) => remove['bucket'] ?? ''));
  const { accessKeyId, secretAccessKey, s3Endpoint, region } = target;
  if (accessKeyId === null || secretAccessKey === null)
    return new Map(
      [...buckets].map((bucket) => [bucket, 's3.accessKeyId and s3.secretAccessKey: expected both in the target file, got none']),
    );
  await using door = openDoorForRemoval(target);
  door.learnSecret(secretAccessKey);
  const credentials = async () => ({ accessKeyId, secretAccessKey });
  const s3 = createS3(door, { ...(s3Endpoint !== null && { endpoint: s3Endpoint }), region, credentials });
  for (const bucket of buckets) {
    const mine = claims.filter(({ remove }) => remove['bucket'] === bucket).map(({ remove }) => remove);
    const since = Math.min(...mine.map((remove) => Number(remove['since'] ?? 0)));
    try {
      const owns = mine.map((remove) => remove['own'] ?? '');
      await removeOwn(s3, bucket, owns, { since });
    } catch (error) {
      wrong.set(bucket, `s3://${bucket}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
    }
  }
  s3.destroy();
  return wrong;
}

/** At the end of a run: removes what its cases could not (a worker was killed, S3 refused). Answers what is still there, each with why. */
export async function sweepClaims(target: Target, dir: string): Promise<readonly string[]> {
  const claims = journalLeftovers(dir).filter(isClaim);
  if (claims.length === 0) return [];
  const wrong = await removeClaimed(platformOf(target), claims);
  using journal = openJournal(dir);
  return claims.flatMap(({ id, remove }) => {
    const why = wrong.get(remove['bucket'] ?? '');
    if (why !== undefined) return [`${id}: ${why}`];
    journal.removed(id);
    return [];
  });
}
