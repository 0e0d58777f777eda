/** Finds GraphQL in TypeScript and JavaScript. */
import type { Found, FoundDocument, Language, SeenVariables, Tree, TypenameComparison, Unresolved } from '../found.ts';
import { mayHoldGraphql } from '../prefilter.ts';
import type { SourceFile } from '../source-file.ts';
import { isUnknown, type Run, type Unknown } from '../text-value.ts';
import { type Names, namesOf } from './bindings.ts';
import { comparisonsIn } from './comparisons.ts';
import { definitionName } from './definition-name.ts';
import { linksIn } from './links.ts';
import { innermostRoot, isGraphql, type Made, Maker } from './made-text.ts';
import { moduleOf } from './modules.ts';
import { Reader } from './reader.ts';
import { rootsOf } from './roots.ts';
import { isTree, parseFile } from './syntax-tree.ts';

/** Extensions of the files that this finder reads. */
export const typescriptFile = /\.[mc]?[jt]sx?$/;

/** Finds every document, every one that cannot be told, and every comparison of `__typename` of a file. */
export function findInTypeScript(file: SourceFile, tree: Tree): Found {
  const nothing: Found = { documents: [], unresolved: [], comparisons: [] };
  if (!mayHoldGraphql(file.text)) return nothing;
  const parsed = parseFile(file);
  if (!isTree(parsed)) {
    const message = `the file cannot be parsed: ${parsed.message}`;
    return { ...nothing, unresolved: [{ place: file.placeOf(parsed.at), name: '<module>', reason: 'syntax', message }] };
  }
  return new Finding(namesOf(parsed), tree).found();
}

export const languageOf = (path: string): Language => (/\.[mc]?tsx?$/.test(path) ? 'typescript' : 'javascript');

/** One file being read. */
class Finding {
  readonly #names: Names;
  readonly #maker: Maker;

  constructor(names: Names, tree: Tree) {
    this.#names = names;
    this.#maker = new Maker(new Reader(tree));
  }

  found(): Found {
    const names = this.#names;
    const made = new Map<unknown, Made>();
    const { made: roots, marked } = rootsOf(names);
    for (const root of [...roots, ...marked]) {
      const one = this.#maker.make(root, names);
      if (isGraphql(one)) made.set(root, one);
    }
    const links = linksIn(this.#maker, names);
    for (const one of links.documents.keys()) if (one.names === names) made.set(one.node, one);
    const sent = new Set([...links.documents.keys()].map(({ node }) => node));
    const accounted = this.#accounted([...made.values()]);
    const documents: FoundDocument[] = [...links.files];
    const unresolved: Unresolved[] = [...links.unresolved];
    for (const one of made.values()) {
      const certain = marked.has(one.node as never) || sent.has(one.node);
      const isPart = accounted.here.has(one.node) && !this.#maker.usedAsIs.has(one.node);
      if (!certain && isPart) continue;
      const shown = this.#shown(one, links.documents.get(one) ?? [], certain);
      // What its callers give is said where they call.
      if (isPart) shown.unresolved = shown.unresolved.filter(({ reason }) => reason !== 'parameter');
      documents.push(...shown.documents);
      unresolved.push(...shown.unresolved);
    }
    for (const [one, variables] of links.documents) {
      if (one.names !== names && !one.hole) documents.push(...this.#shown(one, variables, true).documents);
    }
    const byPlace = <T extends { readonly place: { readonly file: string; readonly line: number; readonly column: number } }>(a: T, b: T) =>
      a.place.file.localeCompare(b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column;
    const comparisons: readonly TypenameComparison[] = comparisonsIn(this.#maker.reader, names);
    return {
      documents: documents.sort(byPlace),
      unresolved: withoutRepetition(unresolved).sort(byPlace),
      comparisons,
      ...(accounted.elsewhere.length > 0 && { pieces: accounted.elsewhere, completed: accounted.elsewhere }),
    };
  }

  /** A made text as documents, or as what is not known of it. */
  #shown(made: Made, variables: readonly SeenVariables[], certain: boolean): { documents: FoundDocument[]; unresolved: Unresolved[] } {
    const { file } = made.names.tree;
    const place = file.placeOf(made.at);
    const name = definitionName(made.node);
    const documents: FoundDocument[] = [];
    let hole: Unknown | undefined;
    const wanted = made.variants.filter((_, index) => made.shapes[index] === 'document' || made.shapes[index] === 'broken');
    for (const variant of wanted) {
      const unknown = variant.find(isUnknown);
      // What is nothing but a parameter is a wrapper's own, and said where the wrapper is called.
      if (unknown !== undefined) hole ??= variant.every(isUnknown) && unknown.reason === 'parameter' ? undefined : unknown;
      else {
        const runs = variant.filter((one): one is Run => !isUnknown(one));
        const text = runs.map((run) => run.text).join('');
        const passed = certain ? {} : { passed: false };
        documents.push({ language: languageOf(file.path), place, name, text, runs, variant: documents.length + 1, variables, ...passed });
      }
    }
    if (documents.length === 1 && documents[0] !== undefined && wanted.length === 1) documents[0] = { ...documents[0], variant: null };
    return { documents, unresolved: hole === undefined ? [] : [unresolvedAt(hole, place, name, file)] };
  }

  /** Expressions that are only parts of the texts that others make. */
  #accounted(made: readonly Made[]): { readonly here: ReadonlySet<unknown>; readonly elsewhere: readonly Unresolved['place'][] } {
    const here = new Set<unknown>();
    const elsewhere = new Map<string, Unresolved['place']>();
    for (const one of made) {
      const seen = new Set<Run>();
      for (const run of one.variants.flat()) {
        if (isUnknown(run) || seen.has(run)) continue;
        seen.add(run);
        const names = run.file === this.#names.tree.file ? this.#names : moduleOf(run.file);
        const root = names === null ? null : innermostRoot(names, run.at);
        if (names === null || root === null || root === one.node) continue;
        if (names === this.#names) here.add(root);
        else {
          const place = run.file.placeOf(root.start);
          elsewhere.set(`${place.file}:${place.line}:${place.column}`, place);
        }
      }
    }
    return { here, elsewhere: [...elsewhere.values()] };
  }
}

/** What is not known of a document, as one sentence. */
export function unresolvedAt(hole: Unknown, place: Unresolved['place'], name: string, file: SourceFile): Unresolved {
  const at = hole.file.placeOf(hole.at);
  const where = hole.file === file ? `line ${at.line}` : `${at.file}:${at.line}`;
  return {
    place,
    name,
    reason: hole.reason,
    message: `the text of this document holds \`${hole.what}\` (${where}), ${because[hole.reason]}`,
  };
}

const because: Readonly<Record<Unknown['reason'], string>> = {
  parameter: 'which its callers give',
  call: 'which a call makes that is not read',
  attribute: 'a member whose value is not known',
  import: 'which is imported from outside of the tree',
  loop: 'which a loop makes',
  reassigned: 'which is written in other places',
  subscript: 'an element that is not known',
  format: 'a format that is not known',
  operator: 'which an operation makes that is not read',
  'too-many-variants': 'which can be more texts than are read',
  cyclic: 'which is made of itself',
  'not-found': 'which is declared nowhere',
};

function withoutRepetition(unresolved: readonly Unresolved[]): Unresolved[] {
  const seen = new Set<string>();
  return unresolved.filter(({ place, reason }) => {
    const key = `${place.file}:${place.line}:${place.column} ${reason}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
