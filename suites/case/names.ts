/** What a case calls what it creates: its labels themselves in a world of its own; names that no other case has where it shares a bucket. */
import { createHash } from 'node:crypto';

/** The names of one world. Both a backend's side and the oracle's are told in them, so that top hashes agree. */
export interface Names {
  packageName(label: string): string;
  freshName(label: string): string;
  message(text: string): string;
  keyOf(key: string): string;
  /** Name → what it stands for; applied before anything is compared. */
  readonly symbols: ReadonlyMap<string, string>;
}

/** Names where everything that is created stands below one prefix of the case's own. */
export interface SharedNames extends Names {
  /** `xcRUN/N`: every key and package of the case begins with it; every manifest holds it. */
  readonly own: string;
  /** Beginnings of every key that the case may write: its objects, its packages' pointers, and manifests, which stand under their hashes. */
  readonly ownKeys: readonly string[];
}

/** Labels as they are: the world holds nothing but what the case made. */
export const plainNames: Names = {
  packageName: (label) => `team/${label}`,
  freshName: (label) => label,
  message: (text) => text,
  keyOf: (key) => key,
  symbols: new Map(),
};

/** Names below the prefix of a run, told apart by `unit`: whatever tells one side of one case from every other in the run, as JSON. */
export function sharedNames(runId: string, unit: unknown): SharedNames {
  const run = `xc${runId}`;
  const n = createHash('sha256').update(JSON.stringify(unit)).digest('hex').slice(0, 10);
  const own = `${run}/${n}`;
  return {
    own,
    ownKeys: [`${own}/`, `${own}-`, `.quilt/named_packages/${own}-`, '.quilt/packages/'],
    packageName: (label) => `${own}-${label}`,
    freshName: (label) => `${label}-${n}`,
    message: (text) => `${text} [${own}]`,
    keyOf: (key) => `${own}/${key}`,
    symbols: new Map([
      [`${own}-`, 'team/'],
      [own, '{own}'],
      [run, '{run}'],
      [` [${own}]`, ''],
      [`-${n}`, ''],
    ]),
  };
}
