/**
 * What must hold of a run whatever its seed, shard, workers, signals and input are. In `verify:real`, and alone:
 * `node .ci/real/robustness.ts [--all] [TEXT…]`, the checks whose name contains a TEXT; `--all` adds every blow at every moment, some minutes.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { badTargets, deadTarget } from './bad-input.ts';
import { describeOutcomes, failOn, type Outcome, type RealCheck, runCheck } from './check.ts';
import { killedRun } from './killed-runs.ts';
import { openRoom, type Room } from './room.ts';
import { checkout, ownTemporary } from './run-under-signal.ts';

/** A whole run took 35 s at most on two idle cores, and twice that beside other work. */
const DEADLINE_MS = 240_000;
const SEEDS = 20;

interface Report {
  readonly planned: number;
  readonly cases: readonly { readonly id: string; readonly verdict: string }[];
  readonly [count: string]: unknown;
}

const COUNTS = ['planned', 'passed', 'failed', 'expectedFailed', 'unsupported', 'broken', 'notRun'] as const;

async function crosscheck(room: Room, args: readonly string[], deadlineMs = DEADLINE_MS) {
  const command = [process.execPath, 'cli/crosscheck.mjs', ...args] as [string, ...string[]];
  return await room.run(command, { cwd: checkout, env: ownTemporary(room), deadlineMs });
}

/** Runs with `--json`; throws unless stdout is one JSON document whose counts add up. */
async function report(room: Room, args: readonly string[]): Promise<Report & { readonly code: number | null }> {
  const { code, stdout, stderr } = await crosscheck(room, args);
  const lines = stdout.split('\n').filter((line) => line !== '');
  if (lines.length !== 1)
    throw new Error(`${args.join(' ')}: expected one JSON document on stdout, got ${JSON.stringify(stdout.slice(0, 300))}; ${stderr}`);
  const read = JSON.parse(lines[0] ?? '') as Report;
  if (read.cases === undefined) throw new Error(`${args.join(' ')}: expected a report, got exit ${code}: ${stderr}`);
  const sum = COUNTS.slice(1).reduce((total, name) => total + Number(read[name]), 0);
  if (read.planned !== sum || read.cases.length !== sum)
    throw new Error(
      `${args.join(' ')}: planned: expected the sum of the verdicts ${sum} and of the cases ${read.cases.length}, got ${read.planned}`,
    );
  if (`${stdout}${stderr}`.includes('\u001b[')) throw new Error(`${args.join(' ')}: expected no colour without a terminal, got some`);
  return { ...read, code };
}

/** `id verdict` lines, sorted. */
const verdictsOf = ({ cases }: Report) => cases.map(({ id, verdict }) => `${id} ${verdict}`).sort();
const countsOf = (one: Report) => COUNTS.map((name) => `${name} ${one[name]}`).join(', ');
/** Equal verdicts say nothing where cases came to none. */
const withoutVerdict = ({ cases }: Report) =>
  cases
    .filter(({ verdict }) => verdict === 'broken' || verdict === 'not-run')
    .map(({ id, verdict }) => `expected a verdict on ${id}, got ${verdict}`);
const differing = (what: string, expected: readonly string[], got: readonly string[]) => [
  ...expected.filter((line) => !got.includes(line)).map((line) => `${what}: expected ${line}, got none`),
  ...got.filter((line) => !expected.includes(line)).map((line) => `${what}: expected none, got ${line}`),
];

const seeds: RealCheck = {
  name: `${SEEDS} runs with ${SEEDS} seeds give the same verdicts`,
  async run(room) {
    const first = await report(room, ['run', '--json', '--no-html', '--report', join(room.dir, 'out'), '--seed', '1']);
    failOn(withoutVerdict(first));
    for (let seed = 2; seed <= SEEDS; seed++) {
      const other = await report(room, ['run', '--json', '--no-html', '--report', join(room.dir, 'out'), '--seed', String(seed)]);
      failOn(differing(`seed ${seed}`, verdictsOf(first), verdictsOf(other)));
    }
    return { detail: countsOf(first) };
  },
};

const shards: RealCheck = {
  name: 'three shards merged equal one run',
  async run(room) {
    const whole = await report(room, ['run', '--json', '--no-html', '--report', join(room.dir, 'whole')]);
    failOn(withoutVerdict(whole));
    const stores: string[] = [];
    for (const index of [1, 2, 3]) {
      const out = join(room.dir, `shard-${index}`);
      await report(room, ['run', '--shard', `${index}/3`, '--json', '--no-html', '--report', out]);
      stores.push(...readdirSync(out).map((name) => join(out, name)));
    }
    const merged = await report(room, ['report', ...stores, '--json', '--report', join(room.dir, 'merged')]);
    failOn([...differing('merged', verdictsOf(whole), verdictsOf(merged)), ...differing('counts', [countsOf(whole)], [countsOf(merged)])]);
    const missing = await crosscheck(room, ['report', ...stores.slice(0, 2), '--report', join(room.dir, 'merged')]);
    failOn(
      missing.code === 2 && missing.stderr.includes('3/3') ? [] : [`a missing shard: expected exit 2 and its name, got ${missing.stderr}`],
    );
    return { detail: countsOf(merged) };
  },
};

