/** What decides on an answer besides what is scanned: our own code, the exact versions of the packages, and Node. */
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Version of the package, for people. */
export function packageVersion(): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** A hash of the code that finds and judges. A version number would not do: a checkout changes without one. */
export function toolHash(): string {
  const hash = createHash('sha256').update(process.version);
  const files = globSync('schemas/**/*.ts', { cwd: root }).filter((path) => !path.endsWith('.test.ts'));
  for (const path of ['package.json', ...files.sort()]) hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  return hash.digest('hex');
}
