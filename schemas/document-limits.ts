/** How large and how deep a document may be: a bound before parsing, so that no hostile text can exhaust the stack or the time of a judge. */
import { GraphQLError, Lexer, type Source, TokenKind } from 'graphql';

/** Ten times the largest introspection query and more; graphql-js judges that many in some tenths of a second. */
export const MOST_TOKENS = 50_000;
/** Brackets inside one another. graphql-js 17.1 was seen to take 1,000 levels, and to exhaust the stack at 2,000. */
export const MOST_NESTING = 200;

/** Rule under which a document over the limits is reported. */
export const LIMIT_RULE = 'document-limits';

/** Why the document is not judged, or null. Text that is no GraphQL is left to the parser. */
export function overLimits(source: Source): GraphQLError | null {
  const { body } = source;
  // A token has at least one character, and a level its bracket: most documents need no second look.
  if (body.length <= MOST_TOKENS && (body.match(/[{[(]/g)?.length ?? 0) <= MOST_NESTING) return null;
  try {
    return count(source);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

function count(source: Source): GraphQLError | null {
  const lexer = new Lexer(source);
  let nesting = 0;
  for (let tokens = 1; ; tokens++) {
    const token = lexer.advance();
    if (token.kind === TokenKind.EOF) return null;
    if (token.kind === TokenKind.BRACE_L || token.kind === TokenKind.BRACKET_L || token.kind === TokenKind.PAREN_L) nesting++;
    if (token.kind === TokenKind.BRACE_R || token.kind === TokenKind.BRACKET_R || token.kind === TokenKind.PAREN_R) nesting--;
    if (nesting > MOST_NESTING)
      return limit(`document: expected at most ${MOST_NESTING} levels of brackets, got more`, source, token.start);
    if (tokens > MOST_TOKENS) return limit(`document: expected at most ${MOST_TOKENS} tokens, got more`, source, token.start);
  }
}

const limit = (message: string, source: Source, at: number) =>
  new GraphQLError(`${message}; it is not judged`, { source, positions: [at], extensions: { rule: LIMIT_RULE } });
