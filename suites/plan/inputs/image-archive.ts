/** A container image on disk: an OCI layout, as a folder or an archive, or what `docker save` writes. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Image, type ImageArchive, type ImageVariant, InputError } from '../plan-input.ts';
import { placeOf } from './open-file.ts';
import { readTar } from './read-archive.ts';

const platform = z.looseObject({ os: z.string().optional(), architecture: z.string().optional(), variant: z.string().optional() });
const digest = z.string().regex(/^sha(?:256:[0-9a-f]{64}|512:[0-9a-f]{128})$/);
const descriptor = z.looseObject({
  mediaType: z.string().default(''),
  digest,
  size: z.number(),
  platform: platform.optional(),
  annotations: z.record(z.string(), z.string()).nullish(),
});
const indexSchema = z.looseObject({ manifests: z.array(descriptor) });
const manifestSchema = z.looseObject({ config: descriptor, layers: z.array(descriptor).default([]) });
const starts = z.array(z.string()).nullish();
const configSchema = platform.extend({ config: z.looseObject({ Entrypoint: starts, Cmd: starts }).nullish() });
const savedSchema = z
  .array(z.looseObject({ Config: z.string(), RepoTags: z.array(z.string()).nullish(), Layers: z.array(z.string()).default([]) }))
  .min(1);

/** The files of an image, wherever they are. */
interface Files {
  readonly path: string;
  has(name: string, size: number | null): boolean;
  read(name: string): Buffer | null;
}

/** Whether a folder is an OCI layout, or the half of one. */
export const isImageFolder = (path: string): boolean =>
  existsSync(join(path, 'oci-layout')) || (existsSync(join(path, 'index.json')) && existsSync(join(path, 'blobs')));

/** Reads a layout's folder. Throws InputError. */
export function readImageFolder(path: string): ImageArchive {
  return readImage({
    path,
    has: (name, size) => {
      const status = statSync(join(path, name), { throwIfNoEntry: false });
      return status?.isFile() === true && (size === null || status.size === size);
    },
    read: (name) => {
      const status = statSync(join(path, name), { throwIfNoEntry: false });
      return status?.isFile() === true && status.size < 4 * 1024 * 1024 ? readFileSync(join(path, name)) : null;
    },
  });
}

/** Reads an archive; null where it holds no image. Throws InputError. */
export async function readImageFile(path: string, gzipped: boolean): Promise<ImageArchive | null> {
  const { sizes, small } = await readTar(path, gzipped, (name) => /(?:\.json|^oci-layout|^blobs\/[a-z0-9]+\/[0-9a-f]+)$/.test(name));
  if (!sizes.has('index.json') && !sizes.has('manifest.json')) return null;
  return readImage({
    path,
    has: (name, size) => sizes.has(name) && (size === null || sizes.get(name) === size),
    read: (name) => small.get(name) ?? null,
  });
}

function readImage(files: Files): ImageArchive {
  const { path } = files;
  const saved = files.has('manifest.json', null);
  const images = files.has('index.json', null) && files.has('oci-layout', null) ? imagesOfIndex(files) : imagesOfSave(files);
  if (images.length === 0) throw new InputError(placeOf(path), 'expected at least one image, got none');
  return { form: 'image', format: saved ? 'docker save archive' : 'OCI layout', path, images };
}

function imagesOfIndex(files: Files): readonly Image[] {
  const { manifests } = parse(files, 'index.json', indexSchema);
  const images = new Map<string, Image>();
  for (const [index, one] of manifests.entries()) {
    const { annotations } = one;
    const name = annotations?.['io.containerd.image.name'] ?? annotations?.['org.opencontainers.image.ref.name'] ?? `image ${index + 1}`;
    const variants = variantsOf(files, one, 0);
    if (variants.length === 0) continue;
    const known = images.get(name);
    images.set(name, { name, digest: known === undefined ? one.digest : null, variants: [...(known?.variants ?? []), ...variants] });
  }
  return [...images.values()];
}

/** Indexes lie within indexes; what only attests to an image is none. */
function variantsOf(
  files: Files,
  { mediaType, digest: of, annotations, platform: said }: z.infer<typeof descriptor>,
  depth: number,
): readonly ImageVariant[] {
  if (annotations?.['vnd.docker.reference.type'] !== undefined) return [];
  const name = blobOf(of);
  if (depth > 5) throw new InputError(placeOf(files.path), 'expected at most 5 indexes within each other, got more');
  if (/index|manifest\.list/.test(mediaType))
    return parse(files, name, indexSchema, of)
      .manifests // A layout may hold one platform of the index only.
      .filter(({ digest: inner }) => files.has(blobOf(inner), null))
      .flatMap((inner) => variantsOf(files, inner, depth + 1));
  const { config, layers } = parse(files, name, manifestSchema, of);
  for (const layer of layers)
    if (!files.has(blobOf(layer.digest), layer.size))
      throw new InputError(
        placeOf(files.path),
        `${blobOf(layer.digest)}: expected a layer of ${layer.size} bytes, got none, or another size; it is half-written: write it again`,
      );
  return [variantOf(parse(files, blobOf(config.digest), configSchema, config.digest), of, said)];
}

function imagesOfSave(files: Files): readonly Image[] {
  return parse(files, 'manifest.json', savedSchema).map(({ Config, RepoTags, Layers }) => {
    for (const layer of Layers)
      if (!files.has(layer, null))
        throw new InputError(placeOf(files.path), `${layer}: expected a layer, got none; it is half-written: write it again`);
    return { name: RepoTags?.[0] ?? Config, digest: null, variants: [variantOf(parse(files, Config, configSchema), null, undefined)] };
  });
}

function variantOf(config: z.infer<typeof configSchema>, of: string | null, said: z.infer<typeof platform> | undefined): ImageVariant {
  const { os = said?.os, architecture = said?.architecture, variant = said?.variant } = config;
  return {
    platform:
      os === undefined || architecture === undefined
        ? null
        : [os, architecture, ...(variant === undefined || variant === '' ? [] : [variant])].join('/'),
    digest: of,
    entrypoint: config.config?.Entrypoint ?? [],
    command: config.config?.Cmd ?? [],
  };
}

const blobOf = (of: string): string => `blobs/${of.replace(':', '/')}`;

function parse<T extends z.ZodType>(files: Files, name: string, schema: T, of?: string): z.infer<T> {
  const bytes = files.read(name);
  if (bytes === null)
    throw new InputError(placeOf(files.path), `${name}: expected it in the image, got none; it is half-written: write it again`);
  if (of?.startsWith('sha256:') && createHash('sha256').update(bytes).digest('hex') !== of.slice(7))
    throw new InputError(placeOf(files.path), `${name}: expected content of that digest, got other content; it is damaged: write it again`);
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new InputError(placeOf(files.path), `${name}: expected JSON, got something else`);
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputError(placeOf(files.path), `${name}: ${issue?.path.join('.') || 'as a whole'}: ${issue?.message}`);
  }
  return parsed.data;
}
