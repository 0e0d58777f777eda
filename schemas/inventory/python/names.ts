/** What a name or an attribute means at one point of a program. */
import type { Frame } from './frame.ts';
import { attributesAfter, callFunction } from './functions.ts';
import { importModule, nameOf } from './modules.ts';
import { flatten } from './state.ts';
import { childNamed, childrenOf, sourceOf, visit } from './syntax.ts';
import { type At, branchOf, type ClassValue, choose, forced, notKnown, type Value } from './value.ts';

/** What a name means in a frame: its own, then those of the definitions around it, then the module's. */
export function lookUp(frame: Frame, name: string, at: number): Value {
  for (let scope: Frame | null = frame; scope !== null; scope = scope.outer) {
    // What stands in a method does not see the names of its class.
    if (scope.kind === 'class' && scope !== frame) continue;
    const value = scope.state.get(name);
    if (value === undefined) continue;
    if (scope.kind === 'module' && frame.kind === 'function' && scope.globals.has(name))
      return notKnown('reassigned', name, frame.file, at);
    return value;
  }
  const module = moduleFrameOf(frame);
  const star = module.state.get('*');
  if (star !== undefined) {
    for (const one of star.kind === 'choice' ? star.of : [star]) {
      if (one.kind !== 'module') continue;
      const found = nameOf(frame.session, one.path, name, frame.file, at);
      if (found.kind !== 'unknown') return found;
    }
  }
  return notKnown('not-found', name, frame.file, at);
}

export function moduleFrameOf(frame: Frame): Frame {
  let module = frame;
  while (module.outer !== null) module = module.outer;
  return module;
}

/** What `value.name` means. */
export function attributeOf(value: Value, name: string, frame: Frame, place: At, what: string): Value {
  const now = forced(value);
  switch (now.kind) {
    case 'module':
      return nameOf(frame.session, now.path, name, place.file, place.at);
    case 'external': {
      const below = importModule(frame, [...now.dotted.split('.'), name], 0, place.at);
      return below.kind === 'module' ? below : { kind: 'external', dotted: `${now.dotted}.${name}`, ...place };
    }
    case 'class':
      return bound(classAttribute(now, name) ?? notKnown('attribute', what, place.file, place.at), now, frame);
    case 'object': {
      const { ref } = now;
      if (ref.class === null) return notKnown('attribute', what, place.file, place.at);
      const content = flatten(frame.state.contentOf(ref), place);
      const own = content.kind === 'record' ? content.members.get(name) : undefined;
      if (own?.always === true) return own.value;
      return bound(instanceAttribute(ref.class, name, place) ?? notKnown('attribute', what, place.file, place.at), now, frame);
    }
    case 'text':
      // The value of an Enum's member is read through the member.
      return name === 'value' ? now : notKnown('attribute', what, place.file, place.at);
    case 'choice':
      return choose(
        now.of.map((one) => attributeOf(one, name, frame, place, what)),
        now.by,
        place,
        now.loose,
      );
    case 'unknown':
      // Whatever a parameter holds comes from the caller, as the parameter does.
      return notKnown(now.reason === 'parameter' ? 'attribute' : now.reason, what, place.file, place.at);
    default:
      return notKnown('attribute', what, place.file, place.at);
  }
}

function bound(value: Value, self: Value, frame: Frame): Value {
  const now = value.kind === 'function' ? value : forced(value);
  if (now.kind !== 'function') return value;
  const fn = { ...now, self: now.decorators.includes('staticmethod') ? null : self };
  return now.decorators.some((decorator) => /(^|\.)(cached_)?property$/.test(decorator)) ? callFunction(fn, [], frame, fn) : fn;
}

/** The class and its bases, in the order of lookup. */
function* lineageOf(of: ClassValue, seen = new Set<object>()): Generator<ClassValue> {
  if (seen.has(of.node)) return;
  seen.add(of.node);
  yield of;
  for (const base of of.bases) {
    const now = forced(base);
    if (now.kind === 'class') yield* lineageOf(now, seen);
  }
}

export function classAttribute(of: ClassValue, name: string): Value | null {
  for (const one of lineageOf(of)) {
    const value = one.frame.state.get(name);
    if (value !== undefined) return value;
  }
  return null;
}

/** An attribute that methods of the class set, wherever they do; then what the class itself has. */
function instanceAttribute(of: ClassValue, name: string, place: At): Value | null {
  for (const one of lineageOf(of)) {
    const set = attributesSet(one).get(name);
    const own = one.frame.state.get(name);
    if (set !== undefined && set.length > 0) {
      const values = own === undefined ? set : [own, ...set];
      return choose(values, branchOf(values.length), place, true);
    }
    if (own !== undefined) return own;
  }
  return null;
}

const attributes = new WeakMap<Frame, ReadonlyMap<string, readonly Value[]>>();

/** What the methods of a class set on `self`, each method read by itself. */
function attributesSet(of: ClassValue): ReadonlyMap<string, readonly Value[]> {
  const known = attributes.get(of.frame);
  if (known !== undefined) return known;
  const set = new Map<string, Value[]>();
  // Asking for one while they are worked out gives none.
  attributes.set(of.frame, set);
  for (const value of of.frame.state.ownNames().values()) {
    if (value.kind !== 'function') continue;
    const body = childNamed(value.node, 'Body');
    if (body === null) continue;
    const self = childrenOf(childNamed(value.node, 'ParamList') ?? value.node).find((child) => child.name === 'VariableName');
    if (self === undefined) continue;
    const selfName = sourceOf(value.file, self);
    const targets: string[] = [];
    visit(body, (node) => {
      if (node.name === 'AssignStatement' || node.name === 'UpdateStatement') {
        const target = node.firstChild;
        if (target?.name === 'MemberExpression' && target.firstChild?.name === 'VariableName') {
          const property = childNamed(target, 'PropertyName');
          if (sourceOf(value.file, target.firstChild) === selfName && property !== null) targets.push(sourceOf(value.file, property));
        }
      }
      return node.name !== 'String';
    });
    if (targets.length === 0) continue;
    const seen = attributesAfter(value, of);
    for (const target of new Set(targets)) {
      const got = seen.get(target) ?? notKnown('reassigned', `self.${target}`, value.file, value.at);
      set.set(target, [...(set.get(target) ?? []), got]);
    }
  }
  return set;
}
