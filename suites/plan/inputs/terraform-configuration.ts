/** A folder of Terraform's language: what it declares, and who needs whom, local modules included. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { findCycles } from '../find-cycles.ts';
import type { Infrastructure, Place, PlannedResource } from '../plan-input.ts';
import type { Path } from '../value.ts';
import { placeOf, readText } from './open-file.ts';
import { attributesOf, type Block, parseTerraform, referencesIn, type SyntaxNode } from './terraform-syntax.ts';
import { fieldsOf, type Scope } from './terraform-values.ts';

interface FileBlock extends Block {
  readonly file: string;
}

/** Files of a folder that Terraform reads as one module. */
export const terraformFiles = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.tf'))
    .map(({ name }) => join(folder, name))
    .sort();

/** Reads the files as one module. Throws InputError. */
export async function readTerraform(path: string, files: readonly string[]): Promise<Infrastructure> {
  const blocks = await readBlocks(files);
  const graph: Graph = { needs: new Map(), places: new Map() };
  await addModule(graph, blocks, '', files[0] === undefined ? path : dirname(files[0]), 0);
  return {
    form: 'infrastructure',
    format: 'Terraform configuration',
    path,
    resources: resourcesOf(blocks),
    existing: [],
    // What goes round within one module is said of that module alone.
    cycles: findCycles(graph.needs)
      .filter((cycle) => new Set(cycle.map(moduleOf)).size > 1 || moduleOf(cycle[0] ?? '') === '')
      .map((cycle) => ({ path: cycle, place: graph.places.get(cycle[0] ?? '') ?? placeOf(path) })),
  };
}

const moduleOf = (address: string): string => /^(?:module\.[^.]+\.)*/.exec(address)?.[0] ?? '';

async function readBlocks(files: readonly string[]): Promise<readonly FileBlock[]> {
  const blocks: FileBlock[] = [];
  for (const file of files) blocks.push(...(await parseTerraform(file, readText(file))).map((block) => ({ ...block, file })));
  return blocks;
}

/** Address of what a block declares, or null. */
function addressOf({ kind, labels: [first, second] }: Block): string | null {
  if (first === undefined || second === undefined) return null;
  if (kind === 'resource') return `${first}.${second}`;
  return kind === 'data' ? `data.${first}.${second}` : null;
}

/** The part of a reference that names a resource or data source. */
const resourcePart = (reference: string): string => {
  const parts = reference.split('.');
  return parts.slice(0, parts[0] === 'data' ? 3 : 2).join('.');
};

function resourcesOf(blocks: readonly FileBlock[]): readonly PlannedResource[] {
  const locals = new Map<string, SyntaxNode>(
    blocks
      .filter(({ kind }) => kind === 'locals')
      .flatMap(({ body }) => attributesOf(body).map(({ name, value }) => [name, value] as const)),
  );
  const addresses = new Set(blocks.flatMap((block) => addressOf(block) ?? []));
  const scope: Scope = {
    local: (name) => locals.get(name) ?? null,
    resource: (reference) => (addresses.has(resourcePart(reference)) ? resourcePart(reference) : null),
  };
  return blocks.flatMap((block): readonly PlannedResource[] => {
    const address = addressOf(block);
    if (address === null) return [];
    const places = new Map<string, Place>([['', startOf(block.file, block.node)]]);
    const values = fieldsOf(block.body, scope, (path, node) => void places.set(path.join('\0'), startOf(block.file, node)));
    if (values['count'] === 0) return [];
    return [
      {
        address,
        type: block.labels[0] ?? '',
        action: block.kind === 'data' ? 'read' : 'declare',
        values,
        before: null,
        place: (path) => nearest(places, path) ?? startOf(block.file, block.node),
        isSensitive: () => false,
      },
    ];
  });
}

function nearest(places: ReadonlyMap<string, Place>, path: Path): Place | undefined {
  for (let length = path.length; length >= 0; length--) {
    const place = places.get(path.slice(0, length).join('\0'));
    if (place !== undefined) return place;
  }
  return undefined;
}

const startOf = (file: string, { startPosition: { row, column } }: SyntaxNode): Place => placeOf(file, row + 1, column + 1);

interface Graph {
  readonly needs: Map<string, readonly string[]>;
  readonly places: Map<string, Place>;
}

const DEEPEST_MODULE = 10;

/** Resources, locals, variables and outputs, one by one: two modules that use each other's outputs are no cycle by themselves. */
async function addModule(graph: Graph, blocks: readonly FileBlock[], prefix: string, folder: string, depth: number): Promise<void> {
  const add = (name: string, file: string, node: SyntaxNode, references: readonly string[]) => {
    graph.needs.set(
      `${prefix}${name}`,
      references.map((reference) => `${prefix}${nodeOf(reference)}`),
    );
    graph.places.set(`${prefix}${name}`, startOf(file, node));
  };
  for (const block of blocks) {
    const { kind, labels, body, file, node } = block;
    const address = addressOf(block);
    if (address !== null && body !== null) add(address, file, node, referencesIn(body));
    else if (kind === 'locals')
      for (const { name, value, node: at } of attributesOf(body)) add(`local.${name}`, file, at, referencesIn(value));
    else if (kind === 'output')
      for (const { name, value } of attributesOf(body)) if (name === 'value') add(`output.${labels[0]}`, file, node, referencesIn(value));
    if (kind !== 'module' || depth >= DEEPEST_MODULE) continue;
    const attributes = attributesOf(body);
    const source = attributes.find(({ name }) => name === 'source')?.value.text.replaceAll(/^"|"$/g, '') ?? '';
    const inner = normalize(join(folder, source));
    if (!/^\.\.?\//.test(source) || !existsSync(inner)) continue;
    for (const { name, value, node: at } of attributes) add(`module.${labels[0]}.var.${name}`, file, at, referencesIn(value));
    await addModule(graph, await readBlocks(terraformFiles(inner)), `${prefix}module.${labels[0]}.`, inner, depth + 1);
  }
}

/** The node that a reference leads to. */
function nodeOf(reference: string): string {
  const [head = '', name = '', output = ''] = reference.split('.');
  if (head === 'module') return `module.${name}.output.${output}`;
  return head === 'local' || head === 'var' ? `${head}.${name}` : resourcePart(reference);
}
