/** A text that is one document as a whole: what a person types. */
import type { Finder } from './found.ts';

/** The whole file as one document, called by the file's name. */
export const findOneDocument: Finder = (file) => ({
  documents: [
    {
      language: 'graphql',
      place: file.placeOf(0),
      name: file.path,
      text: file.text,
      runs: [{ text: file.text, file, at: 0, verbatim: true }],
      variant: null,
      variables: [],
    },
  ],
  unresolved: [],
  comparisons: [],
});
