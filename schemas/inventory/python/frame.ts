/** Where an expression is read: the scope, the point of the program, and who takes note of what is seen. */
import type { SyntaxNode } from '@lezer/common';
import type { Tree } from '../found.ts';
import type { SourceFile } from '../source-file.ts';
import type { Branch } from '../text-value.ts';
import type { State } from './state.ts';
import type { At, FunctionValue, Origin, Text, Value } from './value.ts';

/** A call as it is seen where it stands. */
export interface SeenCall {
  readonly node: SyntaxNode;
  /** Last word of what is called: `execute` of `self.client.execute`. */
  readonly name: string;
  readonly callee: Value;
  readonly args: readonly Argument[];
  /** The call's result. */
  readonly result: Value;
}

export interface Argument {
  /** Null when it is positional. */
  readonly name: string | null;
  /** `*` or `**` before it. */
  readonly spread: '' | '*' | '**';
  readonly value: Value;
  readonly node: SyntaxNode;
}

/** Takes note of what reading comes by. */
export interface Recorder {
  /** An expression of the file has made a text. */
  made(text: Text, node: SyntaxNode): void;
  /** A text was made of what a caller has given. */
  bound(origin: Origin): void;
  /** A text has become a piece of another. */
  consumed(piece: Value, by: Origin): void;
  called(call: SeenCall, frame: Frame): void;
  /** A dictionary was returned. */
  returned(value: Value, frame: Frame): void;
  compared(place: At, typeName: string): void;
  /** A function of the file, to be read by itself. */
  defined(fn: FunctionValue): void;
  /** A node nests deeper than is read. */
  tooDeep(node: SyntaxNode, frame: Frame): void;
}

/** What one reading of one file shares. There is one, set anew for each file: modules that were read for one file serve the next. */
export interface Session {
  tree: Tree;
  recorder: Recorder;
  readonly modules: Map<string, Module>;
  /** Files whose imports were seen to mean the same as when they were read. */
  readonly sound: Map<SourceFile, boolean>;
  /** Told of every call in the body of a function that is followed to see what it sends. */
  probe: ((call: SeenCall, frame: Frame) => void) | null;
  /** Functions whose bodies are being read because they were called. */
  readonly calling: Set<SyntaxNode>;
  /** Steps left for reading bodies of called functions; bounds the time that one file can take. */
  steps: number;
}

export interface Module {
  readonly path: string;
  readonly file: SourceFile;
  readonly root: SyntaxNode;
  readonly frame: Frame;
  /** Names that some function of the module sets by `global`. */
  readonly globals: ReadonlySet<string>;
  done: boolean;
}

export interface Frame {
  readonly session: Session;
  readonly file: SourceFile;
  readonly path: string;
  readonly kind: 'module' | 'class' | 'function';
  state: State;
  /** The frame whose names are seen from here; class frames are skipped by what stands in them. */
  readonly outer: Frame | null;
  /** Names of the definitions around: `Client.get`, or ''. */
  readonly scope: string;
  /** The constant that is being defined. */
  target: string | null;
  /** Whether what is seen is told to the recorder: only on the one reading of each part that is for that. */
  recording: boolean;
  /** In the first reading of a loop around, which only shows what it changes: loops within are then read once. */
  settling: boolean;
  /** Calls that were followed to come here. */
  readonly calls: number;
  /** How deep the expression nests that is being read. */
  nesting: number;
  readonly returns: Value[];
  /** States at `break` and `continue` of the loops around, innermost last. */
  readonly exits: State[][];
  /** Branches by condition, so that the same condition goes the same way. */
  readonly conditions: Map<string, Branch>;
  readonly globals: ReadonlySet<string>;
}

/** The name of the definition that the frame's reading is in. */
export function nameIn(frame: Frame): string {
  const target = frame.kind === 'function' ? null : frame.target;
  const name = [frame.scope, target ?? ''].filter((part) => part !== '').join('.');
  return name === '' ? '<module>' : name;
}
