/**
 * Waivers: what a team accepts for a while, in YAML: `{ file (glob), name, rule or reason, because, owner, expires }`. One with `rule` accepts a violation,
 * one with `reason` an unresolved text. Each names one thing: a definition in the program, an operation, or a compared type.
 */
import { type Document, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Unresolved } from '../inventory/found.ts';
import { rulesById } from '../rules/rules.ts';
import { didYouMean } from '../suggest.ts';
import type { Waivers } from './apply-waivers.ts';

/** A waivers file that cannot be used; the message lists every mistake as `file:line:column: what`. */
export class WaiversError extends Error {
  override readonly name = 'WaiversError';
}

/** Every reason there is; one that is new does not compile until it stands here. */
const EVERY_REASON: Readonly<Record<Unresolved['reason'], true>> = {
  parameter: true,
  call: true,
  attribute: true,
  import: true,
  loop: true,
  reassigned: true,
  subscript: true,
  format: true,
  operator: true,
  'too-many-variants': true,
  cyclic: true,
  'not-found': true,
  syntax: true,
  encoding: true,
  'too-large': true,
  unreadable: true,
};
const REASONS = Object.keys(EVERY_REASON);
const text = z.string('expected a string; put the value in quotes').min(1, 'expected some text');
const known = (names: readonly string[], what: string) =>
  text.refine((name) => names.includes(name), { error: ({ input }) => `expected ${what}${didYouMean(String(input), names)}` });

const entry = z
  .strictObject(
    {
      file: text,
      name: text.refine((name) => !/[*?]/.test(name), 'expected the name of one definition, without * or ?'),
      rule: known([...rulesById.keys()], 'the id of a rule').optional(),
      reason: known(REASONS, `one of ${REASONS.join(', ')}`).optional(),
      because: text,
      owner: text,
      expires: z.iso.date('expected the last day on which it holds, as YYYY-MM-DD'),
    },
    'expected a mapping',
  )
  .refine(({ rule, reason }) => (rule === undefined) !== (reason === undefined), 'expected either rule or reason');

/** The entries in the text of a waivers file. Throws WaiversError with every mistake in it. */
export function parseWaivers(path: string, source: string): Waivers {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number) => {
    const { line, col } = counter.linePos(offset);
    return { line, column: col };
  };
  const say = (offset: number, what: string) => `${path}:${at(offset).line}:${at(offset).column}: ${what}`;
  const broken = [...document.errors, ...document.warnings].map((error) => say(error.pos[0], error.message));
  if (broken.length > 0) throw new WaiversError(broken.join('\n'));
  const parsed = z.array(entry, 'expected a list of waivers').safeParse(document.toJS() ?? [], { reportInput: true });
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => {
      const keys = issue.code === 'unrecognized_keys' ? `: ${issue.keys.join(', ')}; expected ${Object.keys(entry.shape).join(', ')}` : '';
      const key = issue.path.length > 1 ? `${String(issue.path.at(-1))}: ` : '';
      const got = issue.path.length > 1 ? `, got ${issue.input === undefined ? 'nothing' : JSON.stringify(issue.input)}` : '';
      return say(offsetOf(document, issue.path), `${key}${issue.message}${keys}${got}`);
    });
    throw new WaiversError(errors.join('\n'));
  }
  return { path, entries: parsed.data.map((one, index) => ({ ...one, ...at(offsetOf(document, [index])) })) };
}

/** Where the node at the path begins, or the nearest one above it that is there. */
function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) return Number(node.range[0]);
  }
  return document.contents?.range[0] ?? 0;
}
