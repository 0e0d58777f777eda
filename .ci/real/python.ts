/** Published Python clients, each in an environment of its own that uv makes and this run shares. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Room } from './room.ts';

/** Versions that the checks were written for. */
export const QUILT3 = 'quilt3==8.0.0';
export const QUILT_MCP = 'quilt-mcp==0.20.0';

/** Cold, 113 packages of quilt-mcp were seen to take 30 s; a slow index may take minutes. */
const INSTALL_MS = 600_000;

type Command = readonly [string, ...string[]];

/** Interpreters that have a requirement, made when first asked for. */
export interface Pythons extends AsyncDisposable {
  /** Path of a Python in which the requirement (`name==version`, or some of them with spaces between) is installed. Throws when uv, the version or the index cannot be had. */
  with(requirement: string, room: Room): Promise<string>;
  /** Path of a folder with the files of the requirement alone, as its wheel brings them. Throws as `with` does. */
  files(requirement: string, room: Room): Promise<string>;
}

/** Environments in a folder of this run; disposing removes them. */
export async function openPythons(): Promise<Pythons> {
  const dir = await mkdtemp(join(tmpdir(), 'crosscheck-real-pythons-'));
  const leave = () => rmSync(dir, { recursive: true, force: true });
  process.once('exit', leave);
  const made = new Map<string, Promise<string>>();
  let uv: Command | null = null;
  const runUv = async (requirement: string, room: Room, args: readonly string[]): Promise<void> => {
    uv ??= findUv(room);
    const { code, stderr } = await room.run([...uv, ...args], { deadlineMs: INSTALL_MS });
    if (code !== 0) throw new Error(`uv ${args[0]} for ${requirement}: expected exit 0, got ${code}: ${stderr}`);
  };
  const placeOf = (requirement: string) => join(dir, requirement.replace(/[^a-z0-9]+/g, '-'));
  const install = async (requirement: string, room: Room): Promise<string> => {
    const place = placeOf(requirement);
    const python = join(place, 'bin', 'python');
    await runUv(requirement, room, ['venv', '--quiet', '--no-project', place]);
    await runUv(requirement, room, ['pip', 'install', '--quiet', '--python', python, ...requirement.split(' ')]);
    return python;
  };
  return {
    with(requirement, room) {
      const known = made.get(requirement) ?? install(requirement, room);
      made.set(requirement, known);
      return known;
    },
    async files(requirement, room) {
      const place = `${placeOf(requirement)}-files`;
      // Nothing of it is run, so the version of the Python beside which uv puts it is that which all of them allow.
      const where = ['--target', place, '--python-version', '3.12'];
      await runUv(requirement, room, ['pip', 'install', '--quiet', '--no-deps', ...where, requirement]);
      return place;
    },
    async [Symbol.asyncDispose]() {
      process.off('exit', leave);
      await rm(dir, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** uv on PATH or as a module, installed by pip where it is neither. Throws when pip cannot. */
function findUv(room: Room): Command {
  const commands: readonly Command[] = [['uv'], ['python3', '-m', 'uv']];
  const answers = ([program, ...args]: Command, more: readonly string[]) =>
    spawnSync(program, [...args, ...more], { env: room.env, encoding: 'utf8', timeout: INSTALL_MS });
  const find = () => commands.find((command) => answers(command, ['--version']).status === 0);
  const there = find();
  if (there !== undefined) return there;
  room.say('installing uv\n');
  // A Debian Python refuses pip without the flag, and an old pip does not know it.
  const tries = [[], ['--break-system-packages']].map((flags) =>
    answers(['python3', '-m', 'pip', 'install', '--quiet', ...flags, 'uv'], []),
  );
  const got = find();
  if (got !== undefined) return got;
  throw new Error(
    `uv: expected it on PATH, as python3 -m uv, or from pip, got none: ${tries.map((one) => one.error?.message ?? one.stderr).join('\n')}`,
  );
}
