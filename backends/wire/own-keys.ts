/** Keeps the S3 writes of a client to keys that are its own. */
import type { WireRequest } from './door.ts';

/** Why a request to S3 would write to a key that begins with none of the prefixes; null when it does not. Addresses are path-style, as `s3.ts` makes them. */
export function foreignWrite({ protocol, reads, url, body }: WireRequest, prefixes: readonly string[]): string | null {
  if (protocol !== 's3' || reads) return null;
  const { pathname, searchParams } = new URL(url);
  const keys = searchParams.has('delete') ? keysIn(body) : [decodeURIComponent(pathname.split('/').slice(2).join('/'))];
  const foreign = keys.find((key) => !prefixes.some((prefix) => key.startsWith(prefix)));
  return foreign === undefined ? null : `key ${JSON.stringify(foreign)} begins with none of ${prefixes.join(', ')}`;
}

/** Keys of a DeleteObjects body; what cannot be read as text names no key of ours. */
function keysIn(body: WireRequest['body']): readonly string[] {
  const text = typeof body === 'string' ? body : body instanceof Uint8Array ? new TextDecoder().decode(body) : '';
  const keys = [...text.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => plainText(key));
  return keys.length === 0 ? [''] : keys;
}

function plainText(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(lt|gt|quot|apos|amp));/gi, (_, hex?: string, decimal?: string, name = '') =>
    hex !== undefined
      ? String.fromCodePoint(Number.parseInt(hex, 16))
      : decimal !== undefined
        ? String.fromCodePoint(Number(decimal))
        : (named[name.toLowerCase()] ?? ''),
  );
}
