/**
 * Shapes describe the values that operations answer with. A shape is both the type (see `ValueOf`) and the rule by which two values are
 * compared (`observation-rules.ts`, total by kind), and the generated lies walk it. No scenario overrides a rule.
 */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type Shape =
  /** Expected side: `#hash:LABEL` is a top hash that nobody can foretell, one-to-one; `#text:TEXT` is contained; anything else exact. */
  | { readonly kind: 'string' }
  | { readonly kind: 'number' }
  | { readonly kind: 'boolean' }
  /** Any JSON value; object members are unordered, array elements ordered, 1 and 1.0 are equal, 1 and "1" are not. */
  | { readonly kind: 'json' }
  /** ISO 8601 with a zone. Expected side: `@CALL` (made within call number CALL) or `@CALL+SECONDS` (so long after it). */
  | { readonly kind: 'instant' }
  /** A generated name: one-to-one with the other side's within a case. Expected side: `#LABEL` when generated, else exact. */
  | { readonly kind: 'identifier' }
  /** `s3://bucket/key?versionId=ID`: bucket and key exact (in symbols), version one-to-one. */
  | { readonly kind: 'object-url' }
  /** A URL that is fetched at once: compared by status, bytes and whether it expires. Expected side: `content:SHA256:SIZE`. */
  | { readonly kind: 'presigned-url' }
  | { readonly kind: 'nullable'; readonly of: Shape }
  | { readonly kind: 'sequence'; readonly of: Shape }
  /** Order is free; elements that are records are matched by `by`. A repeated element is a difference. */
  | { readonly kind: 'set'; readonly of: Shape; readonly by: string | null }
  /** A list that never holds anything, though its type says what it would hold: what a server puts into it is a difference. */
  | { readonly kind: 'empty'; readonly of: Shape }
  | { readonly kind: 'record'; readonly fields: { readonly [field: string]: Shape } };

/** The TypeScript type of the values of a shape. */
export type ValueOf<S extends Shape> = S extends { kind: 'nullable'; of: infer O extends Shape }
  ? ValueOf<O> | null
  : S extends { kind: 'sequence' | 'set' | 'empty'; of: infer O extends Shape }
    ? readonly ValueOf<O>[]
    : S extends { kind: 'record'; fields: infer F extends { readonly [field: string]: Shape } }
      ? { readonly [K in keyof F]: ValueOf<F[K]> }
      : S extends { kind: 'number' }
        ? number
        : S extends { kind: 'boolean' }
          ? boolean
          : S extends { kind: 'json' }
            ? Json
            : string;

export const string = { kind: 'string' } as const;
export const number = { kind: 'number' } as const;
export const boolean = { kind: 'boolean' } as const;
export const json = { kind: 'json' } as const;
export const instant = { kind: 'instant' } as const;
export const identifier = { kind: 'identifier' } as const;
export const objectUrl = { kind: 'object-url' } as const;
export const presignedUrl = { kind: 'presigned-url' } as const;
export const nullable = <const S extends Shape>(of: S) => ({ kind: 'nullable', of }) as const;
export const sequence = <const S extends Shape>(of: S) => ({ kind: 'sequence', of }) as const;
export const set = <const S extends Shape>(of: S, by: string | null = null) => ({ kind: 'set', of, by }) as const;
export const empty = <const S extends Shape>(of: S) => ({ kind: 'empty', of }) as const;
export const record = <const F extends { readonly [field: string]: Shape }>(fields: F) => ({ kind: 'record', fields }) as const;
