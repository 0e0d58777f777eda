/** What a row of `outcomes.ts` says, and how its facts are read off an operation's parameters. */
import type { ErrorClass, ErrorDetail } from '../errors.ts';
import { EXACT_FACTS } from '../errors.ts';
import type { BackendName } from '../quilt-ops.ts';

type Fact = (typeof EXACT_FACTS)[number];

/**
 * Where each fact of an error comes from: `$name` is the parameter `name` of the call, and a parameter that was not given leaves its fact
 * out; `$registry` is the bucket of the parameter `registry`, or the session's default; anything else stands for itself. A fact that a
 * template does not have is absent from the error.
 */
export type Facts = { readonly [F in Fact]?: string };

/** What an operation must do: answer with a value (`says` tells which, beyond its shape), or throw an error of a class with exactly these facts. */
export type Result =
  | { readonly kind: 'value'; readonly says: string }
  | { readonly kind: 'error'; readonly class: ErrorClass; readonly facts: Facts; readonly code?: string };

/** Where two clients truly do different things: what each does, and which of them the rest must follow. */
export interface Differs {
  readonly [backend: string]: string;
  readonly contract: BackendName | 'both stand';
}

export interface Outcome {
  readonly result: Result;
  /** A run of a named client version, a line of the Platform schema, an incident, or `choice:` with its reason where nothing else says. */
  readonly evidence: string;
  /** `client`: every backend tells it from the parameters alone, before any request, in the order of the rows; nothing is written. */
  readonly told: 'client' | 'server';
  readonly differs?: Differs;
}

/** Outcomes of one operation, by precondition. */
export type Rows = Readonly<Record<string, Outcome>>;

type More = { readonly differs?: Differs; readonly code?: string };

/** A row whose operation succeeds. */
export function succeeds(says: string, evidence: string, more: More = {}): Outcome {
  return { result: { kind: 'value', says }, evidence, told: 'server', ...(more.differs && { differs: more.differs }) };
}

/** A row whose operation is refused by what is there, or by who asks. */
export function fails(errorClass: ErrorClass, facts: Facts, evidence: string, more: More = {}): Outcome {
  const result: Result = { kind: 'error', class: errorClass, facts, ...(more.code !== undefined && { code: more.code }) };
  return { result, evidence, told: 'server', ...(more.differs && { differs: more.differs }) };
}

/** A row whose operation is refused for a parameter, before any request. */
export function rejects(field: string, evidence: string, more: More = {}): Outcome {
  return { ...fails('ValidationError', { field }, evidence, more), told: 'client' };
}

/** The facts that an error has after a call with these parameters; `bucket` is the bucket that the call went to. */
export function factsOf(facts: Facts, params: Readonly<Record<string, unknown>>, bucket: string): ErrorDetail {
  const detail: Partial<Record<Fact, string>> = {};
  for (const fact of EXACT_FACTS) {
    const value = factOf(facts[fact], params, bucket);
    if (value !== undefined) detail[fact] = value;
  }
  return detail;
}

function factOf(template: string | undefined, params: Readonly<Record<string, unknown>>, bucket: string): string | undefined {
  if (template === undefined || !template.startsWith('$')) return template;
  if (template === '$registry') return bucket;
  const value = params[template.slice(1)];
  return typeof value === 'string' ? value : undefined;
}
