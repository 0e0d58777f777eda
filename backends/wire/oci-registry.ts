/** Manifests and configs from any registry of the OCI distribution API, without pulling a layer. */
import type { Door, WireResponse } from './door.ts';
import { type ImageReference, registryOrigin } from './image-reference.ts';
import { restSend } from './rest.ts';

/** A registry would not tell; the message says which request and what came. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  /** 404: there is no such image. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export interface OciRegistry {
  /** The bytes of the manifest or index of a tag or digest. Throws RegistryError. */
  manifest(reference: string): Promise<Uint8Array>;
  /** The bytes of a blob; one redirect, to where the registry keeps it, is followed. Throws RegistryError. */
  blob(digest: string): Promise<Uint8Array>;
}

export const MANIFEST_TYPES = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
] as const;

/** Speaks to the registry of an image, with the token that it gives to anyone. */
export function openRegistry(door: Door, image: ImageReference): OciRegistry {
  const base = `${registryOrigin(image)}/v2/${image.repository}`;
  let token: string | null = null;

  const get = async (url: string, accept: string): Promise<WireResponse> => {
    const send = () => restSend(door, { url, headers: { accept }, ...(token !== null && { token }) });
    const first = await send();
    if (first.status !== 401 || token !== null) return first;
    token = await takeToken(door, url, first.headers['www-authenticate'] ?? '', image.repository);
    return send();
  };
  const whole = (url: string, { status, body }: WireResponse): Uint8Array => {
    if (status === 200) return body;
    throw new RegistryError(status, `${url}: expected 200, got ${status}: ${JSON.stringify(Buffer.from(body).toString().slice(0, 120))}`);
  };
  return {
    async manifest(reference) {
      const url = `${base}/manifests/${reference}`;
      return whole(url, await get(url, MANIFEST_TYPES.join(', ')));
    },
    async blob(digest) {
      const url = `${base}/blobs/${digest}`;
      const answer = await get(url, '*/*');
      const to = answer.headers['location'];
      if (![301, 302, 303, 307, 308].includes(answer.status) || to === undefined) return whole(url, answer);
      // The token is the registry's; where its blobs lie has a signed URL.
      const target = new URL(to, url).href;
      return whole(url, await restSend(door, { url: target, headers: { accept: '*/*' } }));
    },
  };
}

async function takeToken(door: Door, url: string, challenge: string, repository: string): Promise<string> {
  const [, realm] = /^Bearer\b.*?\brealm="([^"]+)"/i.exec(challenge) ?? [];
  if (realm === undefined || URL.parse(realm) === null)
    throw new RegistryError(
      401,
      `${url}: expected a registry that anyone may read, got a challenge ${JSON.stringify(challenge.slice(0, 80))}`,
    );
  const asked = new URL(realm);
  const service = /\bservice="([^"]+)"/i.exec(challenge)?.[1];
  if (service !== undefined) asked.searchParams.set('service', service);
  asked.searchParams.set('scope', `repository:${repository}:pull`);
  const { status, body } = await restSend(door, { url: asked.href, operation: `GET ${asked.pathname}` });
  const given = parsed(Buffer.from(body).toString());
  const token = given.token ?? given.access_token;
  if (status !== 200 || typeof token !== 'string')
    throw new RegistryError(status, `${asked.origin}${asked.pathname}: expected a token, got ${status}`);
  door.learnSecret(token);
  return token;
}

/** No JSON holds no token. */
function parsed(text: string): { readonly token?: unknown; readonly access_token?: unknown } {
  try {
    return Object(JSON.parse(text)) as object;
  } catch {
    return {};
  }
}
