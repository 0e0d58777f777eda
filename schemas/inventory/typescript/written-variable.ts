/** A variable that is written after its declaration, read statement by statement as the program runs. */
import type { Node } from 'oxc-parser';
import { depthOf } from '../text-size.ts';
import { choice, MOST_VARIANTS, type TextValue } from '../text-value.ts';
import { type Binding, functionAround, isFunction } from './bindings.ts';
import { unknownAt } from './reach.ts';
import { type Reached, type Reader, type Spot, spotAt } from './reader.ts';
import { together } from './together.ts';
import { writesOf } from './writes.ts';

/** Deepest text that is put together. */
const DEEPEST = 400;

/** Most writes of a variable that build on its own value by name. */
const MOST_WRITES = 200;

/** What the variable can be so far; null before anything was written. */
type State = readonly Reached[] | null;

/** The value of a variable where it is used; at its declaration's end for `use.node` being the declaration. */
export function valueOfWritten(reader: Reader, binding: Binding, use: Spot): readonly Reached[] {
  const writes = writesOf(use.names, binding);
  // Each of `q = q + …` reads all of those before it.
  if (writes.length > MOST_WRITES && writes.some((write) => holds(write, use.node))) return [unknownAt(use, 'too-many-variants')];
  const home = functionAround(binding.id);
  const elsewhere = writes.some((write) => functionAround(write) !== home);
  if (elsewhere || binding.steps.length > 0) {
    // Written by several functions, in any order: any of the values, as long as none builds on the one before.
    const plain = writes.every(
      (write) => write.type === 'AssignmentExpression' && /^(?:=|\?\?=|\|\|=)$/.test(write.operator) && write.left.type === 'Identifier',
    );
    if (!plain || binding.steps.length > 0) return [unknownAt(use, 'reassigned')];
    const init = binding.node.type === 'VariableDeclarator' ? binding.node.init : null;
    const values = writes.map((write) => (write.type === 'AssignmentExpression' ? write.right : write));
    return [...(init && !isNothing(init) ? [init] : []), ...values].flatMap((one) => reader.reach(spotAt(one, use)));
  }
  const statements = statementsAround(binding);
  const run = new Run(reader, binding, use, writes, functionAround(use.node) === home && use.node !== binding.node ? use.node : null);
  const state = run.all(statements, null);
  return state === null || state.length === 0 ? [unknownAt(use, 'not-found')] : state;
}

const isNothing = (node: Node): boolean =>
  (node.type === 'Literal' && node.value === null) || (node.type === 'Identifier' && node.name === 'undefined');

function statementsAround({ scope }: Binding): readonly Node[] {
  if (isFunction(scope)) return scope.body?.type === 'BlockStatement' ? scope.body.body : [];
  switch (scope.type) {
    case 'Program':
    case 'BlockStatement':
    case 'StaticBlock':
    case 'TSModuleBlock':
      return scope.body;
    case 'SwitchStatement':
      return scope.cases.flatMap(({ consequent }) => consequent);
    default:
      return [scope];
  }
}

class Run {
  readonly #reader: Reader;
  readonly #binding: Binding;
  readonly #use: Spot;
  readonly #writes: readonly Node[];
  /** Where to stop, if the use is in the statements. */
  readonly #stop: Node | null;
  #stopped = false;

  constructor(reader: Reader, binding: Binding, use: Spot, writes: readonly Node[], stop: Node | null) {
    this.#reader = reader;
    this.#binding = binding;
    this.#use = use;
    this.#writes = writes;
    this.#stop = stop;
  }

