/** A client in the hands of one user: where it speaks to, with which keys and which token. */
import type { S3Client } from '@aws-sdk/client-s3';
import type { ClientSettings } from '../quilt-ops.ts';
import { claimsOf, type Sources, select } from '../selection.ts';
import type { Door } from '../wire/door.ts';
import { createS3 } from '../wire/s3.ts';
import type { RegistryKeys } from './aws-keys.ts';
import { keysOf } from './aws-keys.ts';
import type { CatalogConfig } from './catalog-config.ts';

/** Region where nobody names one, as AWS's own clients assume for S3. */
const DEFAULT_REGION = 'us-east-1';

export class Quilt3Session {
  readonly door: Door;
  /** Through it every S3 request is made; call `keysOf` first, so that a failure to get keys is the operation's own. */
  readonly s3: S3Client;
  /** The settings as they stand: a renewed token and a configured catalog replace those it was opened with. */
  settings: ClientSettings;
  /** What the catalog said, once it was asked. */
  config: CatalogConfig | null = null;
  /** Keys that the registry gave. */
  registryKeys: RegistryKeys | null = null;

  constructor(settings: ClientSettings, door: Door) {
    this.settings = settings;
    this.door = door;
    for (const secret of [settings.token, settings.refreshToken, settings.env?.['MCP_JWT_TOKEN'], settings.env?.['QUILT_JWT_SECRET']]) {
      if (secret) door.learnSecret(secret);
    }
    const endpoint = select('quilt3', 's3Endpoint', this.sources).value;
    this.s3 = createS3(door, {
      region: select('quilt3', 'region', this.sources).value ?? DEFAULT_REGION,
      credentials: () => keysOf({ operation: 'awsCredentials', session: this }),
      ...(endpoint !== null && { endpoint }),
    });
  }

  /** The time that this client takes it to be, epoch milliseconds. */
  now(): number {
    return (this.settings.now ?? Date.now)();
  }

  /** What endpoints and credentials are selected from (see `selection.ts`), as things stand. */
  get sources(): Sources {
    const known: Sources = { settings: this.settings, claims: null, config: this.config === null ? null : { ...this.config } };
    return { ...known, claims: claimsOf(select('quilt3', 'token', known).value) };
  }

  defaultRegistry(): string | null {
    return select('quilt3', 'registry', this.sources).value;
  }

  [Symbol.dispose](): void {
    this.s3.destroy();
  }
}
