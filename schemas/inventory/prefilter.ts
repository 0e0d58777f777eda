/** A word that any program has in it that holds, sends or reads GraphQL; in any case, since constants are written `POLICY_QUERY`. */
const WORDS = /quer(?:y|ies)|mutation|subscription|fragment|typename|graphql|gql|execute/i;

/** False when a file of any language surely holds no GraphQL, so that it is parsed only when another file imports from it. */
export function mayHoldGraphql(text: string): boolean {
  return WORDS.test(text);
}
