/** Gathers the texts that a file makes and passes, and says which of them are documents. */
import type { SyntaxNode } from '@lezer/common';
import type { Found, FoundDocument, SeenVariables, TypenameComparison, Unresolved } from '../found.ts';
import { mergeFound } from '../merge-found.ts';
import type { Place, SourceFile } from '../source-file.ts';
import { isUnknown, type Run, type Unknown, type Variant } from '../text-value.ts';
import { isForPeople } from './context.ts';
import type { Frame, Recorder, SeenCall } from './frame.ts';
import { goesOnAsGraphql, isUnfilled, shapeOf } from './shape.ts';
import { type Passed, passedBy, payloadsIn } from './sinks.ts';
import { sourceOf } from './syntax.ts';
import { textsIn } from './texts.ts';
import { tracedVariables } from './trace.ts';
import { type At, alternativesOf, type FunctionValue, type Origin, type Text, type Value } from './value.ts';
import { keyOf, worldsOf } from './worlds.ts';

interface Candidate {
  readonly text: Text;
  readonly node: SyntaxNode | null;
}

interface Use {
  readonly variables: SeenVariables | null;
}

const originKey = (origin: Origin): string => `${origin.file.path}:${origin.at}:${origin.to}`;
const textKey = (origin: Origin, variant: Variant): string => `${originKey(origin)}\0${keyOf(variant)}`;

export class Collector implements Recorder {
  readonly queue: FunctionValue[] = [];
  readonly #file: SourceFile;
  readonly #candidates: Candidate[] = [];
  /** Origin → origins of the texts that it has become a piece of. */
  readonly #wholes = new Map<string, Set<string>>();
  /** Origin and text → how it was passed. */
  readonly #uses = new Map<string, Use[]>();
  readonly #results: Value[] = [];
  readonly #comparisons = new Map<string, TypenameComparison>();
  readonly #unresolved = new Map<string, Unresolved>();
  readonly #bound = new Set<string>();
  readonly #tooMany = new Set<string>();
  /** Origins of texts that were passed as documents. */
  readonly #used = new Set<string>();
  /** Statements of the file whose syntax is broken: what they make is not what was meant. */
  readonly #broken: { readonly from: number; readonly to: number }[] = [];
  readonly #origins = new Map<string, Origin>();

  constructor(file: SourceFile) {
    this.#file = file;
  }

  made(text: Text, node: SyntaxNode): void {
    this.#candidates.push({ text, node });
  }

  bound(origin: Origin): void {
    this.#bound.add(originKey(origin));
    this.#origins.set(originKey(origin), origin);
  }

  consumed(piece: Value, by: Origin): void {
    if (piece.kind === 'unknown' || piece.kind === 'scalar') return;
    const whole = originKey(by);
    for (const one of alternativesOf(piece)) {
      if (one.kind !== 'text') continue;
      const key = originKey(one.origin);
      if (key === whole) continue;
      this.#origins.set(key, one.origin);
      const wholes = this.#wholes.get(key);
      if (wholes === undefined) this.#wholes.set(key, new Set([whole]));
      else wholes.add(whole);
    }
  }

  called(call: SeenCall, frame: Frame): void {
    if (call.callee.kind === 'function') this.#results.push(call.result);
    for (const passed of passedBy(call, frame)) this.#pass(passed, frame, call);
  }

  returned(value: Value, frame: Frame): void {
    if (value.kind === 'object') for (const passed of payloadsIn(value, frame.state)) this.#pass(passed, frame, null);
  }

  compared(place: At, typeName: string): void {
    const at = place.file.placeOf(place.at);
    this.#comparisons.set(`${at.file}:${place.at}`, { place: at, typeName });
  }

  defined(fn: FunctionValue): void {
    this.queue.push(fn);
  }

  tooDeep(node: SyntaxNode, frame: Frame): void {
    const message = `what nests deeper than 250 levels is not read: ${sourceOf(frame.file, node).slice(0, 40)}`;
    this.unresolved({
      place: frame.file.placeOf(node.from),
      name: frame.scope === '' ? '<module>' : frame.scope,
      reason: 'too-large',
      message,
    });
  }