const misbehaving: RealCheck = {
  name: 'a case that loops for ever and a killed worker are one broken each, and the rest runs',
  async run(room) {
    const { code, cases } = await report(room, ['run', 'selftest', '--json', '--no-html', '--report', join(room.dir, 'out')]);
    const wrong = cases.filter(({ verdict }) => verdict !== 'passed').map(({ id, verdict }) => `${id} ${verdict}`);
    failOn(
      differing('cases that did not pass', ['selftest/end-its-worker/does:die broken', 'selftest/loop-for-ever/does:loop broken'], wrong),
    );
    failOn(code === 2 ? [] : [`exit: expected 2, got ${code}`]);
    return { detail: `${cases.length} cases, 2 broken` };
  },
};

/** Arguments → what stderr must say; each is exit 2 in one message. */
const WRONG_CALLS: readonly (readonly [string, RegExp])[] = [
  ['run --grep no-such-case', /nothing selected: .*--grep no-such-case/],
  ['run parit', /suite "parit": .*did you mean parity\?/],
  ['run --backend platfrom', /--backend: .*got "platfrom" \(did you mean platform\?\)/],
  ['run --shard 4/3', /--shard: expected i\/n/],
  ['run --seed x', /--seed: expected a whole number, got "x"/],
  ['run --grap x', /unknown option '--grap'[\s\S]*--grep/],
  ['run --only-failed no-such-store', /store: expected a folder/],
  ['rnu', /unknown command 'rnu'[\s\S]*run/],
  ['up --schema old', /--schema.*current, reference/],
  ['report no-such-store', /store: expected a folder/],
  ['replay no-such-file', /no-such-file: expected a file of `crosscheck repro`, got ENOENT/],
  ['replay package.json', /package\.json: version: expected 2, got "0\.1\.0"/],
  ['replay package.json --export crul', /--export.*curl, test/],
  ['repro parity/no-such-case', /case parity\/no-such-case: expected one of the plan/],
];

const wrongCalls: RealCheck = {
  name: 'a wrong call is exit 2 and says what is wrong; help has an example',
  async run(room) {
    const out = ['--report', join(room.dir, 'out')];
    for (const [call, says] of WRONG_CALLS) {
      const args = call.split(' ');
      const { code, stdout, stderr } = await crosscheck(room, [...args, ...(args[0] === 'run' ? out : [])]);
      failOn(
        code === 2 && says.test(stderr) && stdout === '' ? [] : [`${call}: expected exit 2 and ${says}, got ${code}: ${stdout}${stderr}`],
      );
    }
    const commands = ['run', 'list', 'up', 'repro', 'replay', 'report', 'clean'];
    for (const command of commands) {
      const { code, stdout } = await crosscheck(room, [command, '--help']);
      failOn(
        code === 0 && /Examples?:\n {2}npx crosscheck /.test(stdout)
          ? []
          : [`${command} --help: expected exit 0 and an example, got ${stdout}`],
      );
    }
    return { detail: `${WRONG_CALLS.length} wrong calls, ${commands.length} helps` };
  },
};

/** The checks of `verify:real`: 3 to 26 s each on a quiet machine of two cores, under two minutes in all. */
export const robustness: readonly RealCheck[] = [
  shards,
  misbehaving,
  badTargets,
  deadTarget,
  wrongCalls,
  killedRun('SIGKILL run', ['has started its target', 'has a plan', 'has 10 lines']),
  killedRun('SIGINT group', ['has 10 lines']),
  killedRun('SIGTERM npx', ['has started its workers']),
  killedRun('SIGINT npx', ['has 10 lines']),
];

const thorough: readonly RealCheck[] = [
  seeds,
  ...(['SIGKILL run', 'SIGTERM run', 'SIGINT group', 'SIGINT npx', 'SIGTERM npx', 'SIGKILL npx'] as const).map((blow) => killedRun(blow)),
];

if (import.meta.main) {
  const [all, texts] = [process.argv.includes('--all'), process.argv.slice(2).filter((one) => one !== '--all')];
  const say = (text: string) => void process.stderr.write(text);
  const checks = [...robustness, ...(all ? thorough : [])].filter(
    ({ name }) => texts.length === 0 || texts.some((text) => name.includes(text)),
  );
  const outcomes: Outcome[] = [];
  for (const check of checks) outcomes.push(await runCheck(check, (name) => openRoom(name, say), say));
  if (outcomes.length > 0) process.stdout.write(describeOutcomes(outcomes));
  process.exitCode = outcomes.length > 0 && outcomes.every(({ verdict }) => verdict === 'passed') ? 0 : 1;
}
