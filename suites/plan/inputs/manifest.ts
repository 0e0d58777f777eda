/** A SMUS application manifest with its folder and its bundle: what is deployed to which stage's project. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { z } from 'zod';
import { InputError, type Place } from '../plan-input.ts';
import type { Path } from '../value.ts';
import { readHead } from './open-file.ts';
import { readTar } from './read-archive.ts';
import { readZipNames } from './read-zip.ts';
import type { Plain, YamlDocument } from './yaml-document.ts';

const text = z.string().min(1);
/** A key with nothing behind it is an empty list to the deployer. */
const list = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);
/** The keys that a rule asks; the project's own schema has more, and so may the file. */
const manifestSchema = z.looseObject({
  applicationName: text,
  content: z
    .looseObject({
      storage: list(z.looseObject({ name: text, connectionName: text.nullish() })),
      git: list(z.looseObject({ repository: text })),
      quicksight: list(z.looseObject({ name: text, assetBundle: text.nullish(), source: text.nullish() })),
      workflows: list(z.looseObject({ workflowName: text, connectionName: text.nullish() })),
    })
    .prefault({}),
  stages: z.record(
    z.string(),
    z.looseObject({
      project: z.looseObject({ name: text, create: z.boolean().default(false), role: z.looseObject({}).nullish() }),
      deployment_configuration: z
        .looseObject({
          storage: list(z.looseObject({ name: text, connectionName: text })),
          git: list(z.looseObject({ connectionName: text.nullish() })),
        })
        .nullish(),
      bootstrap: z.looseObject({ actions: list(z.looseObject({ type: text })) }).nullish(),
    }),
  ),
});

export type ManifestFile = z.infer<typeof manifestSchema>;

export interface Bundle {
  readonly path: string;
  /** Files in it, without `./`. */
  readonly names: readonly string[];
}

export interface Manifest {
  readonly form: 'manifest';
  readonly format: 'SMUS manifest';
  readonly path: string;
  readonly file: ManifestFile;
  /** Null: there is none beside the manifest. */
  readonly bundle: Bundle | null;
  place(path: Path): Place;
  /** Whether the manifest's folder has the file. */
  has(name: string): boolean;
}

/** Whether a value is a manifest, or means to be. */
export const isManifest = (value: Plain): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  'applicationName' in value &&
  ('stages' in value || 'content' in value);

/** Reads a manifest, and the bundle beside it. Throws InputError with every key that is wrong. */
export async function readManifest(path: string, document: YamlDocument): Promise<Manifest> {
  const parsed = manifestSchema.safeParse(document.value);
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    const place = document.place((first?.path ?? []) as Path);
    throw new InputError(
      place,
      `expected a SMUS manifest: ${parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')}`,
    );
  }
  const folder = dirname(path);
  return {
    form: 'manifest',
    format: 'SMUS manifest',
    path,
    file: parsed.data,
    bundle: await bundleBeside(folder, parsed.data.applicationName),
    place: document.place,
    has: (name) => resolve(folder, name).startsWith(`${resolve(folder)}${sep}`) && existsSync(join(folder, name)),
  };
}

/** Where the bundler puts its archive: named after the application, in the folder that it was told, ./artifacts by default. */
async function bundleBeside(folder: string, application: string): Promise<Bundle | null> {
  for (const inner of ['artifacts', 'bundles', 'bundle', 'dist', '.']) {
    const names = namesIn(join(folder, inner)).filter((one) => one.startsWith(application) && /\.(?:zip|tar\.gz|tgz)$/.test(one));
    // Orders-old.zip is not the bundle of Orders where Orders.zip lies beside it; of two others, neither is known to be.
    const name =
      names.find((one) => /^\.(?:zip|tar\.gz|tgz)$/.test(one.slice(application.length))) ?? (names.length === 1 ? names[0] : undefined);
    if (name !== undefined) {
      const path = join(folder, inner, name);
      const head = readHead(path);
      const zip = head.subarray(0, 2).toString('latin1') === 'PK';
      const files = zip ? await readZipNames(path) : [...(await readTar(path, head[0] === 0x1f, () => false)).sizes.keys()];
      return { path, names: files };
    }
  }
  return null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}
