/**
 * Many validation rules as one visitor. graphql-js's `visitInParallel` asks every visitor for every kind of node anew for each document, some 1,700
 * questions for our 32 rules, however small it is; here each visitor says what it has.
 */
import { type ASTNode, type ASTVisitor, BREAK, type GraphQLError, Kind, type ValidationContext, type ValidationRule } from 'graphql';

type Visit = (this: unknown, node: ASTNode, key: unknown, parent: unknown, path: unknown, ancestors: unknown) => unknown;
type Heard = Visit | { readonly enter?: Visit; readonly leave?: Visit } | undefined;

interface Listener {
  /** Place of its rule among the rules. */
  readonly at: number;
  readonly visitor: ASTVisitor;
  readonly enter: Visit | undefined;
  readonly leave: Visit | undefined;
}

/** What the rules of one document share. */
interface State {
  /** Place of the rule that is at work. */
  current: number;
  /** By rule: the node whose inside it does not want to see, BREAK after its end, else null. */
  readonly skipping: unknown[];
}

/** Told each error with the place of the rule that made it. */
export type Tell = (rule: number, error: GraphQLError, context: ValidationContext) => void;

const kinds: readonly string[] = Object.values(Kind);

/** A rule that is all of the rules, each with the order, the skipping by `false` and the end by `BREAK` that it has by itself. No rule may edit. */
export const mergedRule =
  (rules: readonly ValidationRule[], tell: Tell): ValidationRule =>
  (context) => {
    const state: State = { current: 0, skipping: new Array(rules.length).fill(null) };
    const listening: ValidationContext = Object.create(context);
    listening.reportError = (error) => tell(state.current, error, context);
    const listeners: Record<string, Listener[]> = {};
    for (const rule of rules) {
      listen(listeners, rule(listening), state.current);
      state.current++;
    }
    const merged: Record<string, ReturnType<typeof mergedListeners>> = {};
    for (const kind in listeners) merged[kind] = mergedListeners(listeners[kind] ?? [], state);
    return merged;
  };

function listen(listeners: Record<string, Listener[]>, visitor: ASTVisitor, at: number): void {
  const of = visitor as Readonly<Record<string, Heard>> & { readonly enter?: Visit; readonly leave?: Visit };
  const { enter, leave } = of;
  // One that hears of every kind is asked for each; the rest have a few.
  for (const kind of enter || leave ? kinds : Object.keys(of)) {
    const heard = of[kind];
    const listener =
      typeof heard === 'function'
        ? { at, visitor, enter: heard, leave: undefined }
        : { at, visitor, enter: heard ? heard.enter : enter, leave: heard ? heard.leave : leave };
    const known = listeners[kind];
    if (known === undefined) listeners[kind] = [listener];
    else known.push(listener);
  }
}

function mergedListeners(heard: readonly Listener[], state: State) {
  const { skipping } = state;
  return {
    enter(node: ASTNode, key: unknown, parent: unknown, path: unknown, ancestors: unknown): undefined {
      for (const { at, visitor, enter } of heard) {
        if (enter === undefined || skipping[at] !== null) continue;
        state.current = at;
        const result = enter.call(visitor, node, key, parent, path, ancestors);
        if (result === false) skipping[at] = node;
        else if (result === BREAK) skipping[at] = BREAK;
      }
    },
    leave(node: ASTNode, key: unknown, parent: unknown, path: unknown, ancestors: unknown): undefined {
      for (const { at, visitor, leave } of heard) {
        if (skipping[at] === node) skipping[at] = null;
        else if (leave !== undefined && skipping[at] === null) {
          state.current = at;
          if (leave.call(visitor, node, key, parent, path, ancestors) === BREAK) skipping[at] = BREAK;
        }
      }
    },
  };
}
