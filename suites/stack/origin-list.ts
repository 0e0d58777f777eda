/** Lists of origins, hosts or redirect URIs, and which of them a browser may come from. */

/** Entries of a list: JSON, or words parted by commas, semicolons or spaces. */
export function entriesOf(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text);
    if (Array.isArray(parsed)) return parsed.map(String);
  } catch {
    // Words, then.
  }
  return text.split(/[\s,;]+/).filter((word) => word !== '');
}

/** What is wrong with an entry, told by its origin alone; null for one that is allowed. */
export function wrongEntry(entry: string, allowed: readonly string[]): string | null {
  const url = URL.parse(entry);
  const isUrl = url !== null && /^https?:$/.test(url.protocol);
  const permitted = allowed.some((one) => {
    const origin = URL.parse(one);
    if (entry === one) return true;
    if (origin === null) return isUrl ? url.host === one : false;
    return isUrl ? url.origin === origin.origin : entry === origin.host;
  });
  if (permitted) return null;
  const shown = isUrl ? url.origin : /^[\w.*:[\]-]{1,100}$/.test(entry) ? entry : `an entry of ${entry.length} characters`;
  if (entry.includes('*')) return `${shown} (a wildcard)`;
  const host = isUrl ? url.hostname : entry.split(':')[0];
  if (/^(localhost|127\.\d+\.\d+\.\d+|0\.0\.0\.0|\[?::1\]?)$/.test(host ?? '')) return `${shown} (localhost)`;
  if (isUrl && url.protocol === 'http:') return `${shown} (plain http)`;
  return `${shown} (none of those allowed)`;
}