  unresolved(one: Unresolved): void {
    const key = `${one.place.file}:${one.place.line}:${one.place.column}:${one.reason}`;
    if (!this.#unresolved.has(key)) this.#unresolved.set(key, one);
  }

  #pass(passed: Passed, frame: Frame, call: SeenCall | null): void {
    const texts = textsIn(passed.document);
    for (const { text, decisions, loose } of texts) {
      if (text.kind === 'unknown') {
        if (passed.sure && text.reason !== 'parameter' && text.reason !== 'operator') this.#passUnknown(text, frame, call);
        continue;
      }
      const worlds = worldsOf(text.text);
      if (worlds === null) continue;
      for (const world of worlds) {
        const shape = shapeOf(world.variant);
        if (shape === null && !(passed.sure && mayGoOn(world.variant))) continue;
        if (shape === 'told' && !passed.likely) continue;
        const ways = new Map([...decisions, ...world.decisions]);
        const key = textKey(text.origin, world.variant);
        const uses = this.#uses.get(key) ?? [];
        this.#uses.set(key, uses);
        this.#used.add(originKey(text.origin));
        const attached = loose && texts.length > 1 ? [] : tracedVariables(passed, ways, frame, call, text.origin);
        for (const variables of attached.length === 0 ? [null] : attached) {
          if (!uses.some((use) => sameVariables(use.variables, variables))) uses.push({ variables });
        }
      }
      this.#candidates.push({ text, node: null });
    }
  }

