/** The AWS SDK's S3 client through the door: its requests are refused, recorded, retried and timed out by the door's rules, not its own. */
import { GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Door } from './door.ts';
import { type AwsKeys, keysThrough, throughDoor } from './sdk.ts';

export interface S3Settings {
  /** Origin of the service; AWS's own for the region when absent. */
  readonly endpoint?: string;
  readonly region: string;
  /** Asked anew for each request, more than once, so that keys may change within a session; must be cheap. */
  readonly credentials: () => Promise<AwsKeys>;
  /** Checksums on uploads: `WHEN_SUPPORTED` (default, as current SDKs and boto3 do) or `WHEN_REQUIRED` for older servers. */
  readonly checksums?: 'WHEN_SUPPORTED' | 'WHEN_REQUIRED';
}

/** What the SDK else looks for in the environment and below ~/.aws, once a client: half the time of a client's first request, and no part of a case. */
const SETTLED: S3ClientConfig = {
  defaultsMode: 'legacy',
  retryMode: 'standard',
  authSchemePreference: [],
  useDualstackEndpoint: false,
  useFipsEndpoint: false,
  useArnRegion: false,
  disableMultiregionAccessPoints: false,
  disableS3ExpressSessionAuth: false,
  userAgentAppId: async () => undefined,
};

/** A client whose every request goes through the door. Path-style addresses; the SDK's own retries are off (the door retries throttling). */
export function createS3(door: Door, settings: S3Settings): S3Client {
  const checksums = settings.checksums ?? 'WHEN_SUPPORTED';
  const { config, name } = throughDoor(door, 's3', (command, { method, path }) => ({
    operation: command ?? `${method} ${path}`,
    reads: method === 'GET' || method === 'HEAD',
  }));
  const client = new S3Client({
    ...SETTLED,
    ...config,
    region: settings.region,
    ...(settings.endpoint && { endpoint: settings.endpoint }),
    forcePathStyle: true,
    requestChecksumCalculation: checksums,
    responseChecksumValidation: checksums,
    followRegionRedirects: false,
    // The door's HTTP client does not wait for `100 Continue`.
    expectContinueHeader: false,
    credentials: keysThrough(door, settings.credentials),
  });
  name(client);
  return client;
}

export interface PresignRequest {
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** Seconds that the URL lives, default 3,600. */
  readonly expiresIn?: number;
}

/** A URL by which anyone can GET the object until it expires. Makes no request. */
export function presign(client: S3Client, request: PresignRequest): Promise<string> {
  const command = new GetObjectCommand({
    Bucket: request.bucket,
    Key: request.key,
    ...(request.versionId && { VersionId: request.versionId }),
  });
  return getSignedUrl(client, command, { expiresIn: request.expiresIn ?? 3600 });
}
