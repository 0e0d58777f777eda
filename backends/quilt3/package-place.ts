/** Which package an operation is about: its bucket and name, both checked before anything is asked. */
import { type Call, errorOf } from './call.ts';
import { bucketOf } from './registry-bucket.ts';

export interface PackagePlace {
  readonly bucket: string;
  readonly name: string;
}

/** Two words of letters, digits, `_` and `-`, one slash between; anything else is a ValidationError. */
export function checkName(call: Call, name: string): void {
  if (/^[\p{L}\p{N}_-]+\/[\p{L}\p{N}_-]+$/u.test(name)) return;
  throw errorOf(call, 'ValidationError', `name: expected user/package, got ${JSON.stringify(name)}`, { field: 'name' });
}

/** The package that the parameters name; the name is looked at first. */
export function placeOf(call: Call, { registry, name }: { readonly registry?: string; readonly name: string }): PackagePlace {
  checkName(call, name);
  return { bucket: bucketOf(call, registry), name };
}

/** There is no such package, or no such revision of it. */
export function noPackage(call: Call, { name }: PackagePlace, hash?: string) {
  const what = hash === undefined ? `a package ${name}` : `a revision ${hash} of ${name}`;
  return errorOf(call, 'NotFoundError', `package: expected ${what}, got none`, { package: name, ...(hash !== undefined && { hash }) });
}

/** There is nothing at that path of the package. */
export function noPath(call: Call, { name }: PackagePlace, hash: string | undefined, path: string) {
  const facts = { package: name, path, ...(hash !== undefined && { hash }) };
  return errorOf(call, 'NotFoundError', `path: expected ${JSON.stringify(path)} in ${name}, got nothing`, facts);
}
