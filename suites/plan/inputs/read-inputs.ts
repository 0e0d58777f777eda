/** The inputs below the paths of a command line, one after another: what cannot be read is said, never left out. */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, type Place, type PlanInput } from '../plan-input.ts';
import { isImageFolder, readImageFolder } from './image-archive.ts';
import { placeOf } from './open-file.ts';
import { readFileInput } from './recognise.ts';

export interface Unreadable extends Place {
  readonly message: string;
}

export type ReadInput = { readonly input: PlanInput } | { readonly unreadable: Unreadable };

/** Folders of tools, which hold copies of what others wrote. */
const SKIPPED = /^(?:node_modules|\.git|\.terraform|\.venv|__pycache__)$/;

/** Files of a folder that are looked into. */
const LOOKED_INTO = /\.(?:json|ya?ml|template|tar|tgz|tar\.gz)$/i;

const DEEPEST_FOLDER = 20;

/** Every input, or why there is none; an input that is wrong never stops the others. */
export async function* readInputs(paths: readonly string[]): AsyncIterable<ReadInput> {
  for (const path of paths) {
    let inputs = 0;
    for await (const read of readPath(path, true, 0)) {
      inputs++;
      yield read;
    }
    if (inputs === 0)
      yield {
        unreadable: {
          ...placeOf(path),
          message:
            'expected something that is deployed below it: a Terraform plan as JSON, a CloudFormation template, a SMUS manifest or a container image, got none',
        },
      };
  }
}

async function* readPath(path: string, named: boolean, depth: number): AsyncIterable<ReadInput> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    yield* attempt(path, () => readFileInput(path, named));
    return;
  }
  if (depth > DEEPEST_FOLDER) {
    yield { unreadable: { ...placeOf(path), message: `expected at most ${DEEPEST_FOLDER} folders within each other, got more` } };
    return;
  }
  if (isImageFolder(path)) {
    yield* attempt(path, async () => readImageFolder(path));
    return;
  }
  const entries = entriesOf(path);
  if (entries === null) {
    yield { unreadable: { ...placeOf(path), message: 'expected a folder that can be read, got one that cannot' } };
    return;
  }
  if (entries.some((entry) => entry.isFile() && entry.name.endsWith('.tf')))
    yield* attempt(path, async () => {
      const { readTerraform, terraformFiles } = await import('./terraform-configuration.ts');
      return readTerraform(path, terraformFiles(path));
    });
  for (const entry of entries) {
    const inner = join(path, entry.name);
    if (entry.isDirectory() && !SKIPPED.test(entry.name)) yield* readPath(inner, false, depth + 1);
    else if (entry.isFile() && LOOKED_INTO.test(entry.name)) yield* attempt(inner, () => readFileInput(inner, false));
  }
}

/** One input, or none, or why it cannot be read. A defect of ours is said as one, and the others go on. */
async function* attempt(path: string, read: () => Promise<PlanInput | null>): AsyncIterable<ReadInput> {
  try {
    const input = await read();
    if (input !== null) yield { input };
  } catch (error) {
    if (error instanceof InputError) yield { unreadable: { ...error.place, message: error.message } };
    else if (error instanceof RangeError)
      yield { unreadable: { ...placeOf(path), message: `expected less nesting or text, got too much (${error.message})` } };
    else
      yield {
        unreadable: {
          ...placeOf(path),
          message: `a defect of Crosscheck itself: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        },
      };
  }
}

function entriesOf(folder: string): readonly Dirent[] | null {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return null;
  }
}