  all(statements: readonly Node[], before: State): State {
    let state = before;
    for (const statement of statements) {
      if (this.#stopped) break;
      state = this.#one(statement, state);
    }
    return state;
  }

  #one(node: Node, state: State): State {
    const stops = this.#stop !== null && holds(node, this.#stop);
    if (!stops && !holds(node, this.#binding.node) && !this.#writes.some((write) => holds(node, write))) return state;
    switch (node.type) {
      case 'VariableDeclaration': {
        const declarator = node.declarations.find((one) => one === this.#binding.node);
        if (stops) this.#stopped = true;
        if (declarator === undefined) return stops ? state : this.#lost(node);
        return declarator.init === null || isNothing(declarator.init) || (stops && !holds(node, this.#binding.node))
          ? null
          : this.#reach(declarator.init);
      }
      case 'ExportNamedDeclaration':
        return node.declaration ? this.#one(node.declaration, state) : state;
      case 'ExpressionStatement':
        if (stops) {
          this.#stopped = true;
          // `q = q + 'x'` reads what was there before.
          return state;
        }
        return this.#expression(node.expression, state);
      case 'BlockStatement':
      case 'StaticBlock':
        return this.all(node.body, state);
      case 'LabeledStatement':
        return this.#one(node.body, state);
      case 'IfStatement': {
        if (stops && holds(node.test, this.#stop)) return this.#halt(state);
        const then = this.#branch(node.consequent, state);
        if (this.#stopped) return then;
        const otherwise = node.alternate ? this.#branch(node.alternate, state) : state;
        if (this.#stopped) return otherwise;
        return either(endsRun(node.consequent) ? null : then, node.alternate && endsRun(node.alternate) ? null : otherwise);
      }
      case 'TryStatement': {
        const tried = this.all(node.block.body, state);
        if (this.#stopped) return tried;
        const caught = node.handler ? this.all(node.handler.body.body, either(state, tried)) : null;
        if (this.#stopped) return caught;
        const after = node.handler && !endsRun(node.handler.body) ? either(tried, caught) : tried;
        return node.finalizer ? this.all(node.finalizer.body, after) : after;
      }
      case 'SwitchStatement':
        return this.#switch(node, state);
      case 'ReturnStatement':
      case 'ThrowStatement':
        return this.#halt(state);
      case 'ForStatement':
      case 'ForInStatement':
      case 'ForOfStatement':
      case 'WhileStatement':
      case 'DoWhileStatement': {
        const inside = this.#writes.filter((write) => holds(node, write));
        if (inside.length === 0) {
          if (holds(node, this.#binding.node)) return this.all([node.body], [unknownAt(this.#use, 'loop')]);
          return stops ? this.#one(node.body, this.#halted(node, state)) : state;
        }
        if (stops) this.#stopped = true;
        // How often it runs is not known; not at all is hardly what is meant.
        return [this.#text([...(state ?? []), unknownAt({ node, names: this.#use.names }, 'loop')], null)];
      }
      default:
        return stops ? this.#halt(state) : this.#lost(node);
    }
  }

  /** A use in the head of a loop stops there. */
  #halted(node: Node, state: State): State {
    const { body } = node as Node & { body: Node };
    if (!holds(body, this.#stop)) this.#stopped = true;
    return state;
  }

  #halt(state: State): State {
    this.#stopped = true;
    return state;
  }

  #lost(node: Node): State {
    return [unknownAt({ node, names: this.#use.names }, 'reassigned')];
  }

  #branch(node: Node, state: State): State {
    return this.#one(node, state);
  }

  #switch(node: Node & { type: 'SwitchStatement' }, state: State): State {
    let out: State = node.cases.some(({ test }) => test === null) ? null : state;
    let falling: State = null;
    for (const { consequent } of node.cases) {
      const end = this.all(consequent, either(state, falling));
      if (this.#stopped) return end;
      const broken = consequent.some(
        (one) => one.type === 'BreakStatement' || (one.type === 'BlockStatement' && one.body.some(({ type }) => type === 'BreakStatement')),
      );
      const ended = consequent.some(endsRun);
      falling = broken || ended ? null : end;
      if (broken && !ended) out = either(out, end);
    }
    return either(out, falling);
  }

  #expression(node: Node, state: State): State {
    if (node.type === 'AssignmentExpression' && node.left.type === 'Identifier' && this.#writes.includes(node)) {
      switch (node.operator) {
        case '=':
          return isNothing(node.right) ? null : this.#reach(node.right);
        case '+=':
          return [this.#text(state ?? [], this.#reader.textOf(spotAt(node.right, this.#use)))];
        case '??=':
        case '||=':
          return either(state, this.#reach(node.right));
        default:
          return this.#lost(node);
      }
    }
    if (node.type === 'LogicalExpression') return either(state, this.#expression(node.right, state));
    if (node.type === 'ConditionalExpression')
      return either(this.#expression(node.consequent, state), this.#expression(node.alternate, state));
    if (node.type === 'SequenceExpression') return node.expressions.reduce((now: State, one) => this.#expression(one, now), state);
    return this.#writes.some((write) => holds(node, write)) ? this.#lost(node) : state;
  }

  #reach(node: Node): State {
    return this.#reader.reach(spotAt(node, this.#use));
  }

  /** What is there and more behind it, as text. */
  #text(state: readonly Reached[], more: TextValue | null): Reached {
    const before = state.map((one) => textOfReached(this.#reader, one));
    const whole = together(more === null ? before : before.length === 0 ? [more] : [choice(before), more]);
    return depthOf(whole) > DEEPEST ? unknownAt(this.#use, 'too-many-variants') : { kind: 'text', text: whole };
  }
}

/** Text of what was reached. */
export function textOfReached(reader: Reader, one: Reached): TextValue {
  if (one.kind === 'spot') return reader.textOf(one);
  if (one.kind === 'text') return one.text;
  if (one.kind === 'unknown') return one;
  if (one.kind === 'document') return { kind: 'text', runs: [{ text: one.file.text, file: one.file, at: 0, verbatim: true }] };
  return unknownAt({ node: one.names.tree.program, names: one.names }, 'operator');
}

const holds = (outer: Node, inner: Node | null): boolean => inner !== null && outer.start <= inner.start && inner.end <= outer.end;

function either(a: State, b: State): State {
  if (a === null || b === null || a === b) return a ?? b;
  const both = [...new Set([...a, ...b])];
  return both.length > MOST_VARIANTS ? both.slice(0, MOST_VARIANTS + 1) : both;
}

/** Whether nothing after a statement runs. */
function endsRun(node: Node): boolean {
  if (node.type === 'ReturnStatement' || node.type === 'ThrowStatement' || node.type === 'ContinueStatement') return true;
  return node.type === 'BlockStatement' && node.body.some(endsRun);
}
