/** Statements that give names their values. */
import type { SyntaxNode } from '@lezer/common';
import { compareField } from './comparisons.ts';
import { overlaid, sequence } from './displays.ts';
import { evaluate, isExpression } from './expressions.ts';
import type { Frame } from './frame.ts';
import { importModule, importName } from './modules.ts';
import { deleteItem, listMethod, setItem } from './object-methods.ts';
import { added } from './operators.ts';
import { changed, flatten, State } from './state.ts';
import { runBody } from './statements.ts';
import { childNamed, childrenOf, sourceOf, splitAtCommas } from './syntax.ts';
import { alternativesOf, branchOf, type ClassValue, choose, type FunctionValue, forced, notKnown, plainOf, type Value } from './value.ts';

export function assign(node: SyntaxNode, frame: Frame): void {
  const groups: SyntaxNode[][] = [[]];
  for (const child of childrenOf(node)) {
    if (child.name === 'AssignOp') groups.push([]);
    else groups.at(-1)?.push(child);
  }
  const targets = groups.slice(0, -1);
  const values = groups.length > 1 ? (groups.at(-1) ?? []) : [];
  const [first] = groups[0] ?? [];
  const { target } = frame;
  if (first?.name === 'VariableName' && target === null) frame.target = sourceOf(frame.file, first);
  const [only] = values;
  const value =
    only === undefined
      ? null
      : values.some((child) => child.name === ',') || only.name === '*'
        ? sequence(values, frame, { file: frame.file, at: only.from })
        : evaluate(only, frame);
  frame.target = target;
  const annotation = (groups[0] ?? []).find((child) => child.name === 'TypeDef');
  if (annotation !== undefined && first !== undefined) {
    compareField(annotation, sourceOf(frame.file, first), value, values.map((child) => sourceOf(frame.file, child)).join(''), frame);
  }
  if (value === null) return;
  for (const group of targets) bindTarget(group, value, frame);
}

/** Binds one target, or several with commas between, to a value. */
function bindTarget(group: readonly SyntaxNode[], value: Value, frame: Frame): void {
  const nodes = group.filter((child) => child.name !== 'TypeDef');
  const parts = splitAtCommas(nodes);
  const [single] = parts;
  const only = single?.[0];
  if (parts.length === 1 && only !== undefined && !nodes.some((child) => child.name === ',')) {
    if (only.name === 'TupleExpression' || only.name === 'ParenthesizedExpression' || only.name === 'ArrayExpression') {
      bindTarget(
        childrenOf(only).filter((child) => !/^[[\]()]$/.test(child.name)),
        value,
        frame,
      );
    } else bindOne(only, value, frame);
    return;
  }
  const now = value.kind === 'object' || value.kind === 'later' ? forced(value) : value;
  const content = now.kind === 'object' ? flatten(frame.state.contentOf(now.ref), now) : null;
  const matching =
    content?.kind === 'list' && !content.open && content.items.length === parts.length && parts.every((part) => part[0]?.name !== '*');
  for (const [index, part] of parts.entries()) {
    const node = part.find((child) => child.name !== '*');
    if (node === undefined) continue;
    const what = sourceOf(frame.file, node);
    const hole = notKnown(now.kind === 'unknown' ? now.reason : 'call', what, frame.file, node.from);
    bindOne(node, (matching === true && content.kind === 'list' ? content.items[index] : undefined) ?? hole, frame);
  }
}

function bindOne(target: SyntaxNode, value: Value, frame: Frame): void {
  if (target.name === 'VariableName') {
    frame.state.set(sourceOf(frame.file, target), value);
    return;
  }
  if (target.name !== 'MemberExpression') return;
  const [object, , inside] = childrenOf(target);
  if (object === undefined || inside === undefined) return;
  const now = forced(evaluate(object, frame));
  const key =
    inside.name === 'PropertyName'
      ? sourceOf(frame.file, inside)
      : plainOf(isExpression(inside) ? evaluate(inside, frame) : notKnown('subscript', '', frame.file, target.from));
  const at = { file: frame.file, at: inside.name === 'PropertyName' ? target.from : inside.from };
  for (const one of alternativesOf(now)) {
    if (one.kind !== 'object') continue;
    if ((inside.name === 'PropertyName') !== (one.ref.class !== null)) continue;
    if (now.kind === 'choice') frame.state.setContent(one.ref, { kind: 'lost' });
    else setItem(one, key, value, frame, at);
  }
}

export function update(node: SyntaxNode, frame: Frame): void {
  const [target, operator, ...rest] = childrenOf(node);
  const operand = rest.find(isExpression);
  if (target === undefined || operator === undefined || operand === undefined) return;
  const sign = sourceOf(frame.file, operator);
  const before = evaluate(target, frame);
  const value = evaluate(operand, frame);
  const now = forced(before);
  if (now.kind === 'object') {
    const content = frame.state.contentOf(now.ref);
    if (sign === '+=' && flatten(content, now).kind === 'list') {
      listMethod(now, 'extend', [{ name: null, spread: '', value, node: operand }], frame);
      return;
    }
    if (sign === '|=') {
      const more = forced(value);
      const over = more.kind === 'object' ? frame.state.contentOf(more.ref) : null;
      frame.state.setContent(
        now.ref,
        changed(content, (one) => overlaid(one, over, now)),
      );
      return;
    }
  }
  if (sign !== '+=') {
    bindOne(target, notKnown('operator', sourceOf(frame.file, target), frame.file, node.from), frame);
    return;
  }
  const texts = alternativesOf(now).filter((one) => one.kind === 'text');
  const from = texts[0]?.origin.file === frame.file ? texts[0].origin.at : node.from;
  const { target: naming } = frame;
  if (target.name === 'VariableName' && naming === null) frame.target = sourceOf(frame.file, target);
  bindOne(target, added([before, value], [target, operand], node, frame, from), frame);
  frame.target = naming;
}

