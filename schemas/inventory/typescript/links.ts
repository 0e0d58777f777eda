/** Which documents a file hands to clients, and with which variables. */
import type { Node } from 'oxc-parser';
import { filled, HOLE } from '../executable-shape.ts';
import type { FoundDocument, SeenVariables, Unresolved } from '../found.ts';
import { documentsInGraphqlFile } from '../graphql/find-in-graphql.ts';
import { eachOnce } from '../same-value.ts';
import { isUnknown, type Unknown } from '../text-value.ts';
import { bindingAt, functionAround, isFunction, type Names } from './bindings.ts';
import { definitionName } from './definition-name.ts';
import { type Demand, demandsOf } from './demands.ts';
import { knownText } from './evaluate-text.ts';
import { seenValueOf } from './evaluate-value.ts';
import { unresolvedAt } from './find-in-typescript.ts';
import { isGraphql, type Made, type Maker } from './made-text.ts';
import { memberOf } from './members.ts';
import { frameOf, unknownAt, unwrapped } from './reach.ts';
import { type Reached, Reader, type Spot, spotAt } from './reader.ts';
import { rootsOf } from './roots.ts';
import { keepsText, marksGraphql, nameOfTag } from './tags.ts';

export interface Links {
  /** Documents that are handed to something, with the variables of each call; those of other files among them. */
  readonly documents: ReadonlyMap<Made, readonly SeenVariables[]>;
  /** Documents of .graphql files that are imported and sent with variables. */
  readonly files: readonly FoundDocument[];
  readonly unresolved: readonly Unresolved[];
}

/** Reads every demand of a file, and every call of a function that makes one of what it is given. */
export function linksIn(maker: Maker, names: Names): Links {
  const linking = new Linking(maker, names);
  for (const demand of demandsOf(names)) linking.demand(demand, spotAt(demand.document, { names, frame: null }));
  for (const node of rootsOf(names).marked) linking.marked(node);
  for (const node of names.tree.nodes) if (node.type === 'CallExpression') linking.wrapped(node);
  return linking;
}

/** What `gql(text)`, `parse(text)` or `new TypedDocumentString(text)` is given. */
function givenTo({ node, names, frame }: Spot): Spot | null {
  if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return null;
  const name = nameOfTag(node.callee);
  const [first] = node.arguments;
  if (first === undefined || first.type === 'SpreadElement') return null;
  const hands =
    node.type === 'NewExpression' ? name === 'TypedDocumentString' : marksGraphql(node.callee, names) || keepsText(node.callee, names);
  return hands ? spotAt(first, { names, frame }) : null;
}

/** Most functions that hand a document from one to the next. */
const MOST_WRAPPERS = 3;

type CallNode = Node & { type: 'CallExpression' };
const callsByFunction = new WeakMap<Names, Map<Node | null, CallNode[]>>();

/** The calls that stand in a function and in none within it. */
function callsIn(names: Names, fn: Node): readonly CallNode[] {
  let calls = callsByFunction.get(names);
  if (calls === undefined) {
    const all = names.tree.nodes.filter((node): node is CallNode => node.type === 'CallExpression');
    calls = Map.groupBy(all, functionAround);
    callsByFunction.set(names, calls);
  }
  return calls.get(fn) ?? [];
}

/** The declaration of a variable that several statements put together, at a use of it. */
function writtenVariable(node: Node, names: Names): Node | null {
  const binding = node.type === 'Identifier' ? bindingAt(names, node.name, node) : null;
  return binding?.node.type === 'VariableDeclarator' && rootsOf(names).all.has(binding.node) ? binding.node : null;
}

class Linking implements Links {
  readonly documents = new Map<Made, readonly SeenVariables[]>();
  readonly files: FoundDocument[] = [];
  readonly unresolved: Unresolved[] = [];
  readonly #maker: Maker;
  readonly #names: Names;
  readonly #sending = new Map<Node, boolean>();
  /** Stops at what makes text, so that a document is known as itself. */
  readonly #origins: Reader;

