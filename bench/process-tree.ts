/** Memory and processor time of a process and everything below it, read from /proc while it runs (Linux). */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** What a tree of processes used. */
export interface TreeUse {
  /** Largest sum of PSS over the tree at one time, bytes. */
  readonly peakBytes: number;
  /** At that time, each process: what it is and its PSS in bytes, largest first. */
  readonly atPeak: readonly { readonly name: string; readonly bytes: number }[];
  /** Processor seconds, user and system, each process as it was last seen, largest first. */
  readonly seconds: readonly { readonly name: string; readonly seconds: number }[];
}

interface Seen {
  readonly name: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** Adding up the PSS of five processes takes some 10 ms of the machine that is being measured. */
const USUAL_EVERY_MS = 250;
/** USER_HZ, which Linux fixes at 100 for what it shows in /proc. */
const TICKS_A_SECOND = 100;

/** Watches the tree of `root` until `ended` resolves, looking every `everyMs`; the root itself counts. */
export async function watchTree(root: number, ended: Promise<unknown>, everyMs = USUAL_EVERY_MS): Promise<TreeUse> {
  const last = new Map<number, Seen>();
  let peak: readonly Seen[] = [];
  let over = false;
  const done = ended.then(
    () => (over = true),
    () => (over = true),
  );
  while (!over) {
    const now = readTree(root);
    for (const [pid, seen] of now) last.set(pid, seen);
    if (sum([...now.values()]) > sum(peak)) peak = [...now.values()];
    await Promise.race([done, wait(everyMs, undefined, { ref: false })]);
  }
  return {
    peakBytes: sum(peak),
    atPeak: peak.map(({ name, bytes }) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes),
    seconds: [...last.values()].map(({ name, seconds }) => ({ name, seconds })).sort((a, b) => b.seconds - a.seconds),
  };
}

const sum = (seen: readonly Seen[]) => seen.reduce((total, { bytes }) => total + bytes, 0);

/** The tree of `root` as it is now, by pid; a process that ends while it is read is left out. */
export function readTree(root: number): ReadonlyMap<number, Seen> {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const stat = /^\d+$/.test(entry) ? readOrNull(`/proc/${entry}/stat`) : null;
    if (stat !== null) parents.set(Number(entry), Number(fieldsOf(stat)[1]));
  }
  const isBelow = (pid: number | undefined): boolean => pid !== undefined && (pid === root || isBelow(parents.get(pid)));
  const tree = new Map<number, Seen>();
  for (const pid of parents.keys()) {
    if (!isBelow(pid)) continue;
    const [stat, memory, command] = ['stat', 'smaps_rollup', 'cmdline'].map((file) => readOrNull(`/proc/${pid}/${file}`));
    if (!stat || !memory || !command) continue;
    const fields = fieldsOf(stat);
    tree.set(pid, {
      name: nameOf(command),
      bytes: Number(/^Pss:\s+(\d+) kB$/m.exec(memory)?.[1] ?? 0) * 1024,
      seconds: (Number(fields[11]) + Number(fields[12])) / TICKS_A_SECOND,
    });
  }
  return tree;
}

/** proc(5): the second field is the name in parentheses and may hold spaces; what follows it begins with state and parent. */
const fieldsOf = (stat: string) => stat.slice(stat.lastIndexOf(')') + 2).split(' ');

/** The script of a process in its folder's last two words, or its program. */
function nameOf(command: string): string {
  const words = command.split('\0').filter((word) => word !== '');
  const script = words.find((word, at) => at > 0 && /\.(m?js|ts|py)$/.test(word)) ?? words[0] ?? '';
  return script.split('/').slice(-2).join('/');
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
