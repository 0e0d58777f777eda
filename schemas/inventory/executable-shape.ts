/** Whether a text is a GraphQL document, or plainly tries to be one, by nothing but its shape. */
import { type DefinitionNode, GraphQLError, Kind, parse, visit } from 'graphql';
import { isUnknown, type Variant } from './text-value.ts';

/** What a text is. `broken` is one that plainly tries to be a document and is none. */
export type Shape = 'document' | 'broken' | 'definitions' | 'other';

const ignored = /^(?:[\s,\uFEFF]|#[^\n\r]*)*/;
/** Before a definition of a type its description may stand. */
const described = /^(?:"""(?:[^"\\]|\\[\s\S]|"(?!""))*"""|"(?:[^"\\\n]|\\.)*")?/;
const definition = /^(?:extend\s+)?(?:schema|type|input|enum|interface|union|scalar|directive)\b\s*[\w@{]/;
const operation = /^(?:query|mutation|subscription)\b(?:\s*[_A-Za-z]\w*)?\s*(?:@\w+[^{]*)?([({])\s*(\S?)/;
const fragment = /^fragment\s+[_A-Za-z]\w*\s+on\s+[_A-Za-z]\w*\s*[@{]/;
/** `{count, plural, one {…} other {…}}`: a message of ICU, which also parses. */
const icu = /^\{\s*\w+\s*,\s*(?:plural|select|selectordinal)\b/;

/** Stands for what is not known. */
export const HOLE = '__hole__';

/** The text of a variant with a name, or nothing, in each hole. */
export const filled = (variant: Variant, by: string): string => variant.map((one) => (isUnknown(one) ? by : one.text)).join('');

/** What a text is that may have come from anywhere: a false alarm is worse than a miss only where there is no keyword. */
export function shapeOf(variant: Variant): Shape {
  const holes = variant.some(isUnknown);
  const text = filled(variant, HOLE);
  const head = ignored.exec(text)?.[0].length ?? 0;
  const body = text.slice(head);
  if (definition.test(body.slice(described.exec(body)?.[0].length ?? 0).trimStart())) return 'definitions';
  const opened = operation.exec(body);
  const byKeyword = opened !== null || fragment.test(body);
  if (!byKeyword && !body.startsWith('{')) return 'other';
  if (icu.test(body)) return 'other';
  const definitions = parsed(text) ?? (holes ? parsed(filled(variant, ' ')) : null);
  if (definitions !== null) return byKeyword || isPlainSelection(definitions) ? 'document' : 'other';
  return byKeyword && triesToBe(body, opened) ? 'broken' : 'other';
}

/** What a text is that is handed to GraphQL: anything but definitions of types and nothing at all. */
export function shapeOfMarked(variant: Variant): Shape {
  const text = filled(variant, HOLE);
  const body = text.slice(ignored.exec(text)?.[0].length ?? 0);
  if (body === '' || definition.test(body.slice(described.exec(body)?.[0].length ?? 0).trimStart())) return 'definitions';
  const definitions = parsed(text) ?? parsed(filled(variant, ' '));
  return definitions === null ? 'broken' : 'document';
}

function parsed(text: string): readonly DefinitionNode[] | null {
  try {
    return parse(text, { noLocation: true, maxTokens: 100_000 }).definitions;
  } catch (error) {
    // A text that nests ten thousand deep ends the recursion of the parser: it is no document that anybody could send.
    if (error instanceof GraphQLError || error instanceof RangeError) return null;
    throw error;
  }
}

/** `{ a }` is also a placeholder, `{ a: b }` also an object; with arguments or a selection inside it can be nothing else. */
function isPlainSelection(definitions: readonly DefinitionNode[]): boolean {
  const [only] = definitions;
  if (only?.kind !== Kind.OPERATION_DEFINITION) return false;
  let certain = definitions.slice(1).some((one) => one.kind === Kind.FRAGMENT_DEFINITION);
  if (definitions.length > 1 && !certain) return false;
  visit(only, {
    Field: ({ name, selectionSet, arguments: args }) => {
      // A hole may be a brace of another language as well as a field.
      if (name.value.includes(HOLE)) return;
      const inside = selectionSet?.selections.some((one) => one.kind !== Kind.FIELD || !one.name.value.includes(HOLE)) === true;
      certain ||= inside || (args?.length ?? 0) > 0 || name.value.startsWith('__');
    },
    InlineFragment: () => {
      certain = true;
    },
  });
  return certain;
}

/** Tells a document with a mistake from prose that begins like one: "mutation {name} failed", "query Foo (see below)". */
function triesToBe(body: string, opened: RegExpExecArray | null): boolean {
  const [head = '', sign, next = ''] = opened ?? [];
  if (
    sign === '(' &&
    !next.startsWith('$') &&
    !(next.startsWith('_') && body.slice(head.length - 1).startsWith(HOLE) && body.includes('{'))
  )
    return false;
  if (sign === '{' && !/[_A-Za-z.#}{(]/.test(next)) return false;
  if (/[\n\r]/.test(body.trim())) return depthOfError(body) !== 0 || /[\n\r][\s\S]*\{[\s\S]*[\n\r]/.test(body);
  // On one line, what follows the selection is another definition, a bracket too many, or prose.
  return depthOfError(body) !== 0 && /^\s*(?:$|\}|#|(?:query|mutation|subscription|fragment)\b)/.test(afterSelection(body));
}

/** What stands behind the first selection of a text; nothing when it does not end. */
function afterSelection(body: string): string {
  let depth = 0;
  for (const { 0: sign, index } of body.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}]/g)) {
    if (sign === '{') depth++;
    else if (sign === '}' && --depth === 0) return body.slice(index + 1);
  }
  return '';
}

/** How deep in brackets a text stops to be GraphQL. */
function depthOfError(body: string): number {
  let at = body.length;
  try {
    parse(body, { noLocation: true, maxTokens: 100_000 });
  } catch (error) {
    if (error instanceof GraphQLError) at = error.positions?.[0] ?? at;
    else return 1;
  }
  let depth = 0;
  for (const { 0: sign } of body.slice(0, at).matchAll(/#[^\n\r]*|"(?:[^"\\\n]|\\.)*"|[{}()]/g)) {
    if (sign === '{' || sign === '(') depth++;
    else if (sign === '}' || sign === ')') depth--;
  }
  return body[at] === '}' && depth === 0 ? -1 : depth;
}