  /** Something goes where GraphQL goes, and nothing of its text is known. */
  #passUnknown(hole: Unknown, frame: Frame, call: SeenCall | null): void {
    const node = call?.args[0]?.node;
    const at = hole.file === frame.file ? hole.at : (node?.from ?? call?.node.from ?? 0);
    const name = frame.scope === '' ? (frame.target ?? '<module>') : frame.scope;
    this.unresolved({ place: frame.file.placeOf(at), name, reason: hole.reason, message: sentenceOf(hole, call?.name ?? null) });
  }

  /** A statement cannot be read as it was meant. */
  broken(range: { readonly from: number; readonly to: number }): void {
    this.#broken.push({ from: range.from, to: range.to });
  }

  #isBroken(origin: Origin): boolean {
    return origin.file === this.#file && this.#broken.some((range) => range.from <= origin.at && origin.at < range.to);
  }

  /** Works out what every call gives that was seen. */
  settle(): void {
    for (const result of this.#results) {
      for (const { text } of textsIn(result)) if (text.kind === 'text') this.#candidates.push({ text, node: null });
    }
  }

  /** What was found, once everything has been read. */
  found(): Found {
    const shaped = this.#shaped();
    const whole = new Set([...this.#tooMany, ...[...shaped.values()].map(({ text }) => originKey(text.origin))]);
    const documents = new Map<string, FoundDocument & { variables: SeenVariables[]; passed: boolean }>();
    for (const { text, variant, uses } of shaped.values()) {
      if (uses.length === 0 && this.#isPiece(text.origin, whole)) continue;
      const holes = variant.filter(isUnknown);
      if (holes.length > 0) {
        const parameters = holes.every((hole) => hole.reason === 'parameter');
        if (!(parameters && this.#bound.has(originKey(text.origin)))) this.#holes(text, holes);
        continue;
      }
      const runs = variant.filter((one): one is Run => !isUnknown(one));
      const joined = runs.map((run) => run.text).join('');
      const place = text.origin.file.placeOf(text.origin.at);
      const unfilled = isUnfilled(joined);
      if (unfilled !== null) {
        const message = `a template that nothing is seen to fill: ${unfilled}`;
        this.unresolved({ place, name: text.origin.name, reason: 'format', message });
        continue;
      }
      const key = `${place.file}:${text.origin.at}\0${joined}`;
      let document = documents.get(key);
      if (document === undefined) {
        document = { language: 'python', place, name: text.origin.name, text: joined, runs, variant: null, variables: [], passed: false };
        documents.set(key, document);
      }
      document.passed ||= uses.length > 0;
      for (const use of uses) if (use.variables !== null) document.variables.push(use.variables);
    }
    const mine = {
      documents: [...documents.values()],
      unresolved: [...this.#unresolved.values()],
      comparisons: [...this.#comparisons.values()],
    };
    return { ...mergeFound([mine]), ...this.#elsewhere(whole) };
  }

  /** Texts that are GraphQL by shape, or by where they go. */
  #shaped(): Map<string, { text: Text; variant: Variant; uses: readonly Use[] }> {
    const shaped = new Map<string, { text: Text; variant: Variant; uses: readonly Use[] }>();
    const seen = new Set<string>();
    const groups: (readonly [string, { text: Text; variant: Variant; uses: readonly Use[] }])[][] = [];
    const wholes = new Set<string>();
    // A whole is made after its pieces; a piece of one that is GraphQL need not be looked at.
    for (const { text, node } of this.#candidates.toReversed()) {
      const own = originKey(text.origin);
      if (this.#isBroken(text.origin)) continue;
      if (!this.#used.has(own) && [...(this.#wholes.get(own) ?? [])].some((one) => wholes.has(one))) {
        wholes.add(own);
        continue;
      }
      const worlds = worldsOf(text.text);
      if (worlds === null) {
        if (startsAsGraphql(text)) {
          const message = 'it can be more than 64 texts';
          this.#tooMany.add(own);
          wholes.add(own);
          this.unresolved({
            place: text.origin.file.placeOf(text.origin.at),
            name: text.origin.name,
            reason: 'too-many-variants',
            message,
          });
        }
        continue;
      }
      const group: (typeof groups)[number] = [];
      groups.push(group);
      for (const { variant } of worlds) {
        const key = textKey(text.origin, variant);
        if (seen.has(key)) continue;
        const uses = this.#uses.get(key) ?? [];
        const shape = shapeOf(variant);
        if (uses.length === 0 && (shape !== 'sent' || (node !== null && isForPeople(node, this.#file)))) continue;
        seen.add(key);
        group.push([key, { text, variant, uses }]);
        wholes.add(own);
      }
    }
    for (const group of groups.reverse()) for (const [key, one] of group) shaped.set(key, one);
    return shaped;
  }

  /** What becomes here of texts of other files. */
  #elsewhere(whole: ReadonlySet<string>): { pieces: Place[]; completed: Place[] } {
    const origins = [...this.#origins.values()].filter((origin) => origin.file !== this.#file);
    const places = (some: readonly Origin[]): Place[] => some.map((origin) => origin.file.placeOf(origin.at));
    return {
      pieces: places(origins.filter((origin) => this.#isPiece(origin, whole))),
      completed: places(origins.filter((origin) => this.#bound.has(originKey(origin)))),
    };
  }

  /** Whether a text is a piece of another that is GraphQL. */
  #isPiece(origin: Origin, whole: ReadonlySet<string>): boolean {
    const seen = new Set<string>();
    const waiting = [originKey(origin)];
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      for (const next of this.#wholes.get(key) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        if (whole.has(next)) return true;
        waiting.push(next);
      }
    }
    return false;
  }

  #holes(text: Text, holes: readonly Unknown[]): void {
    const place = text.origin.file.placeOf(text.origin.at);
    for (const hole of holes) {
      const at = hole.file.placeOf(hole.at);
      const message = `${sentenceOf(hole, null)} (${at.file === place.file ? 'line' : `${at.file}, line`} ${at.line})`;
      this.unresolved({ place, name: text.origin.name, reason: hole.reason, message });
    }
  }
}

/** One dictionary that goes through several calls is passed once. */
const sameVariables = (one: SeenVariables | null, other: SeenVariables | null): boolean =>
  one === other ||
  (one !== null &&
    other !== null &&
    one.value.file === other.value.file &&
    one.value.at === other.value.at &&
    one.operationName === other.operationName &&
    JSON.stringify(one.value, withoutFile) === JSON.stringify(other.value, withoutFile));
const withoutFile = (key: string, value: unknown): unknown => (key === 'file' ? undefined : value);

const mayGoOn = (variant: Variant): boolean => variant.some(isUnknown) && goesOnAsGraphql(variant);

function startsAsGraphql(text: Text): boolean {
  let value = text.text;
  for (;;) {
    if (value.kind === 'text')
      return /^[\s,]*(#[^\n]*\s*)*(query|mutation|subscription|fragment|\{)/.test(value.runs.map((run) => run.text).join(''));
    const first =
      value.kind === 'joined'
        ? value.parts.find((part) => part.kind !== 'text' || part.runs.length > 0)
        : value.kind === 'choice'
          ? value.of[0]
          : value.kind === 'mapped'
            ? value.of
            : undefined;
    if (first === undefined) return false;
    value = first;
  }
}

const SENTENCES: Readonly<Record<Unknown['reason'], string>> = {
  parameter: 'is a parameter, and no call is seen that gives it',
  call: 'is what a call gives, which cannot be read',
  attribute: 'is an attribute that is not known',
  import: 'comes from a module that is not part of the sources',
  loop: 'is put together in a loop',
  reassigned: 'is set in more than one place',
  subscript: 'is an item that is not known',
  format: 'is formatted in a way that is not followed',
  operator: 'is worked out in a way that is not followed',
  'too-many-variants': 'can be too many texts',
  cyclic: 'is defined by itself',
  'not-found': 'is not defined in the sources',
};

function sentenceOf(hole: Unknown, call: string | null): string {
  return `${call === null ? '' : `what ${call} is given is not known: `}${JSON.stringify(hole.what)} ${SENTENCES[hole.reason]}`;
}
