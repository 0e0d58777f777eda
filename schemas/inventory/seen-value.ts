/** A value that a program passes as variables, as far as reading can tell (C-02 to C-04). */
import type { SourceFile } from './source-file.ts';

interface At {
  readonly file: SourceFile;
  /** Offset of the expression. */
  readonly at: number;
}

export type SeenValue = At &
  (
    | {
        readonly kind: 'scalar';
        readonly type: 'string' | 'int' | 'float' | 'boolean' | 'null';
        readonly value: string | number | boolean | null;
      }
    | { readonly kind: 'list'; readonly items: readonly SeenValue[] /** More items may be there. */; readonly open: boolean }
    | {
        readonly kind: 'record';
        readonly members: readonly SeenMember[] /** More members may be there, of names that are not known. */;
        readonly open: boolean;
      }
    | { readonly kind: 'choice'; readonly of: readonly SeenValue[] }
    | { readonly kind: 'unknown' }
  );

export interface SeenMember extends At {
  readonly name: string;
  readonly value: SeenValue;
  /** False when it is set on some ways through the program only. */
  readonly always: boolean;
}
