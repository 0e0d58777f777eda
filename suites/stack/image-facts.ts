/** What an image is, by its registry's word: digest, platforms, when it was pushed. Nothing is pulled. */
import { createHash } from 'node:crypto';
import type { Aws } from '../../backends/wire/aws.ts';
import type { Door } from '../../backends/wire/door.ts';
import { type ImageReference, parseImage } from '../../backends/wire/image-reference.ts';
import { MANIFEST_TYPES, openRegistry, RegistryError } from '../../backends/wire/oci-registry.ts';
import { restSend } from '../../backends/wire/rest.ts';
import type { Target } from '../../fixtures/target.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { orMissing, told } from './answers.ts';

/** As much of an index or a manifest as is read here. */
interface Manifest {
  readonly manifests?: readonly {
    readonly digest?: string;
    readonly platform?: Platform;
    readonly annotations?: Readonly<Record<string, string>>;
  }[];
  readonly config?: { readonly digest?: string };
}

interface Platform {
  readonly os?: string;
  readonly architecture?: string;
  readonly variant?: string;
}

export interface Image {
  readonly digest: string;
  /** `linux/arm64/v8`, without what an index holds beside images. */
  readonly platforms: readonly string[];
  /** Digests by which a platform may call it: of the index and of what stands in it. */
  readonly digests: readonly string[];
}

interface Asked {
  readonly aws: Aws;
  readonly door: Door;
  readonly target: Target;
}

/** The name of an image. Throws CheckBroken for what is none. */
export function imageOf(text: string): ImageReference {
  const image = parseImage(text);
  if (image === null) throw new CheckBroken(`image ${JSON.stringify(text)}: expected repository:tag or repository@sha256:…, got neither`);
  return image;
}

/** An image, or null where the registry has no such tag or digest. */
export async function findImage(uri: string, asked: Asked): Promise<Image | null> {
  const reference = imageOf(uri);
  const source = reference.ecr === null ? ociSource(reference, asked.door) : ecrSource(reference, asked);
  const bytes = await source.manifest();
  if (bytes === null) return null;
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (reference.digest !== null && reference.digest !== digest)
    throw new CheckBroken(`image ${uri}: expected a manifest of that digest, got one of ${digest}`);
  const manifest = parse<Manifest>(bytes, `manifest of ${uri}`);
  if (manifest.manifests !== undefined) {
    const images = manifest.manifests.filter(
      ({ platform, annotations }) => platform?.os !== 'unknown' && annotations?.['vnd.docker.reference.type'] === undefined,
    );
    return {
      digest,
      platforms: images.map(({ platform = {} }) => textOf(platform)),
      digests: [digest, ...images.flatMap(({ digest: own }) => own ?? [])],
    };
  }
  const config = manifest.config?.digest;
  if (config === undefined) throw new CheckBroken(`manifest of ${uri}: expected manifests or a config, got neither`);
  return { digest, platforms: [textOf(parse<Platform>(await source.blob(config), `config of ${uri}`))], digests: [digest] };
}

/** True when the image runs on `os/architecture` with or without a variant. */
export function runsOn({ platforms }: Image, wanted: string): boolean {
  const [os, architecture, variant] = wanted.split('/');
  return platforms.some((one) => {
    const [oneOs, oneArchitecture, oneVariant] = one.split('/');
    return (
      oneOs === os && oneArchitecture === architecture && (variant === undefined || oneVariant === undefined || oneVariant === variant)
    );
  });
}

/** When the tag or digest was pushed to ECR. Throws CheckBroken for another registry, which does not tell. */
export async function pushedAt(uri: string, asked: Asked): Promise<Date> {
  const reference = imageOf(uri);
  const { ecr } = reference;
  if (ecr === null) throw new CheckBroken(`image ${uri}: expected an ECR, which tells when an image was pushed, got ${reference.host}`);
  refuseOtherRegion(reference, asked);
  const client = await asked.aws.client('ecr');
  const { imageDetails } = await client.describeImages({
    registryId: ecr.account,
    repositoryName: reference.repository,
    imageIds: [idOf(reference)],
  });
  return told(imageDetails?.[0]?.imagePushedAt, `time of the push of ${uri}`);
}

const textOf = ({ os = '?', architecture = '?', variant }: Platform): string =>
  [os, architecture, ...(variant === undefined ? [] : [variant])].join('/');
const idOf = ({ tag, digest }: ImageReference) => (digest === null ? { imageTag: tag ?? 'latest' } : { imageDigest: digest });

function ociSource(reference: ImageReference, door: Door) {
  const registry = openRegistry(door, reference);
  return {
    manifest: () =>
      registry.manifest(reference.digest ?? reference.tag ?? 'latest').catch((error: unknown) => {
        if (error instanceof RegistryError && error.status === 404) return null;
        throw error;
      }),
    blob: (digest: string) => registry.blob(digest),
  };
}

function ecrSource(reference: ImageReference, asked: Asked) {
  const { ecr, repository } = reference;
  const registryId = ecr?.account;
  return {
    async manifest(): Promise<Uint8Array | null> {
      refuseOtherRegion(reference, asked);
      const client = await asked.aws.client('ecr');
      const answer = await orMissing(
        client.batchGetImage({
          registryId,
          repositoryName: repository,
          imageIds: [idOf(reference)],
          acceptedMediaTypes: [...MANIFEST_TYPES],
        }),
        ['RepositoryNotFoundException'],
      );
      if (answer === null) return null;
      const text = answer.images?.[0]?.imageManifest;
      if (text !== undefined) return Buffer.from(text);
      const { failureCode, failureReason } = told(answer.failures?.[0], `image ${repository}`);
      if (failureCode === 'ImageNotFound') return null;
      throw new CheckBroken(`image ${repository}: expected a manifest, got ${failureCode}: ${failureReason}`);
    },
    async blob(layerDigest: string): Promise<Uint8Array> {
      const client = await asked.aws.client('ecr');
      const { downloadUrl } = await client.getDownloadUrlForLayer({ registryId, repositoryName: repository, layerDigest });
      const { status, body } = await restSend(asked.door, { url: told(downloadUrl, `URL of ${layerDigest}`), headers: { accept: '*/*' } });
      if (status !== 200) throw new CheckBroken(`config ${layerDigest} of ${repository}: expected 200, got ${status}`);
      return body;
    },
  };
}

function refuseOtherRegion({ ecr, repository }: ImageReference, { target }: Asked): void {
  if (ecr !== null && ecr.region !== target.region)
    throw new CheckBroken(`image ${repository}: expected an ECR in ${target.region}, the target's region, got one in ${ecr.region}`);
}

function parse<T>(bytes: Uint8Array, what: string): T {
  try {
    return JSON.parse(Buffer.from(bytes).toString()) as T;
  } catch {
    throw new CheckBroken(`${what}: expected JSON, got ${JSON.stringify(Buffer.from(bytes).toString().slice(0, 60))}`);
  }
}
