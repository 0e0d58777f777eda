/** How values are told: findings end up in logs and reports, and what a plan holds may be a secret. */
import type { PlannedResource } from './plan-input.ts';
import type { Path } from './value.ts';

/** The text of a value of a resource, unless Terraform marks that value as sensitive. */
export const toldOf = ({ isSensitive }: Pick<PlannedResource, 'isSensitive'>, path: Path, text: string): string =>
  isSensitive(path) ? '(sensitive)' : text;

/** A URL, or a host with or without its scheme, without the parts that hold credentials: user, query and fragment. */
export const withoutCredentials = (url: string): string =>
  url
    .replace(/[?#].*$/s, '')
    .replace(/\/\/[^/]*@/, '//')
    .replace(/^[^/]*@/, '');

/** What JSON is, told without what it holds: {}, [] and null hold nothing. */
export function kindOf(json: unknown): string {
  if (json === null) return 'null';
  if (Array.isArray(json)) return json.length === 0 ? '[]' : `a list of ${json.length}`;
  if (typeof json !== 'object') return `a ${typeof json}`;
  const keys = Object.keys(json).length;
  if (keys === 0) return '{}';
  return `an object with ${keys} ${keys === 1 ? 'key' : 'keys'}`;
}
