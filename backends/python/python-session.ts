/** A session as the child is told of it with each request: who the user is, and the environment that quilt3 finds. */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { QuiltError } from '../errors.ts';
import type { OperationName } from '../operations.ts';
import type { ClientSettings } from '../quilt-ops.ts';
import { claimsOf, requireItem, type Sources, select, selectKeys } from '../selection.ts';
import type { Door } from '../wire/door.ts';

export interface TellableSession {
  readonly key: string;
  readonly catalogUrl: string | null;
  readonly registryUrl: string | null;
  readonly region: string;
  readonly token: string | null;
  readonly refreshToken: string | null;
  /** True: the environment has AWS keys, which then win over the registry's. */
  readonly keys: boolean;
  readonly env: Readonly<Record<string, string>>;
}

/** Variables of the client's own that reach the child as they are; the rest of its environment is none of quilt3's. */
const PASSED = /^(AWS_|QUILT_|https?_proxy$|no_proxy$|all_proxy$|SSL_CERT_FILE$|REQUESTS_CA_BUNDLE$)/i;

export class PythonSession {
  readonly door: Door;
  readonly #settings: ClientSettings;
  readonly #key = randomUUID();
  /** Folder with the certificates that the target adds; null when it adds none. */
  readonly #folder: string | null;

  constructor(settings: ClientSettings, door: Door) {
    this.#settings = settings;
    this.door = door;
    const { token, refreshToken, secretAccessKey, sessionToken, env } = settings;
    for (const secret of [token, refreshToken, secretAccessKey, sessionToken, env?.['AWS_SECRET_ACCESS_KEY'], env?.['MCP_JWT_TOKEN']]) {
      if (secret) door.learnSecret(secret);
    }
    this.#folder = door.policy.ca === undefined ? null : mkdtempSync(join(tmpdir(), 'crosscheck-quilt3-ca-'));
    if (this.#folder !== null && door.policy.ca !== undefined) writeFileSync(join(this.#folder, 'ca.pem'), door.policy.ca);
  }

  get key(): string {
    return this.#key;
  }

  /** Default registry, however it is spelt. */
  get registry(): string | null {
    return select('quilt3', 'registry', this.#sources).value;
  }

  /** What the child is told. Throws QuiltError when it would speak to what the target does not allow, since no door stands before it. */
  tell(operation: OperationName): TellableSession {
    const find = (item: Parameters<typeof select<'quilt3'>>[1]) => select('quilt3', item, this.#sources).value;
    const [catalogUrl, registryUrl, s3Endpoint] = [find('catalogUrl'), find('registryUrl'), find('s3Endpoint')];
    for (const url of [catalogUrl, registryUrl, s3Endpoint]) if (url !== null) this.#allow(operation, url);
    const keys = selectKeys(operation, this.#settings);
    const region = find('region') ?? 'us-east-1';
    return {
      key: this.#key,
      catalogUrl: catalogUrl?.replace(/\/+$/, '') ?? null,
      registryUrl: registryUrl?.replace(/\/+$/, '') ?? null,
      region,
      token: find('bearer'),
      refreshToken: find('refreshToken'),
      keys: keys !== null,
      env: {
        ...this.#passed(),
        AWS_DEFAULT_REGION: region,
        ...(s3Endpoint !== null && { AWS_ENDPOINT_URL_S3: s3Endpoint }),
        ...(keys && { AWS_ACCESS_KEY_ID: keys.accessKeyId, AWS_SECRET_ACCESS_KEY: keys.secretAccessKey }),
        ...(keys?.sessionToken && { AWS_SESSION_TOKEN: keys.sessionToken }),
      },
    };
  }

  /** Throws QuiltError when neither the registry nor a catalog that knows it is named anywhere. */
  requireRegistry(operation: OperationName): void {
    if (select('quilt3', 'catalogUrl', this.#sources).value === null) requireItem(operation, 'quilt3', 'registryUrl', this.#sources);
  }

  [Symbol.dispose](): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
  }

  get #sources(): Sources {
    const known: Sources = { settings: this.#settings, claims: null, config: null };
    return { ...known, claims: claimsOf(select('quilt3', 'token', known).value) };
  }

  #allow(operation: OperationName, url: string): void {
    const origin = URL.canParse(url) ? new URL(url).origin : url;
    if (this.door.policy.origins.some((allowed) => new URL(allowed).origin === origin)) return;
    const allowed = this.door.policy.origins.join(', ') || 'none';
    throw new QuiltError(
      'BackendError',
      operation,
      `${url}: expected one of the origins that the target allows (${allowed}), got another`,
      { code: 'refused' },
    );
  }

  /** The client's own variables, keys apart, with the target's certificates and proxy where the client has none. */
  #passed(): Record<string, string> {
    const own = Object.entries(this.#settings.env ?? {}).filter(
      ([name]) => PASSED.test(name) && !/^AWS_(ACCESS_KEY_ID|SECRET_ACCESS_KEY|SESSION_TOKEN)$/.test(name),
    );
    const extra = this.#settings.env?.['NODE_EXTRA_CA_CERTS'];
    const bundle = this.#folder === null ? extra : join(this.#folder, 'ca.pem');
    const { proxy } = this.door.policy;
    return {
      ...(bundle !== undefined && { REQUESTS_CA_BUNDLE: bundle, AWS_CA_BUNDLE: bundle }),
      ...(proxy !== undefined && { HTTP_PROXY: proxy, HTTPS_PROXY: proxy }),
      ...Object.fromEntries(own),
    };
  }
}