export function deleteStatement(node: SyntaxNode, frame: Frame): void {
  for (const child of childrenOf(node)) {
    if (child.name !== 'MemberExpression') continue;
    const [object, , inside] = childrenOf(child);
    if (object === undefined || inside === undefined || !isExpression(inside)) continue;
    const now = forced(evaluate(object, frame));
    if (now.kind === 'object' && now.ref.class === null) deleteItem(now, plainOf(evaluate(inside, frame)), frame);
  }
}

export function importStatement(node: SyntaxNode, frame: Frame): void {
  const children = childrenOf(node).filter((child) => child.name !== '(' && child.name !== ')');
  const { state } = frame;
  if (children[0]?.name === 'import') {
    for (const part of splitAtCommas(children.slice(1))) {
      const as = part.findIndex((child) => child.name === 'as');
      const words = part.slice(0, as === -1 ? undefined : as).filter((child) => child.name === 'VariableName');
      const dotted = words.map((child) => sourceOf(frame.file, child));
      const alias = as === -1 ? undefined : part[as + 1];
      const at = part[0]?.from ?? node.from;
      if (alias !== undefined) state.set(sourceOf(frame.file, alias), importModule(frame, dotted, 0, at));
      else if (dotted[0] !== undefined) {
        // `import a.b` binds `a`, whose attribute b is the module below it.
        const top = importModule(frame, dotted.slice(0, 1), 0, at);
        const whole = dotted.length > 1 && top.kind === 'external' ? importModule(frame, dotted, 0, at) : top;
        state.set(
          dotted[0],
          whole.kind === 'module' && dotted.length > 1 && top.kind === 'external'
            ? { kind: 'external', dotted: dotted[0], file: frame.file, at }
            : top,
        );
      }
    }
    return;
  }
  const importAt = children.findIndex((child) => child.name === 'import');
  if (importAt === -1) return;
  const before = children.slice(1, importAt);
  const dots = before.findIndex((child) => child.name === 'VariableName');
  const leading = (dots === -1 ? before : before.slice(0, dots)).reduce(
    (sum, child) => sum + (child.name === '...' ? 3 : child.name === '.' ? 1 : 0),
    0,
  );
  const dotted = before.filter((child) => child.name === 'VariableName').map((child) => sourceOf(frame.file, child));
  const module = importModule(frame, dotted, leading, node.from);
  for (const part of splitAtCommas(children.slice(importAt + 1))) {
    const [name, , alias] = part;
    if (name === undefined) continue;
    if (name.name === '*') {
      const stars = state.get('*');
      state.set('*', stars === undefined ? module : choose([stars, module], branchOf(2), { file: frame.file, at: node.from }, true));
      continue;
    }
    const imported = sourceOf(frame.file, name);
    state.set(sourceOf(frame.file, alias ?? name), importName(frame, module, imported, name.from));
  }
}

export function defineFunction(node: SyntaxNode, decorators: readonly string[], frame: Frame): void {
  const nameNode = childNamed(node, 'VariableName');
  const list = childNamed(node, 'ParamList');
  if (nameNode === null) return;
  const name = sourceOf(frame.file, nameNode);
  if (list !== null) {
    const children = childrenOf(list);
    for (const [index, child] of children.entries())
      if (child.name === 'AssignOp') {
        const usual = children[index + 1];
        if (usual !== undefined)
          evaluate(usual, { ...frame, scope: [frame.scope, name].filter((part) => part !== '').join('.'), target: null });
      }
  }
  const of = frame.kind === 'class' ? (classOf.get(frame) ?? null) : null;
  const fn: FunctionValue = { kind: 'function', node, name, frame, self: null, of, decorators, file: frame.file, at: node.from };
  frame.state.set(name, fn);
  if (frame.recording) frame.session.recorder.defined(fn);
}

const classOf = new WeakMap<Frame, ClassValue>();

export function defineClass(node: SyntaxNode, frame: Frame): void {
  const nameNode = childNamed(node, 'VariableName');
  const body = childNamed(node, 'Body');
  if (nameNode === null || body === null) return;
  const name = sourceOf(frame.file, nameNode);
  const list = childNamed(node, 'ArgList');
  const bases: Value[] = [];
  if (list !== null) {
    for (const part of splitAtCommas(childrenOf(list).filter((child) => child.name !== '(' && child.name !== ')'))) {
      const [base] = part;
      if (part.length === 1 && base !== undefined && isExpression(base)) bases.push(evaluate(base, frame));
    }
  }
  const inner: Frame = {
    ...frame,
    kind: 'class',
    state: new State(),
    outer: frame,
    scope: [frame.scope, name].filter((part) => part !== '').join('.'),
    target: null,
    returns: [],
    exits: [],
    conditions: new Map(),
  };
  const value: ClassValue = { kind: 'class', name, node, frame: inner, bases, file: frame.file, at: node.from };
  classOf.set(inner, value);
  frame.state.set(name, value);
  runBody(
    childrenOf(body).filter((child) => child.name !== ':'),
    inner,
  );
}
