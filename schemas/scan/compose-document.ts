/** The document as it is sent: with the fragments that it spreads from elsewhere in the tree, and without those that it holds twice. */
import { Kind, print } from 'graphql';
import type { FoundDocument } from '../inventory/found.ts';
import { type Run, sliceRuns } from '../inventory/text-value.ts';
import { type Parsed, parseOnce } from '../prepared-document.ts';
import { type FragmentIndex, type FragmentInTree, spreadsOf } from './fragment-index.ts';

export interface Composed {
  readonly text: string;
  readonly runs: readonly Run[];
  readonly parsed: Parsed;
}

/** The text that is judged, whose runs still say where each piece stands. */
export function composeDocument(found: FoundDocument, index: FragmentIndex): Composed {
  const parsed = index.takeParsed(found) ?? parseOnce(found.text);
  const own = { text: found.text, runs: found.runs, parsed };
  if (!parsed.document) return own;
  const kept = withoutRepeats(found, parsed);
  const added = missingFragments(found, parsed, index);
  if (kept === found.runs && added.length === 0) return own;
  const runs = [...kept];
  for (const { found: from, start, end } of added) {
    const slice = sliceRuns(from.runs, start, end);
    const [first] = slice;
    if (first) runs.push({ text: '\n', file: first.file, at: first.at, verbatim: false }, ...slice);
  }
  const text = runs.map((run) => run.text).join('');
  return { text, runs, parsed: parseOnce(text) };
}

/** Tags such as `gql` drop a fragment that came in twice with the same text; a plain string is sent as it is. */
function withoutRepeats(found: FoundDocument, parsed: Parsed): readonly Run[] {
  const languages: readonly string[] = ['javascript', 'typescript'];
  if (!languages.includes(found.language) || !parsed.document) return found.runs;
  const seen = new Map<string, string>();
  const repeats: { readonly start: number; readonly end: number }[] = [];
  for (const node of parsed.document.definitions) {
    if (node.kind !== Kind.FRAGMENT_DEFINITION || !node.loc) continue;
    // Printing is for names that come twice, which is rare.
    const meaning = parsed.fragments.get(node.name.value) === node && !seen.has(node.name.value) ? null : print(node);
    if (meaning === null) continue;
    if (seen.get(node.name.value) === meaning) repeats.push(node.loc);
    else seen.set(node.name.value, meaning);
  }
  if (repeats.length === 0) return found.runs;
  const runs: Run[] = [];
  let from = 0;
  for (const { start, end } of repeats) {
    runs.push(...sliceRuns(found.runs, from, start));
    from = end;
  }
  return [...runs, ...sliceRuns(found.runs, from)];
}

function missingFragments(found: FoundDocument, parsed: Parsed, index: FragmentIndex): readonly FragmentInTree[] {
  if (!parsed.document) return [];
  const added = new Map<string, FragmentInTree>();
  const asked = spreadsOf(parsed.document, found.text).map((name) => ({ name, from: found }));
  // The list grows while it is walked: a fragment may spread another, and means first of all one of its own file.
  for (const { name, from } of asked) {
    if (parsed.fragments.has(name) || added.has(name)) continue;
    const fragment = index.find(name, from);
    if (!fragment) continue;
    added.set(name, fragment);
    asked.push(...fragment.spreads.map((below) => ({ name: below, from: fragment.found })));
  }
  return [...added.values()];
}