  constructor(maker: Maker, names: Names) {
    this.#maker = maker;
    this.#names = names;
    this.#origins = new Reader(
      maker.reader.tree,
      (node, at) => (rootsOf(at).all.has(node) && !maker.isReference(node, at)) || writtenVariable(node, at) !== null,
    );
  }

  demand(demand: Demand, document: Spot): void {
    const variables = this.#variablesOf(demand, document);
    for (const one of this.#originsOf(document)) this.#link(one, demand, document, variables);
  }

  /** What a mark stands before or a tag is given by name: a document, whatever it looks like. */
  marked(node: Node): void {
    const names = this.#names;
    if (!this.#maker.isReference(node, names)) return;
    const demand: Demand = { document: node, variables: null, operationName: null, certain: true };
    this.demand(demand, spotAt(node, { names, frame: null }));
  }

  /** A call of a function of the program that hands on what it is given, itself or through another. */
  wrapped(call: CallNode, at: Spot = spotAt(call, { names: this.#names, frame: null }), depth = 0): void {
    const callee = unwrapped(call.callee);
    if ((callee.type !== 'Identifier' && callee.type !== 'MemberExpression') || depth > MOST_WRAPPERS) return;
    for (const fn of this.#maker.reader.reach(spotAt(callee, at))) {
      if (fn.kind !== 'spot' || !isFunction(fn.node) || !this.#sends(fn, MOST_WRAPPERS - depth)) continue;
      const frame = frameOf(fn.node, fn, null, call.arguments, at);
      if (frame === null) continue;
      for (const demand of demandsOf(fn.names)) {
        if (functionAround(demand.document) === fn.node) this.demand(demand, spotAt(demand.document, { names: fn.names, frame }));
      }
      for (const inner of callsIn(fn.names, fn.node)) this.wrapped(inner, spotAt(inner, { names: fn.names, frame }), depth + 1);
    }
  }

  /** Whether a function sends anything, itself or through others. */
  #sends(fn: Spot, depth: number): boolean {
    const known = this.#sending.get(fn.node);
    if (known !== undefined) return known;
    this.#sending.set(fn.node, false);
    const sends =
      demandsOf(fn.names).some((demand) => functionAround(demand.document) === fn.node) ||
      (depth > 0 &&
        isFunction(fn.node) &&
        callsIn(fn.names, fn.node).some((call) =>
          this.#maker.reader
            .reach(spotAt(unwrapped(call.callee), { names: fn.names, frame: null }))
            .some((one) => one.kind === 'spot' && isFunction(one.node) && this.#sends(one, depth - 1)),
        ));
    this.#sending.set(fn.node, sends);
    return sends;
  }

  /** A variable that several statements put together is known by its declaration, whoever handed it on. */
  #originsOf(spot: Spot): readonly Reached[] {
    return this.#origins.reach(spotAt(unwrapped(spot.node), spot)).map((one) => {
      const written = one.kind === 'spot' ? writtenVariable(one.node, one.names) : null;
      return one.kind === 'spot' && written !== null ? spotAt(written, { names: one.names, frame: null }) : one;
    });
  }

  #link(origin: Reached, demand: Demand, document: Spot, variables: readonly SeenVariables[]): void {
    if (origin.kind === 'unknown') this.#untold(origin, demand, document);
    if (origin.kind === 'document') {
      if (variables.length > 0)
        this.files.push(
          ...documentsInGraphqlFile(origin.file, this.#maker.reader.tree, origin.operation).map((one) => ({ ...one, variables })),
        );
      return;
    }
    if (origin.kind !== 'spot') return;
    const given = givenTo(origin);
    if (given !== null) {
      for (const one of this.#originsOf(given)) this.#link(one, demand, document, variables);
      return;
    }
    const made = this.#madeAt(origin, demand);
    if (made === null) {
      if (origin.node.type === 'CallExpression' && this.#maker.isReference(origin.node, origin.names))
        this.#untold(unknownAt(origin, 'call'), demand, document);
      return;
    }
    this.documents.set(made, eachOnce([...(this.documents.get(made) ?? []), ...variables]));
  }

  #madeAt(origin: Spot, demand: Demand): Made | null {
    const roots = rootsOf(origin.names);
    if (!roots.all.has(origin.node) && !roots.marked.has(origin.node)) return null;
    const made = this.#maker.make(origin.node, origin.names);
    if (isGraphql(made)) return made;
    // By its shape it may be anything; a client makes `{ me }` a document, and GraphQL a text with a mistake in it.
    const demanded = this.#maker.make(origin.node, origin.names, true);
    if (!isGraphql(demanded)) return null;
    const text = filled(demanded.variants[0] ?? [], HOLE).trim();
    if (demanded.variants.every((variant) => variant.every(isUnknown))) {
      if (demanded.hole !== null) this.#untold(demanded.hole, demand, origin);
      return null;
    }
    return text.startsWith('{') && (demand.certain || demanded.shapes[0] === 'document') ? demanded : null;
  }

  #untold(hole: Unknown, demand: Demand, document: Spot): void {
    if (!demand.certain || hole.reason === 'parameter' || document.frame !== null || document.names !== this.#names) return;
    const { file } = this.#names.tree;
    this.unresolved.push(unresolvedAt(hole, file.placeOf(document.node.start), definitionName(document.node), file));
  }

  #variablesOf(demand: Demand, document: Spot): readonly SeenVariables[] {
    if (demand.variables === null) return [];
    const { node, as } = demand.variables;
    const spot = spotAt(node, document);
    const { reader } = this.#maker;
    const operationName = demand.operationName === null ? null : knownText(reader, spotAt(demand.operationName, document));
    if (as !== 'variables') {
      const inside = this.#inOptions(spot);
      if (inside !== null) return inside.map((value) => ({ value, operationName }));
      if (as === 'options' || this.#areOptions(spot)) return [];
    }
    const value = seenValueOf(reader, spot);
    return value === null || (as === 'either' && value.kind === 'scalar') ? [] : [{ value, operationName }];
  }

  /** Values of the member `variables`, when what is passed has one. */
  #inOptions(spot: Spot): readonly SeenVariables['value'][] | null {
    const { reader } = this.#maker;
    const node = unwrapped(spot.node);
    const objects =
      node.type === 'ObjectExpression'
        ? [spotAt(node, spot)]
        : reader.reach(spot).filter((one): one is Spot => one.kind === 'spot' && one.node.type === 'ObjectExpression');
    for (const object of objects) {
      if (object.node.type !== 'ObjectExpression') continue;
      for (const property of object.node.properties) {
        if (
          property.type !== 'Property' ||
          property.computed ||
          property.key.type !== 'Identifier' ||
          !/^variables$/.test(property.key.name)
        )
          continue;
        const value = seenValueOf(reader, spotAt(property.value, object));
        return value === null ? [] : [value];
      }
      const members = memberOf(reader, object, 'variables', object).filter((one): one is Spot => one.kind === 'spot');
      const values = members.flatMap((one) => seenValueOf(reader, one) ?? []);
      if (values.length > 0) return values;
    }
    return null;
  }

  /** Headers and the like, which some clients take where others take variables. */
  #areOptions(spot: Spot): boolean {
    const options =
      /^(?:headers|signal|fetchPolicy|requestPolicy|context|timeout|skip|pause|onCompleted|onError|refetchQueries|errorPolicy|pollInterval|method|body|retries)$/;
    return this.#maker.reader
      .reach(spot)
      .some(
        (one) =>
          one.kind === 'spot' &&
          one.node.type === 'ObjectExpression' &&
          one.node.properties.some(
            (property) => property.type === 'Property' && property.key.type === 'Identifier' && options.test(property.key.name),
          ),
      );
  }
}
