/** Values of every type that a column of ours may have, as texts that the server reads. */
import type { ColumnShape } from './schema-shape.ts';

const two = (n: number) => String(n).padStart(2, '0');

/** Base type → values for the row of that index: the likely one first, then others that a check may want. */
const VALUES: Readonly<Record<string, (index: number) => readonly string[]>> = {
  bool: (n) => [n % 2 === 0 ? 'true' : 'false', 'true', 'false'],
  int2: (n) => [String(n + 1), '0', String(100 + n), '-1'],
  int4: (n) => [String(n + 1), '0', String(1_000 + n), '-1'],
  int8: (n) => [String(n + 1), '0', String(1_700_000_000_000 + n), '-1'],
  numeric: (n) => [`${n + 1}.5`, '0', '0.5', '-1'],
  float4: (n) => [`${n + 1}.5`, '0', '0.5', '-1'],
  float8: (n) => [`${n + 1}.5`, '0', '0.5', '-1'],
  money: (n) => [`${n + 1}.00`],
  date: (n) => [`2026-01-${two(n + 1)}`],
  time: (n) => [`10:${two(n)}:00`],
  timetz: (n) => [`10:${two(n)}:00+00`],
  timestamp: (n) => [`2026-01-${two(n + 1)} 10:00:00`],
  timestamptz: (n) => [`2026-01-${two(n + 1)} 10:00:00+00`],
  interval: (n) => [`${n + 1} days`],
  uuid: (n) => [`00000000-0000-4000-8000-${String(n + 1).padStart(12, '0')}`],
  json: (n) => [`{"n":${n}}`, '[]', '"text"', '1'],
  jsonb: (n) => [`{"n":${n}}`, '[]', '"text"', '1'],
  bytea: (n) => [`\\x0${n}`, `\\x${'0'.repeat(63)}${n}`],
  inet: (n) => [`192.0.2.${n + 1}`],
  cidr: (n) => [`192.0.2.${n}/32`],
  macaddr: (n) => [`08:00:2b:01:02:0${n}`],
  bit: () => ['1'],
  varbit: (n) => ['1'.repeat(n + 1)],
  point: (n) => [`(${n},${n})`],
  box: (n) => [`((0,0),(${n},${n}))`],
  xml: (n) => [`<a>${n}</a>`],
  oid: (n) => [String(n + 1)],
  tsvector: (n) => [`word${n}`],
  hstore: (n) => [`"n"=>"${n}"`],
  ltree: (n) => [`a.b${n}`],
  int4range: (n) => [`[${n},${n + 1})`],
  int8range: (n) => [`[${n},${n + 1})`],
  numrange: (n) => [`[${n},${n + 1})`],
  daterange: (n) => [`[2026-01-0${n + 1},2026-02-01)`],
  tsrange: (n) => [`[2026-01-0${n + 1},2026-02-01)`],
  tstzrange: (n) => [`[2026-01-0${n + 1},2026-02-01)`],
};

const TEXTS = (name: string) => (n: number) => [
  `${name} ${n + 1}`,
  `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${n + 1}`,
  String.fromCharCode(97 + n),
  '',
  `user${n}@example.com`,
  `https://example.com/${n}`,
  String(n + 1),
  `${'0'.repeat(31)}${n}`,
];

/** What of a column says which values it may have. */
type ValueShape = Pick<ColumnShape, 'name' | 'base' | 'labels' | 'longest' | 'listed'>;

/** Texts to try for the column in the row of that index; at least one. */
export function candidatesOf({ name, base, labels, longest, listed }: ValueShape, index: number): readonly string[] {
  if (base === 'enum') return rotated(labels, index);
  if (base.startsWith('_')) {
    const [inner] = candidatesOf({ name, base: base.slice(1), labels, longest, listed }, index);
    return ['{}', ...(inner === undefined ? [] : [`{"${inner.replaceAll(/["\\]/g, '\\$&')}"}`])];
  }
  const known = VALUES[base] ?? TEXTS(name);
  const texts = [...(listed.length > 0 ? rotated(listed, index) : []), ...known(index)];
  // The end of a text is what tells rows apart.
  return longest === null ? texts : texts.map((text) => text.slice(Math.max(0, text.length - longest)));
}

const rotated = (values: readonly string[], by: number) => values.map((_, at) => values[(at + by) % values.length] ?? '');
