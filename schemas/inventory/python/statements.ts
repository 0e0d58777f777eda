/** Statements, in the order in which a program runs them. */
import type { SyntaxNode } from '@lezer/common';
import type { Branch } from '../text-value.ts';
import { branchFor } from './branches.ts';
import { comparePattern } from './comparisons.ts';
import { assign, defineClass, defineFunction, deleteStatement, importStatement, update } from './definitions.ts';
import { sequence } from './displays.ts';
import { evaluate, isExpression } from './expressions.ts';
import type { Frame } from './frame.ts';
import { forStatement, whileStatement } from './loops.ts';
import type { State } from './state.ts';
import { childNamed, childrenOf, sourceOf } from './syntax.ts';
import { truthOf } from './truth.ts';
import { type At, branchOf, notKnown, plainOf, type Value } from './value.ts';

/** Reads statements one after the other. */
export function runBody(statements: readonly SyntaxNode[], frame: Frame): void {
  for (const statement of statements) runStatement(statement, frame);
}

/** Reads the statements of a `Body` node. */
export function runBlock(body: SyntaxNode | null | undefined, frame: Frame): void {
  if (body === null || body === undefined) return;
  if (frame.nesting >= 250) {
    if (frame.recording) frame.session.recorder.tooDeep(body, frame);
    return;
  }
  frame.nesting++;
  runBody(
    childrenOf(body).filter((child) => child.name !== ':'),
    frame,
  );
  frame.nesting--;
}

function runStatement(node: SyntaxNode, frame: Frame): void {
  switch (node.name) {
    case 'StatementGroup':
      runBody(childrenOf(node), frame);
      return;
    case 'AssignStatement':
      assign(node, frame);
      return;
    case 'UpdateStatement':
      update(node, frame);
      return;
    case 'ImportStatement':
      importStatement(node, frame);
      return;
    case 'FunctionDefinition':
    case 'ClassDefinition':
    case 'DecoratedStatement':
      definition(node, frame);
      return;
    case 'IfStatement':
      ifStatement(node, frame);
      return;
    case 'ForStatement':
      forStatement(node, frame);
      return;
    case 'WhileStatement':
      whileStatement(node, frame);
      return;
    case 'TryStatement':
      tryStatement(node, frame);
      return;
    case 'WithStatement':
      withStatement(node, frame);
      return;
    case 'MatchStatement':
      matchStatement(node, frame);
      return;
    case 'ReturnStatement':
      returnStatement(node, frame);
      return;
    case 'BreakStatement':
    case 'ContinueStatement':
      frame.exits.at(-1)?.push(frame.state.gone());
      return;
    case 'DeleteStatement':
      deleteStatement(node, frame);
      return;
    case 'ExpressionStatement': {
      // A string that stands alone is a docstring or a comment.
      const [only] = childrenOf(node);
      if (only === undefined || only.name === 'String' || only.name === 'ContinuedString') return;
      for (const child of childrenOf(node)) if (isExpression(child)) evaluate(child, frame);
      return;
    }
    default:
      for (const child of childrenOf(node)) {
        if (isExpression(child)) evaluate(child, frame);
        else if (child.name === 'Body') runBlock(child, frame);
        else if (child.name === '⚠')
          runBody(
            childrenOf(child).filter((inner) => /Statement$|Definition$/.test(inner.name)),
            frame,
          );
      }
      if (node.name === 'RaiseStatement') frame.state.dead = true;
  }
}

function definition(node: SyntaxNode, frame: Frame): void {
  const decorators: string[] = [];
  let target = node;
  if (node.name === 'DecoratedStatement') {
    for (const child of childrenOf(node)) {
      if (child.name !== 'Decorator') target = child;
      else {
        const source = sourceOf(frame.file, child).slice(1).trim();
        decorators.push(source.split('(')[0] ?? '');
        const list = childNamed(child, 'ArgList');
        if (list !== null) for (const inner of childrenOf(list)) if (isExpression(inner)) evaluate(inner, frame);
      }
    }
  }
  if (target.name === 'FunctionDefinition') defineFunction(target, decorators, frame);
  else if (target.name === 'ClassDefinition') defineClass(target, frame);
}

/** Runs each of some ways from here by itself and brings them together. */
export function fork(frame: Frame, ways: readonly (() => void)[], place: At, by: Branch = branchOf(ways.length), loose = false): void {
  const base = frame.state;
  const states: State[] = [];
  for (const way of ways) {
    frame.state = base.fork();
    way();
    states.push(frame.state);
  }
  frame.state = base;
  base.join(states, place, by, loose);
}

function ifStatement(node: SyntaxNode, frame: Frame): void {
  const children = childrenOf(node);
  const place = { file: frame.file, at: node.from };
  const arms: { condition: SyntaxNode | null; body: SyntaxNode }[] = [];
  let condition: SyntaxNode | null = null;
  for (const child of children) {
    if (child.name === 'Body') {
      arms.push({ condition, body: child });
      condition = null;
    } else if (isExpression(child)) condition = child;
  }
  const [first, second] = arms;
  if (first?.condition === null || first?.condition === undefined) {
    for (const arm of arms) runBlock(arm.body, frame);
    return;
  }
  const hasElse = arms.at(-1)?.condition === null;
  if (frame.calls > 0) {
    // What a caller has given decides, while it is known.
    let left = arms;
    for (const arm of arms) {
      const truth = arm.condition === null ? true : truthOf(evaluate(arm.condition, frame), frame.state);
      if (truth === true && left[0] === arm) {
        runBlock(arm.body, frame);
        return;
      }
      if (truth !== false) break;
      left = left.slice(1);
    }
    if (left.length < arms.length) {
      const rest = left.map((arm) => () => runBlock(arm.body, frame));
      fork(frame, hasElse ? rest : [...rest, () => {}], place);
      return;
    }
  }
  if (arms.length === 1 || (arms.length === 2 && hasElse)) {
    evaluate(first.condition, frame);
    const { branch, turned } = branchFor(first.condition, frame);
    fork(frame, [() => runBlock(first.body, frame), () => runBlock(second?.body, frame)], place, {
      at: branch,
      ways: turned ? [1, 0] : [0, 1],
    });
    return;
  }
  const ways = arms.map((arm) => () => runBlock(arm.body, frame));
  for (const arm of arms) if (arm.condition !== null) evaluate(arm.condition, frame);
  fork(frame, hasElse ? ways : [...ways, () => {}], place);
}

