/** The variables that `--variables FILE` names, with the places of their values in the file. */
import { isMap, isScalar, isSeq, LineCounter, parseDocument as parseYaml } from 'yaml';
import type { Finding } from '../../schemas/finding.ts';
import { UsageError } from '../failure.ts';
import { readInput } from './scan-options.ts';

/** What a document from stdin is called. */
export const STDIN = '<stdin>';

export interface Variables {
  readonly value: Readonly<Record<string, unknown>>;
  /** Where what a finding is about stands; without a file, where the document declares it. */
  readonly placeOf: (finding: Finding) => { readonly file: string; readonly line: number; readonly column: number };
}

/** JSON variables, with the places of their values. Throws UsageError. */
export function readVariables(path: string | undefined): Variables {
  if (path === undefined) return { value: {}, placeOf: ({ line, column }) => ({ file: STDIN, line: line ?? 1, column: column ?? 1 }) };
  const text = readInput('--variables', path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--variables ${path}: expected JSON, got ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UsageError(`--variables ${path}: expected a JSON object, got ${JSON.stringify(value).slice(0, 40)}`);
  const lines = new LineCounter();
  // JSON is YAML, and YAML's nodes know where they stand.
  const { contents } = parseYaml(text, { lineCounter: lines, prettyErrors: false });
  return {
    value: value as Readonly<Record<string, unknown>>,
    placeOf(finding) {
      let node: unknown = contents;
      let offset = contents?.range[0] ?? 0;
      for (const step of (finding.path ?? '').split('.')) {
        const pair: unknown = isMap(node) ? node.items.find(({ key }) => isScalar(key) && key.value === step) : null;
        const at: unknown = isMap(node) ? (pair as { key?: unknown } | undefined)?.key : isSeq(node) ? node.items[Number(step)] : null;
        if (at === null || at === undefined) break;
        offset = (at as { range?: [number] }).range?.[0] ?? offset;
        node = isMap(node) ? (pair as { value?: unknown } | undefined)?.value : at;
      }
      const { line, col } = lines.linePos(offset);
      return { file: path, line, column: col };
    },
  };
}
