/** How to start a Python that has quilt3: by uv, which installs a version into a cached environment of its own. */
import { spawnSync } from 'node:child_process';

/** Names a Python executable that already has the quilt3 wanted; uv is then not asked. */
export const PYTHON_VARIABLE = 'CROSSCHECK_PYTHON_QUILT3';

/** Program and arguments before the script. Throws an Error that says how to mend it when there is no uv. */
export function pythonCommand(version: string, env: NodeJS.ProcessEnv = process.env): readonly [string, ...string[]] {
  const named = env[PYTHON_VARIABLE];
  if (named) return [named];
  const run = ['run', '--no-project', '--with', `quilt3==${version}`, 'python'];
  for (const [program, ...before] of [['uv'], ['python3', '-m', 'uv']] as const) {
    if (spawnSync(program, [...before, '--version'], { env, stdio: 'ignore' }).status === 0) return [program, ...before, ...run];
  }
  throw new Error(`uv: expected it on PATH or as python3 -m uv, to run quilt3==${version}, got neither; install it with: pip install uv`);
}
