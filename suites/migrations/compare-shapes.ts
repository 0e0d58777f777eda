/** Two catalogues as an app sees them: for it the names of constraints and indexes, and the order of columns, mean nothing. */
import type { Catalogue, CatalogueEntry } from './catalogue.ts';

/** A table without the names that mean nothing. */
interface Table {
  readonly columns: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** What rows must keep and how they are found: definition → the object that says so. */
  readonly rules: ReadonlyMap<string, CatalogueEntry>;
}

export interface Shape {
  readonly tables: ReadonlyMap<string, Table>;
  readonly types: ReadonlyMap<string, string>;
}

/** Facts of a column that an app meets. */
const FACTS = ['type', 'not null', 'default', 'generated', 'identity', 'collation'] as const;

/** The shape of a catalogue, without the tables left out. */
export function shapeOf(catalogue: Catalogue, leftOut: readonly string[]): Shape {
  const entries = [...catalogue.values()].filter(({ name, table }) => !leftOut.includes(table ?? name));
  const tables = entries
    .filter(({ kind }) => kind === 'table')
    .map(({ name }): [string, Table] => {
      const own = entries.filter((entry) => entry.table === name);
      const columns = own
        .filter(({ kind }) => kind === 'column')
        .map((entry) => [entry.name.slice(name.length + 1), factsOf(entry)] as const);
      return [name, { columns: new Map(columns), rules: new Map(own.flatMap(ruleOf)) }];
    });
  const types = entries
    .filter(({ kind }) => kind === 'type')
    .map(
      ({ name, facts: { labels, checks, ...facts } }) => [name, labels ?? `${facts['base type'] ?? ''} ${checks ?? ''}`.trim()] as const,
    );
  return { tables: new Map(tables), types: new Map(types) };
}

function factsOf({ facts }: CatalogueEntry): Readonly<Record<string, string>> {
  return Object.fromEntries(FACTS.flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]])));
}

/** A unique constraint and a unique index ask the same of rows, so that it is its index; NOT NULL is its column's. */
function ruleOf(entry: CatalogueEntry): [string, CatalogueEntry][] {
  const { kind, facts } = entry;
  if (kind === 'constraint' && !['n', 'u'].includes(facts['form'] ?? '')) return [[facts['definition'] ?? '', entry]];
  if (kind !== 'index') return [];
  const definition = (facts['definition'] ?? '').replace(/^(CREATE (?:UNIQUE )?INDEX) (?:"(?:[^"]|"")*"|\S+) ON /, '$1 ON ');
  return [[definition, entry]];
}

/** What one has and the other has not, or not so. */
export interface ShapeDifference {
  readonly what: string;
  readonly expected: string;
  readonly got: string;
}

/** Tables and columns of `expected` that are not in `got`. */
export function missingIn(expected: Shape, got: Shape): readonly ShapeDifference[] {
  return [...expected.tables].flatMap(([name, { columns }]) => {
    const table = got.tables.get(name);
    if (table === undefined) return [{ what: `table ${name}`, expected: 'to be there', got: 'no such table' }];
    return [...columns]
      .filter(([column]) => !table.columns.has(column))
      .map(([column, facts]) => ({ what: `column ${name}.${column}`, expected: facts['type'] ?? 'to be there', got: 'no such column' }));
  });
}

/** Tables and columns of `got` that are not in `expected`. */
export function leftoversIn(expected: Shape, got: Shape): readonly ShapeDifference[] {
  return missingIn(got, expected).map(({ what }) => ({ what, expected: 'none, since no model has it', got: 'one' }));
}

/** Foreign keys on tables that both have, which are in `got` alone. */
export function leftoverKeysIn(expected: Shape, got: Shape): readonly ShapeDifference[] {
  return [...got.tables].flatMap(([name, { rules }]) => {
    const table = expected.tables.get(name);
    if (table === undefined) return [];
    return [...rules]
      .filter(([definition, { facts }]) => facts['form'] === 'f' && !table.rules.has(definition) && !repaired(definition, table))
      .map(([definition, entry]) => ({ what: `foreign key ${entry.name}`, expected: 'none, since no model has it', got: definition }));
  });
}

/** The same columns refer to the same table, but otherwise: a drift, and no leftover. */
function repaired(definition: string, { rules }: Table): boolean {
  const core = coreOf(definition);
  return [...rules.keys()].some((other) => coreOf(other) === core);
}

const coreOf = (definition: string) => /^FOREIGN KEY \([^)]*\) REFERENCES [^(]+/.exec(definition)?.[0] ?? definition;

/** How columns, constraints, indexes and types that both should have differ; what is in one alone is told elsewhere, unless `got` lacks it. */
export function driftBetween(expected: Shape, got: Shape): readonly ShapeDifference[] {
  const columns = [...expected.tables].flatMap(([name, { columns: wanted }]) => {
    const table = got.tables.get(name);
    return [...wanted].flatMap(([column, facts]) => {
      const found = table?.columns.get(column);
      if (found === undefined) return [];
      return FACTS.filter((fact) => facts[fact] !== found[fact]).map((fact) => ({
        what: `column ${name}.${column} ${fact}`,
        expected: facts[fact] ?? 'none',
        got: found[fact] ?? 'none',
      }));
    });
  });
  const rules = [...expected.tables].flatMap(([name, table]) => {
    const found = got.tables.get(name);
    if (found === undefined) return [];
    // On a column that is missing nothing can stand.
    const absent = [...table.columns.keys()].filter((column) => !found.columns.has(column));
    const lacking = [...table.rules.keys()]
      .filter((definition) => !found.rules.has(definition) && !absent.some((column) => definition.includes(column)))
      .map((definition) => ({ what: `${name}: ${definition}`, expected: 'to be there', got: nearest(definition, found) }));
    const beyond = [...found.rules]
      .filter(
        ([definition, { kind, facts }]) =>
          !table.rules.has(definition) && (kind === 'constraint' ? facts['form'] !== 'f' : /UNIQUE/.test(definition)),
      )
      .filter(([definition]) => ![...found.columns.keys()].some((column) => !table.columns.has(column) && definition.includes(column)))
      .map(([definition, { name: rule }]) => ({ what: `${name}: ${rule}`, expected: 'none, since no model has it', got: definition }));
    return [...lacking, ...beyond];
  });
  const types = [...expected.types].flatMap(([name, wanted]) => {
    const found = got.types.get(name);
    return found === wanted ? [] : [{ what: `type ${name}`, expected: wanted, got: found ?? 'none' }];
  });
  return [...columns, ...rules, ...types];
}

/** The rule that was meant, where one begins alike. */
function nearest(definition: string, { rules }: Table): string {
  const core = coreOf(definition);
  return [...rules.keys()].find((other) => core !== definition && coreOf(other) === core) ?? 'none';
}
