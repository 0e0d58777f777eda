/** Target files for an `up`, in a check's room. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UpLine } from '../../fixtures/control.ts';
import type { Room } from './room.ts';

export interface TargetFileSpec {
  readonly name: string;
  readonly line: UpLine;
  /** Whether it names the control endpoint; without it the target is a deployment like any other. */
  readonly control: boolean;
  /** Buckets beside the line's own. */
  readonly moreBuckets?: readonly string[];
}

/** Folder of the room in which the secrets of a target stand, a file each. */
export function secretsOf(room: Room, name: string): string {
  return join(room.dir, `${name}-secrets`);
}

/** Writes a target file and its secrets, and answers its path. */
export function writeTarget(room: Room, { name, line, control, moreBuckets = [] }: TargetFileSpec): string {
  const secrets = secretsOf(room, name);
  mkdirSync(secrets, { recursive: true });
  const secret = (of: string, value: string) => {
    writeFileSync(join(secrets, of), value);
    return { file: join(secrets, of) };
  };
  const controlUrl = new URL(line.controlUrl);
  const file = join(room.dir, `${name}.json`);
  writeFileSync(
    file,
    JSON.stringify({
      name,
      writes: 'namespace',
      region: line.region,
      catalog: { url: line.catalogUrl },
      registry: { url: line.registryUrl, graphqlUrl: line.graphqlUrl },
      s3: {
        endpoint: line.s3Endpoint,
        buckets: [line.bucket, ...moreBuckets],
        accessKeyId: secret('access-key', line.accessKeyId),
        secretAccessKey: secret('secret-key', line.secretAccessKey),
      },
      tokens: { admin: secret('admin', line.tokens.admin), user: secret('user', line.tokens.user) },
      ...(control && { control: { url: controlUrl.origin, token: secret('control', controlUrl.hash.slice(1)) } }),
    }),
  );
  return file;
}
