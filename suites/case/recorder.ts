/** Numbers and writes down everything that one side of a case does, as it happens. */
import { QuiltError } from '../../backends/errors.ts';
import { type OperationName, operations } from '../../backends/operations.ts';
import { type Operations, type QuiltOps, toQuiltOps } from '../../backends/quilt-ops.ts';
import type { Json, Shape } from '../../backends/shapes.ts';
import type { Observation } from './observation.ts';

/** The case cannot be concluded: not the subject's fault, or not known to be. */
export class BrokenCase extends Error {
  override readonly name = 'BrokenCase';
}

export interface Recorder {
  readonly observations: readonly Observation[];
  /** Number that the next event will get. */
  readonly next: number;
  /** Resolves when everything that was begun has ended, waited for by the story or not. */
  settled(): Promise<void>;
  /** Runs something the world does as an event; its value is recorded unless `compare` says what to record of it. */
  event<T>(name: string, work: () => Promise<T>, compare?: (value: T) => Json): Promise<T>;
  /** The operations as a story calls them, each call an event. */
  record(ops: Operations, during: <T>(operation: string, work: () => Promise<T>) => Promise<T>): QuiltOps;
  /** True when an operation failed with something that is no QuiltError, or the world did. */
  readonly broken: BrokenCase | null;
}

export interface RecorderOptions {
  /** The world's clock, epoch milliseconds. */
  now(): number;
  /** Fetches a presigned URL at once and says what it gave: `content:SHA256:SIZE`, `refused:STATUS`, `endless:…`. */
  fetchPresigned(url: string): Promise<string>;
}

export function createRecorder(options: RecorderOptions): Recorder {
  const observations: (Observation | undefined)[] = [];
  let broken: BrokenCase | null = null;
  const open = new Set<Promise<unknown>>();
  /** A rejection that the story does not wait for is no trouble of the process: it stands in the observations. */
  const follow = <T>(work: Promise<T>): Promise<T> => {
    const ended = work.then(
      () => void open.delete(ended),
      () => void open.delete(ended),
    );
    open.add(ended);
    return work;
  };

  const begin = () => {
    observations.push(undefined);
    return observations.length;
  };
  const end = (call: number, operation: string, startedAt: number, endedAt: number, outcome: Observation['outcome']) => {
    observations[call - 1] = { call, operation, startedAt, endedAt, outcome };
  };
  const breaks = (what: string, error: unknown): BrokenCase => {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    broken ??= error instanceof BrokenCase ? error : new BrokenCase(`${what}: ${text}`, { cause: error });
    return broken;
  };

  const tellEvent: Recorder['event'] = async (name, work, compare) => {
    const call = begin();
    const startedAt = options.now();
    try {
      const value = await work();
      end(call, `world.${name}`, startedAt, options.now(), { value: compare ? compare(value) : toJson(value) });
      return value;
    } catch (error) {
      throw breaks(`world.${name}`, error);
    }
  };

  return {
    get observations() {
      return observations.filter((o) => o !== undefined);
    },
    get next() {
      return observations.length + 1;
    },
    get broken() {
      return broken;
    },
    async settled() {
      while (open.size > 0) await Promise.all(open);
    },
    event: (name, work, compare) => follow(tellEvent(name, work, compare)),
    record(ops, during) {
      // The table is total and typed where it is written; here every operation is treated alike.
      const table = ops as unknown as Readonly<Record<string, (params: unknown) => Promise<unknown>>>;
      const shapes: Readonly<Record<string, { readonly value: Shape }>> = operations;
      const around = async (operation: OperationName, params: unknown): Promise<unknown> => {
        const call = begin();
        const startedAt = options.now();
        const perform = table[operation];
        const shape = shapes[operation]?.value;
        if (perform === undefined || shape === undefined)
          throw breaks(operation, new BrokenCase(`${operation}: expected an operation of QuiltOps, got none of that name`));
        try {
          const value = await during(operation, () => perform(params));
          const endedAt = options.now();
          const observed = await settlePresigned(shape, toJson(value, 'undefined'), options.fetchPresigned);
          end(call, operation, startedAt, endedAt, { value: observed });
          return value;
        } catch (error) {
          if (!(error instanceof QuiltError)) throw breaks(operation, error);
          const { name, operation: said, detail, message } = error;
          end(call, operation, startedAt, options.now(), { error: { class: name, operation: said, detail, message } });
          throw error;
        }
      };
      return toQuiltOps((operation, params) => follow(around(operation, params)));
    },
  };
}

/** What stands for a value that JSON would take for null: it is equal to nothing that an operation answers. */
const noJson = (what: string): Json => ({ 'no JSON': what });

/** Plain JSON of a value; `undefined` members vanish, as they would on a wire, and so become missing fields. Nothing at all is `nothing`. */
function toJson(value: unknown, nothing: 'null' | 'undefined' = 'null'): Json {
  if (value === undefined) return nothing === 'null' ? null : noJson('undefined');
  const text = JSON.stringify(value, function (this: unknown, _, member: unknown) {
    if (typeof member === 'number' && !Number.isFinite(member)) return noJson(String(member));
    return member === undefined && Array.isArray(this) ? noJson('undefined') : member;
  });
  return text === undefined ? noJson(typeof value) : (JSON.parse(text) as Json);
}

/** Replaces every presigned URL in a value by what fetching it gave; anything that does not fit the shape is left for the comparison to find. */
async function settlePresigned(shape: Shape, value: Json, fetchUrl: (url: string) => Promise<string>): Promise<Json> {
  if (value === null) return null;
  switch (shape.kind) {
    case 'presigned-url':
      return typeof value === 'string' ? fetchUrl(value) : value;
    case 'nullable':
      return settlePresigned(shape.of, value, fetchUrl);
    case 'sequence':
    case 'set': {
      if (!Array.isArray(value)) return value;
      const elements: readonly Json[] = value;
      return Promise.all(elements.map((element): Promise<Json> => settlePresigned(shape.of, element, fetchUrl)));
    }
    case 'record': {
      if (typeof value !== 'object' || Array.isArray(value)) return value;
      const settled: Record<string, Json> = { ...(value as Readonly<Record<string, Json>>) };
      for (const [field, of] of Object.entries(shape.fields)) {
        const member = settled[field];
        if (member !== undefined) settled[field] = await settlePresigned(of, member, fetchUrl);
      }
      return settled;
    }
    default:
      return value;
  }
}
