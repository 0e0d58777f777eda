/** What the parameters alone tell, before any request: every mistake is a ValidationError of the parameter. */
import type { QuiltError } from '../errors.ts';
import type { Client } from './operation.ts';

/** quilt3 8.0.0's rule for names of packages: letters of any alphabet, digits, `_` and `-` around one slash. */
const packageName = /^[\p{L}\p{N}_-]+\/[\p{L}\p{N}_-]+$/u;

/** A parameter that is not what it must be. */
export function wrongParameter(client: Client<never>, field: string, expected: string, got: unknown): QuiltError {
  return client.error('ValidationError', `${field}: expected ${expected}, got ${JSON.stringify(got)}`, { field });
}

/** Throws for the first of the named parameters that is empty or only spaces. */
export function rejectBlank(client: Client<never>, parameters: Readonly<Record<string, string>>): void {
  for (const [field, value] of Object.entries(parameters)) {
    if (value.trim() === '') throw wrongParameter(client, field, 'a text', value);
  }
}

/** Throws for a name that no package can have. */
export function checkPackageName(client: Client<never>, name: string): void {
  if (!packageName.test(name)) throw wrongParameter(client, 'name', 'two words of letters, digits, _ or - around one slash', name);
}

/** Where a package is: its name checked, then its registry read. */
export function packagePlace(client: Client<never>, { registry, name }: { readonly registry?: string; readonly name: string }) {
  checkPackageName(client, name);
  return { bucket: bucketOf(client, registry), name };
}

/** Bucket of a registry, `s3://bucket`, `s3://bucket/` or `bucket`; the session's own when none is given (P-23). */
export function bucketOf(client: Client<never>, registry: string | undefined): string {
  const given = registry ?? client.session.defaultRegistry(client.operation);
  const bucket = /^(?:s3:\/\/)?([^/?#:\s]+)\/?$/.exec(given)?.[1];
  if (bucket === undefined) throw wrongParameter(client, 'registry', 's3://bucket, s3://bucket/ or bucket', given);
  return bucket;
}
