/** One pass over a source tree: every document, by every schema, under a policy and its waivers. */
import type { Contract } from '../contract.ts';
import { extensionOf, type Finders } from '../inventory/finders.ts';
import type { Finder, Found, Tree, TypenameComparison, Unresolved } from '../inventory/found.ts';
import { mergeFound } from '../inventory/merge-found.ts';
import type { Place, SourceFile } from '../inventory/source-file.ts';
import { defaultPolicy, type Policy, severityOf } from '../rules/policy.ts';
import { judgeTypename } from '../rules/unknown-typename.ts';
import { applyWaivers, type Waivers } from './apply-waivers.ts';
import { indexFragments } from './fragment-index.ts';
import { eachOnce, judgeReady, placeOf, type ReadyDocument, readyDocuments } from './judge-found.ts';
import { byPlace, type MatrixRow, type ScannedUnresolved, type ScanResult, type Violation } from './violation.ts';

/** The files of a scan. What could not be read as text is said by the tree. */
export interface SourceTree extends Tree {
  readonly paths: readonly string[];
  readonly unreadable: readonly Unresolved[];
}

export interface NamedContract {
  readonly name: string;
  readonly contract: Contract;
}

export interface ScanSettings {
  readonly policy?: Policy;
  readonly waivers?: Waivers | null;
  /** YYYY-MM-DD, for the waivers' last days. */
  readonly today: string;
  /** Answers for finders that were asked before; without it every file is read anew. */
  readonly remember?: Remember;
}

/** What `find` finds in the file with the tree that it is given, or what it is known to find. */
export type Remember = (file: SourceFile, tree: Tree, find: (tree: Tree) => Found) => Found;

/** Finds, judges and waives. Files without a finder are left out. Never throws for what stands in a file. */
export async function scan(
  tree: SourceTree,
  contracts: readonly NamedContract[],
  finders: Finders,
  { policy = defaultPolicy, waivers = null, today, remember }: ScanSettings,
): Promise<ScanResult> {
  const found = await findAll(tree, finders, remember);
  return judgeAll(found, contracts, { policy, waivers, today });
}

export interface FoundInTree extends Found {
  readonly files: number;
}

/** What the finders find in every file of the tree. A finder that throws is a defect, told as a file that could not be read, with its message. */
export async function findAll(tree: SourceTree, finders: Finders, remember: Remember = (_, all, find) => find(all)): Promise<FoundInTree> {
  const loaded = new Map<string, Finder>();
  const founds: Found[] = [{ documents: [], unresolved: tree.unreadable, comparisons: [] }];
  let files = 0;
  for (const path of tree.paths) {
    const extension = extensionOf(path);
    const load = finders[extension];
    if (!load) continue;
    const finder = loaded.get(extension) ?? (await load());
    loaded.set(extension, finder);
    const file = tree.read(path);
    if (!file) continue;
    files++;
    founds.push(remember(file, tree, (seen) => findIn(finder, file, seen)));
  }
  return { files, ...mergeFound(founds) };
}

function findIn(finder: Finder, file: Parameters<Finder>[0], tree: Tree): Found {
  try {
    return finder(file, tree);
  } catch (error) {
    const message = `a defect of Crosscheck itself: ${error instanceof Error ? error.message : String(error)}`;
    return { documents: [], comparisons: [], unresolved: [{ place: file.placeOf(0), name: '<module>', reason: 'unreadable', message }] };
  }
}

/** Judges what was found; the second half of `scan`. */
export function judgeAll(
  found: FoundInTree,
  contracts: readonly NamedContract[],
  { policy, waivers, today }: Required<Omit<ScanSettings, 'remember'>>,
): ScanResult {
  const index = indexFragments(found.documents);
  const violations: Violation[] = [];
  const rows = new Map<string, MatrixRow>();
  let documents = 0;
  // One document at a time by all schemas: the parses of a large tree would not fit.
  for (const document of readyDocuments(found.documents, index)) {
    documents++;
    for (const { name, contract } of contracts) {
      const said = judgeReady(contract, document, index, { schema: name, policy });
      violations.push(...said);
      noteRows(rows, document, name, said);
    }
  }
  for (const { name, contract } of contracts) {
    for (const comparison of found.comparisons) violations.push(...judgeComparison(contract, name, comparison, policy));
  }
  const unresolved = found.unresolved
    .map(({ place, name, reason, message }): ScannedUnresolved => ({ ...place, name, reason, message }))
    .sort(byPlace);
  const judged = { violations: eachOnce(violations), unresolved };
  const waived = applyWaivers(judged, waivers, today);
  return { files: found.files, documents, operations: [...rows.values()].sort(byPlace), ...waived };
}

function judgeComparison(
  contract: Contract,
  schema: string,
  { place, typeName }: TypenameComparison,
  policy: Policy,
): readonly Violation[] {
  const said = judgeTypename(contract, typeName);
  const severity = said && severityOf(policy, said.rule, said.severity);
  if (!said || !severity) return [];
  return [{ ...place, operation: null, name: typeName, rule: said.rule, severity, schema, message: said.message }];
}

/** The operations of a document by one schema; an expression's several texts are one row, with the worst of them. What cannot be parsed is one too. */
function noteRows(rows: Map<string, MatrixRow>, { found, composed }: ReadyDocument, schema: string, said: readonly Violation[]) {
  const note = (operation: string, place: Place) => {
    const key = JSON.stringify([place, operation]);
    const row = rows.get(key) ?? { ...place, operation, schemas: {} };
    // What is said of a fragment of several operations counts for each.
    const about = said.filter((one) => one.operation === operation || !names.has(one.operation));
    const severities = [row.schemas[schema], ...about.map((one) => one.severity)];
    const worst = severities.includes('error') ? 'error' : severities.includes('warning') ? 'warning' : 'fits';
    rows.set(key, { ...row, schemas: { ...row.schemas, [schema]: worst } });
  };
  const names = new Set<string | null>(composed.parsed.operations.map((node) => node.name?.value ?? found.name));
  if (composed.parsed.document === null) note(found.name, found.place);
  for (const node of composed.parsed.operations) note(node.name?.value ?? found.name, placeOf(composed, node.loc?.start ?? 0, found));
}
