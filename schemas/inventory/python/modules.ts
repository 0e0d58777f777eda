/** Python's modules: which file an import means, and what its names are. */
import type { SyntaxNode } from '@lezer/common';
import type { SourceFile } from '../source-file.ts';
import type { Frame, Module, Session } from './frame.ts';
import { State } from './state.ts';
import { runBody } from './statements.ts';
import { childrenOf, parsePython, sourceOf, visit } from './syntax.ts';
import { later, notKnown, type Value } from './value.ts';

/** Of Python itself; never looked for in the tree. */
const STANDARD = new Set(
  'abc argparse ast asyncio base64 collections concurrent contextlib copy csv dataclasses datetime enum functools hashlib importlib inspect io itertools json logging math os pathlib random re shutil socket string subprocess sys tempfile textwrap threading time traceback types typing typing_extensions unittest urllib uuid warnings'.split(
    ' ',
  ),
);

/** The frame that a module's own statements are read in. */
export function moduleFrame(session: Session, file: SourceFile, root: SyntaxNode, recording: boolean): Frame {
  const globals = new Set<string>();
  visit(root, (node) => {
    if (node.name === 'ScopeStatement' && node.firstChild?.name === 'global') {
      for (const child of childrenOf(node)) if (child.name === 'VariableName') globals.add(sourceOf(file, child));
    }
    return node.name !== 'String' && node.name !== 'ArgList';
  });
  return {
    session,
    file,
    path: file.path,
    kind: 'module',
    state: new State(),
    outer: null,
    scope: '',
    target: null,
    recording,
    calls: 0,
    nesting: 0,
    settling: false,
    returns: [],
    exits: [],
    conditions: new Map(),
    globals,
  };
}

/** File → what its imports were looked for as, and what was there. */
const probes = new WeakMap<SourceFile, Map<string, SourceFile | null>>();
/** Modules that have been read, by their file. */
const kept = new WeakMap<SourceFile, Module>();

/** Another file of the tree, as the imports of one ask for it. */
function readFor(session: Session, from: SourceFile, path: string): SourceFile | null {
  const file = session.tree.read(path);
  let asked = probes.get(from);
  if (asked === undefined) {
    asked = new Map();
    probes.set(from, asked);
  }
  asked.set(path, file);
  return file;
}

/** Whether every file that a module's imports were looked for as is still the same one. Asks the tree for each, so that it knows of all that matters. */
function isSound(session: Session, file: SourceFile): boolean {
  const known = session.sound.get(file);
  if (known !== undefined) return known;
  session.sound.set(file, true);
  for (const [path, was] of probes.get(file) ?? []) {
    if (session.tree.read(path) !== was || (was !== null && !isSound(session, was))) {
      session.sound.set(file, false);
      return false;
    }
  }
  return true;
}

/** A module of the tree, its statements read; null when there is none or it cannot be read. */
export function moduleAt(session: Session, path: string, from: SourceFile): Module | null {
  const known = session.modules.get(path);
  if (known !== undefined) return known;
  const file = readFor(session, from, path);
  if (file === null) return null;
  const before = kept.get(file);
  if (before !== undefined && isSound(session, file)) {
    session.modules.set(path, before);
    return before;
  }
  const root = parsePython(file);
  if (root === null) return null;
  const frame = moduleFrame(session, file, root, false);
  const module: Module = { path, file, root, frame, globals: frame.globals, done: false };
  session.modules.set(path, module);
  runBody(childrenOf(root), frame);
  module.done = true;
  kept.set(file, module);
  return module;
}

/** What `import a.b` or `from . import x` means: a module of the tree, or something external. */
export function importModule(frame: Frame, dotted: readonly string[], dots: number, at: number): Value {
  const first = dotted[0];
  const external: Value = { kind: 'external', dotted: dotted.join('.'), file: frame.file, at };
  if (dots === 0 && (first === undefined || STANDARD.has(first))) return external;
  const path = pathOf(frame, dotted, dots);
  return path === null ? external : { kind: 'module', path, file: frame.file, at };
}

/** What `from module import name` binds. */
export function importName(frame: Frame, module: Value, name: string, at: number): Value {
  if (module.kind === 'external') return { kind: 'external', dotted: `${module.dotted}.${name}`, file: frame.file, at };
  if (module.kind !== 'module') return notKnown('import', name, frame.file, at);
  return later(frame.file, at, name, () => nameOf(frame.session, module.path, name, frame.file, at));
}

/** A name of a module: what it defines, or a module below it. */
export function nameOf(session: Session, path: string, name: string, file: SourceFile, at: number): Value {
  const module = moduleAt(session, path, file);
  if (module === null) return notKnown('import', name, file, at);
  const value = module.frame.state.get(name);
  if (value !== undefined) return module.globals.has(name) ? notKnown('reassigned', name, file, at) : value;
  const folder = path.endsWith('/__init__.py') || path === '__init__.py' ? path.slice(0, -'__init__.py'.length) : null;
  if (folder !== null) {
    const below = existing(session, module.file, `${folder}${name}`);
    if (below !== null) return { kind: 'module', path: below, file, at };
  }
  for (const star of starsOf(module)) {
    const found = nameOf(session, star, name, module.file, at);
    if (found.kind !== 'unknown') return found;
  }
  return module.done ? notKnown('not-found', name, file, at) : notKnown('cyclic', name, file, at);
}

/** Modules whose every name a module takes: `from .queries import *`. */
function starsOf(module: Module): readonly string[] {
  const star = module.frame.state.get('*');
  return star?.kind === 'module'
    ? [star.path]
    : star?.kind === 'choice'
      ? star.of.flatMap((one) => (one.kind === 'module' ? [one.path] : []))
      : [];
}

function existing(session: Session, from: SourceFile, stem: string): string | null {
  for (const path of [`${stem}.py`, `${stem}/__init__.py`]) if (readFor(session, from, path) !== null) return path;
  return null;
}

function pathOf(frame: Frame, dotted: readonly string[], dots: number): string | null {
  const folders = frame.path.split('/').slice(0, -1);
  if (dots > 0) {
    if (dots - 1 > folders.length) return null;
    const base = folders.slice(0, folders.length - (dots - 1));
    const stem = [...base, ...dotted].join('/');
    if (dotted.length > 0) return existing(frame.session, frame.file, stem);
    const init = [...base, '__init__.py'].join('/');
    return readFor(frame.session, frame.file, init) === null ? null : init;
  }
  // The root of imports is most likely the nearest folder that is no package; a script's own folder is the last guess.
  const roots = Array.from({ length: folders.length + 1 }, (_, index) => folders.slice(0, folders.length - index));
  const isPackage = (root: readonly string[]): boolean => readFor(frame.session, frame.file, [...root, '__init__.py'].join('/')) !== null;
  const packages = roots.filter((root) => isPackage(root));
  for (const root of [...roots.filter((one) => !packages.includes(one)), ...packages]) {
    const found = existing(frame.session, frame.file, [...root, ...dotted].join('/'));
    if (found !== null) return found;
  }
  return null;
}
