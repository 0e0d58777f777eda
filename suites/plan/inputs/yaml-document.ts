/** YAML and JSON of an input as plain values, with the place of each; tags become their long forms. */
import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { offsetOf } from '../../../fixtures/yaml-place.ts';
import { InputError, type Place } from '../plan-input.ts';
import type { Path } from '../value.ts';
import { placeOf } from './open-file.ts';
import { DEEPEST } from './read-json.ts';

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

export interface YamlDocument {
  readonly value: Plain;
  place(path: Path): Place;
}

/** Largest text: CloudFormation takes 1 MB, and no manifest comes near. */
const LARGEST = 4 * 1024 * 1024;

/** Values that aliases may come to; a bomb of ten lines comes to a billion. */
const MOST_VALUES = 200_000;

/** Parses the text; a tag is put as `longForm` says. Throws InputError with line and column. */
export function readYaml(path: string, text: string, longForm: (tag: string) => string | null = () => null): YamlDocument {
  if (text.length > LARGEST)
    throw new InputError(placeOf(path), `expected at most ${LARGEST / 1024 / 1024} MB, got ${Math.ceil(text.length / 1024 / 1024)} MB`);
  refuseNesting(path, text);
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, merge: true, logLevel: 'silent' });
  const at = (offset: number): Place => placeOf(path, lines.linePos(offset).line, lines.linePos(offset).col);
  const [error] = yaml.errors;
  if (error) {
    const cut = error.pos[0] >= text.trimEnd().length - 1;
    throw new InputError(
      at(error.pos[0]),
      `expected YAML or JSON, got ${cut ? 'the end of the file; it is half-written: write it again' : error.message.split('\n')[0]}`,
    );
  }
  return { value: plainOf(yaml, path, longForm), place: (keys) => at(offsetOf(yaml, keys)) };
}

/** Brackets within brackets, before the parser, which would go down by recursion. */
function refuseNesting(path: string, text: string): void {
  let depth = 0;
  for (const [at] of text.matchAll(/[[\]{}]/g)) {
    depth = at === '[' || at === '{' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > DEEPEST) throw new InputError(placeOf(path), `expected at most ${DEEPEST} levels of nesting, got more`);
  }
}

function plainOf(yaml: Document.Parsed, path: string, longForm: (tag: string) => string | null): Plain {
  let values = 0;
  const within = new Set<Node>();
  const plain = (node: unknown, depth: number): Plain => {
    if (++values > MOST_VALUES) throw new InputError(placeOf(path), `expected at most ${MOST_VALUES} values, aliases included, got more`);
    if (depth > DEEPEST) throw new InputError(placeOf(path), `expected at most ${DEEPEST} levels of nesting, got more`);
    if (isAlias(node)) {
      const target = node.resolve(yaml);
      if (target === undefined || within.has(target))
        throw new InputError(placeOf(path), `expected an anchor before *${node.source}, got none, or one around it`);
      within.add(target);
      const value = plain(target, depth + 1);
      within.delete(target);
      return value;
    }
    const long = (node as Node | null)?.tag === undefined ? null : longForm(String((node as Node).tag));
    const value = bare(node, depth);
    return long === null ? value : { [long]: value };
  };
  const bare = (node: unknown, depth: number): Plain => {
    if (isMap(node)) {
      const entries = node.items.flatMap(({ key, value }): (readonly [string, Plain])[] => {
        const name = String(isScalar(key) ? key.value : key);
        const inner = plain(value, depth + 1);
        if (name !== '<<' || typeof inner !== 'object' || inner === null) return [[name, inner]];
        return [inner].flat().flatMap((one) => Object.entries(one ?? {}) as (readonly [string, Plain])[]);
      });
      return Object.fromEntries(entries);
    }
    if (isSeq(node)) return node.items.map((item) => plain(item, depth + 1));
    const value = isScalar(node) ? node.value : null;
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : value === null
        ? null
        : String(value);
  };
  return plain(yaml.contents, 0);
}
