/** A look at a text that is far cheaper than parsing it. */

const words = /quer(?:y|ies)|mutation|subscription|fragment|__typename|gql|graphql/i;

/** Whether a source file can hold GraphQL, or a call that sends some; one that cannot needs no parse unless another imports it. */
export const mayHoldGraphql = (text: string): boolean => words.test(text);
