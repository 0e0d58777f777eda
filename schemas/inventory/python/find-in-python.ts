/** Finds GraphQL in Python source. */
import type { SyntaxNode } from '@lezer/common';
import type { Finder, Found, Tree } from '../found.ts';
import { mayHoldGraphql } from '../prefilter.ts';
import { SourceFile } from '../source-file.ts';
import { Collector } from './collector.ts';
import type { Module, Session } from './frame.ts';
import { readByItself, readLambda } from './functions.ts';
import { moduleFrame } from './modules.ts';
import { runBody } from './statements.ts';
import { childrenOf, parsePython, sourceOf, visit } from './syntax.ts';

const NOTHING: Found = { documents: [], unresolved: [], comparisons: [] };
/** Longest file that is read: about ten seconds on a slow machine. Generated clients of the largest schemas stay below a tenth of it. */
const MOST_UNITS = 4_000_000;
/** Units of function bodies that may be read for one file because they are called, and four times its own length. */
const MOST_STEPS = 500_000;

/** Every GraphQL document of a Python file, what is GraphQL and cannot be read, and the names that `__typename` is compared with (C-07). */
export const findInPython: Finder = (file, tree) => {
  if (!mayHoldGraphql(file.text)) return NOTHING;
  const collector = new Collector(file);
  const tooDeep = (): void =>
    collector.unresolved({ place: file.placeOf(0), name: '<module>', reason: 'too-large', message: 'the file nests too deep to be read' });
  if (file.text.length > MOST_UNITS) {
    const message = `the file has ${file.text.length} characters; more than ${MOST_UNITS} are not read`;
    collector.unresolved({ place: file.placeOf(0), name: '<module>', reason: 'too-large', message });
    return collector.found();
  }
  const root = parsePython(file);
  if (root === null) {
    tooDeep();
    return collector.found();
  }
  try {
    read(file, root, tree, collector);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    tooDeep();
  }
  tellOfErrors(file, root, collector);
  return collector.found();
};

function read(file: SourceFile, root: SyntaxNode, tree: Tree, collector: Collector): void {
  Object.assign(session, { tree, recorder: collector, steps: MOST_STEPS + 4 * file.text.length, probe: null });
  session.modules.clear();
  session.sound.clear();
  session.calling.clear();
  const frame = moduleFrame(session, file, root, true);
  const module: Module = { path: file.path, file, root, frame, globals: frame.globals, done: false };
  session.modules.set(file.path, module);
  runBody(childrenOf(root), frame);
  module.done = true;
  for (let fn = collector.queue.shift(); fn !== undefined; fn = collector.queue.shift()) {
    if (fn.node.name === 'LambdaExpression') readLambda(fn);
    else readByItself(fn, true);
  }
  collector.settle();
}

const nothing: Tree = { read: () => null };
const session: Session = {
  tree: nothing,
  recorder: new Collector(new SourceFile('', '')),
  modules: new Map(),
  sound: new Map(),
  probe: null,
  calling: new Set(),
  steps: 0,
};

const HINT = /\b(query|mutation|subscription|fragment|gql|graphql)\b/i;

/** Statements whose syntax is broken and that may hold GraphQL. */
function tellOfErrors(file: SourceFile, root: SyntaxNode, collector: Collector): void {
  const told = new Set<number>();
  visit(root, (node) => {
    const broken = node.type.isError
      ? 'the syntax is broken'
      : node.name === 'String' || node.name === 'FormatString'
        ? unterminated(file, node)
        : null;
    if (broken === null) return true;
    const statement = statementOf(node);
    if (told.has(statement.from)) return true;
    told.add(statement.from);
    if (isSimple(statement)) collector.broken(statement);
    const source = sourceOf(file, statement);
    if (!HINT.test(source) || !source.includes('{')) return true;
    const line = source.split(/\r?\n/, 1)[0] ?? '';
    collector.unresolved({
      place: file.placeOf(node.from),
      name: scopeOf(file, node),
      reason: 'syntax',
      message: `${broken} in a statement that may hold GraphQL: ${line.slice(0, 60)}`,
    });
    return true;
  });
}

function unterminated(file: SourceFile, node: SyntaxNode): string | null {
  const source = sourceOf(file, node);
  const quote = /^[A-Za-z]*('''|"""|'|")/.exec(source)?.[1];
  if (quote === undefined) return null;
  return source.endsWith(quote) && source.length >= source.indexOf(quote) + 2 * quote.length ? null : 'a string has no end';
}

function statementOf(node: SyntaxNode): SyntaxNode {
  let statement = node;
  while (
    statement.parent !== null &&
    !/Statement$/.test(statement.name) &&
    statement.parent.name !== 'Body' &&
    statement.parent.name !== 'Script'
  )
    statement = statement.parent;
  return statement;
}

/** A statement without statements in it. */
const isSimple = (statement: SyntaxNode): boolean => statement.getChild('Body') === null && !/Definition$|^Decorated/.test(statement.name);

function scopeOf(file: SourceFile, node: SyntaxNode): string {
  const names: string[] = [];
  for (let outer = node.parent; outer !== null; outer = outer.parent) {
    if (outer.name !== 'FunctionDefinition' && outer.name !== 'ClassDefinition') continue;
    const name = outer.getChild('VariableName');
    if (name !== null) names.unshift(sourceOf(file, name));
  }
  return names.length === 0 ? '<module>' : names.join('.');
}
