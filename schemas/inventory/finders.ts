/** Which finder reads which files. A finder is loaded when the first file of its extension is met, so that no parser costs a scan that does not need it. */
import type { Finder } from './found.ts';

/** Extension with its dot, lower case → what loads its finder. */
export type Finders = Readonly<Record<string, () => Promise<Finder>>>;

const graphql = async () => (await import('./graphql/find-in-graphql.ts')).findInGraphql;
const typescript = async () => (await import('./typescript/find-in-typescript.ts')).findInTypeScript;

/** The finders of every language. */
export const finders: Finders = {
  ...Object.fromEntries(['.graphql', '.gql', '.graphqls'].map((extension) => [extension, graphql])),
  ...Object.fromEntries(['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'].map((extension) => [extension, typescript])),
  '.py': async () => (await import('./python/find-in-python.ts')).findInPython,
};

/** The extension that decides on a file's finder: from its last dot, lower case; '' without one. */
export const extensionOf = (path: string): string => /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? '';
