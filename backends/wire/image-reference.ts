/** The name of a container image, as Docker spells it, and where its registry is. */

export interface ImageReference {
  /** `registry-1.docker.io`, `123456789012.dkr.ecr.us-east-1.amazonaws.com`, `localhost:5000`. */
  readonly host: string;
  readonly repository: string;
  /** Null when a digest alone names it. */
  readonly tag: string | null;
  readonly digest: string | null;
  /** Account and region of a private ECR; null for any other registry. */
  readonly ecr: { readonly account: string; readonly region: string } | null;
}

const ECR = /^(\d{12})\.dkr\.ecr(?:-fips)?\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const DOCKER_HUB = 'registry-1.docker.io';

/** Where registries take their tokens and keep their blobs, besides the host itself: nobody else is spoken to, whatever a registry says. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  [DOCKER_HUB]: [
    'https://auth.docker.io',
    'https://production.cloudflare.docker.com',
    'https://docker-images-prod.6aa30f8b08e16409b46e0173d6de2f56.r2.cloudflarestorage.com',
  ],
  'ghcr.io': ['https://pkg-containers.githubusercontent.com'],
  'registry.gitlab.com': ['https://gitlab.com', 'https://cdn.registry.gitlab-static.net'],
  'quay.io': ['https://cdn.quay.io', 'https://cdn01.quay.io', 'https://cdn02.quay.io', 'https://cdn03.quay.io'],
  'public.ecr.aws': ['https://d5l0dvt14r5h8.cloudfront.net', 'https://d2glxqk2uabbnd.cloudfront.net'],
};

/** Reads `repository:tag`, `repository@sha256:…` or both; null for what is no name of an image. */
export function parseImage(text: string): ImageReference | null {
  const [, name = '', tag, digest] = /^([a-zA-Z0-9][^@\s]*?)(?::([\w][\w.-]{0,127}))?(?:@(sha256:[0-9a-f]{64}))?$/.exec(text) ?? [];
  if (name === '') return null;
  const [first = '', ...rest] = name.split('/');
  const named = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  const host = !named || first === 'docker.io' || first === 'index.docker.io' ? DOCKER_HUB : first;
  const path = named ? rest.join('/') : name;
  if (!/^[a-z0-9][a-z0-9._/-]*$/.test(path)) return null;
  const [, account, region] = ECR.exec(host) ?? [];
  return {
    host,
    repository: host === DOCKER_HUB && !path.includes('/') ? `library/${path}` : path,
    tag: tag ?? (digest === undefined ? 'latest' : null),
    digest: digest ?? null,
    ecr: account === undefined || region === undefined ? null : { account, region },
  };
}

/** The registry's own origin: plain HTTP on loopback, as Docker has it. */
export function registryOrigin({ host }: ImageReference): string {
  return `${/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(host) ? 'http' : 'https'}://${host}`;
}

/** Every origin that reading a manifest and a config from the registry may need. */
export function imageOrigins(image: ImageReference): readonly string[] {
  const { ecr, host } = image;
  if (ecr !== null) return [`https://prod-${ecr.region}-starport-layer-bucket.s3.${ecr.region}.amazonaws.com`];
  return [registryOrigin(image), ...(ALSO[host] ?? [])];
}
