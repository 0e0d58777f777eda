/** The order of engine versions, as databases, caches and brokers number their releases. */

/**
 * Whether `after` is an older version than `before`: numbers are compared as numbers, place by place. A version that says less than the other (`15` for
 * `15.12`) asks for any release of it, and is not older. Null where the two cannot be compared (`OpenSearch_2.11` and `Elasticsearch_7.10`).
 */
export function isOlder(after: string, before: string): boolean | null {
  const [newer, older] = [partsOf(after), partsOf(before)];
  for (const [index, part] of newer.entries()) {
    const other = older[index];
    if (other === undefined) return false;
    if (part === other) continue;
    if (typeof part === 'number' && typeof other === 'number') return part < other;
    return null;
  }
  return false;
}

/** Numbers and words, without what stands between: `8.0.mysql_aurora.3.04.1` → 8, 0, mysql, aurora, 3, 4, 1. */
const partsOf = (version: string): readonly (string | number)[] =>
  (version.toLowerCase().match(/\d+|[a-z]+/g) ?? []).map((part) => (/^\d/.test(part) ? Number(part) : part));
