/** A table of a target file with its schema, as the catalogue names it: `users` is `public.users`. */
export const qualifyTable = (table: string): string => (table.includes('.') ? table : `public.${table}`);