function tryStatement(node: SyntaxNode, frame: Frame): void {
  const children = childrenOf(node);
  const place = { file: frame.file, at: node.from };
  const handlers: SyntaxNode[][] = [];
  let body: SyntaxNode | null = null;
  const after: SyntaxNode[] = [];
  let part: 'try' | 'except' | 'else' | 'finally' = 'try';
  for (const child of children) {
    if (child.name === 'except') {
      part = 'except';
      handlers.push([]);
    } else if (child.name === 'else' || child.name === 'finally') part = child.name;
    else if (part === 'except') handlers.at(-1)?.push(child);
    else if (child.name === 'Body') {
      if (part === 'try') body = child;
      else after.push(child);
    }
  }
  const before = frame.state;
  const tried = before.fork();
  frame.state = tried;
  runBlock(body, frame);
  const ways: State[] = [];
  for (const handler of handlers) {
    // An error may come before, between and after what was tried.
    const state = before.fork();
    const done = tried.dead ? before.fork() : tried;
    state.join([before.fork(), done], place, undefined, true);
    state.dead = before.dead;
    frame.state = state;
    const as = handler.findIndex((child) => child.name === 'as');
    const name = handler[as + 1];
    if (as !== -1 && name !== undefined)
      state.set(sourceOf(frame.file, name), notKnown('call', sourceOf(frame.file, name), frame.file, name.from));
    runBlock(
      handler.find((child) => child.name === 'Body'),
      frame,
    );
    ways.push(frame.state);
  }
  frame.state = before;
  before.join([tried, ...ways], place);
  for (const one of after) runBlock(one, frame);
}

function withStatement(node: SyntaxNode, frame: Frame): void {
  const children = childrenOf(node);
  for (const [index, child] of children.entries()) {
    if (child.name === 'Body') runBlock(child, frame);
    else if (children[index - 1]?.name === 'as') {
      if (child.name === 'VariableName')
        frame.state.set(sourceOf(frame.file, child), notKnown('call', sourceOf(frame.file, child), frame.file, child.from));
    } else if (isExpression(child)) evaluate(child, frame);
  }
}

function matchStatement(node: SyntaxNode, frame: Frame): void {
  const subjectNode = childrenOf(node).find(isExpression);
  const body = childNamed(node, 'MatchBody');
  if (subjectNode === undefined || body === null) return;
  const subject = evaluate(subjectNode, frame);
  const known = frame.calls > 0 ? plainOf(subject) : null;
  let clauses = childrenOf(body).filter((child) => child.name === 'MatchClause');
  if (known !== null) {
    const match = clauses.find((clause) => {
      const [pattern] = patternsOf(clause);
      if (pattern?.name !== 'LiteralPattern') return pattern?.name === 'CapturePattern';
      const literal = pattern.firstChild;
      return literal !== null && plainOf(evaluate(literal, frame)) === known;
    });
    clauses = match === undefined ? [] : [match];
  }
  const ways = clauses.map((clause) => () => matchClause(clause, subject, frame));
  const always = clauses.some((clause) => patternsOf(clause)[0]?.name === 'CapturePattern');
  fork(frame, always ? ways : [...ways, () => {}], { file: frame.file, at: node.from });
}

const patternsOf = (clause: SyntaxNode): SyntaxNode[] => childrenOf(clause).filter((child) => child.name.endsWith('Pattern'));

function matchClause(clause: SyntaxNode, subject: Value, frame: Frame): void {
  for (const pattern of patternsOf(clause)) {
    comparePattern(pattern, subject, frame);
    bindPattern(pattern, frame);
  }
  const guard = childNamed(clause, 'Guard');
  if (guard !== null) for (const child of childrenOf(guard)) if (isExpression(child)) evaluate(child, frame);
  runBlock(childNamed(clause, 'Body'), frame);
}

function bindPattern(pattern: SyntaxNode, frame: Frame): void {
  const waiting = [pattern];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.name === 'CapturePattern' || node.name === 'VariableName') {
      const name = sourceOf(frame.file, node);
      if (node.name === 'CapturePattern') frame.state.set(name, notKnown('attribute', name, frame.file, node.from));
    } else waiting.push(...childrenOf(node));
  }
}

function returnStatement(node: SyntaxNode, frame: Frame): void {
  const nodes = childrenOf(node).slice(1);
  const [first] = nodes;
  if (first !== undefined) {
    const value = nodes.length > 1 ? sequence(nodes, frame, { file: frame.file, at: first.from }) : evaluate(first, frame);
    if (!frame.state.dead) frame.returns.push(value);
    if (frame.recording) frame.session.recorder.returned(value, frame);
  } else if (!frame.state.dead) {
    frame.returns.push({ kind: 'scalar', type: 'null', value: null, file: frame.file, at: node.from });
  }
  frame.state.dead = true;
}
