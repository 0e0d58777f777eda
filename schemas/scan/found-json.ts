/** What a finder found as JSON: a file stands as `{ $file }`, and text that stands in a file as `{ $run }`, its place and length alone. */
import type { Found, Tree } from '../inventory/found.ts';
import { SourceFile } from '../inventory/source-file.ts';
import type { Run } from '../inventory/text-value.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const isRun = (value: unknown): value is Run => isObject(value) && 'verbatim' in value && value['file'] instanceof SourceFile;

/** JSON that `decodeFound` reads. A document's text is left out, since its runs have it. */
export function encodeFound(found: Found): string {
  return JSON.stringify(found, function (this: unknown, key, value: unknown) {
    if (value instanceof SourceFile) return { $file: value.path };
    if (key === 'text' && isObject(this) && 'runs' in this) return undefined;
    // A run that says so and is not is kept as it is.
    if (isRun(value) && value.verbatim && value.file.text.startsWith(value.text, value.at))
      return { $run: [value.file.path, value.at, value.text.length] };
    return value;
  });
}

/** The same again. Every file in it must be `file`, or one that the tree has with the text that it had. */
export function decodeFound(text: string, file: SourceFile, tree: Tree): Found {
  const fileOf = (path: unknown) => (path === file.path ? file : tree.read(String(path)));
  return JSON.parse(text, (_, value: unknown) => {
    if (!isObject(value)) return value;
    if ('$file' in value) return fileOf(value['$file']);
    if (Array.isArray(value['$run'])) {
      const [path, at, length] = value['$run'];
      const from = fileOf(path);
      return { text: from?.text.slice(at, at + length), file: from, at, verbatim: true };
    }
    if (Array.isArray(value['runs'])) return { ...value, text: (value['runs'] as readonly Run[]).map((run) => run.text).join('') };
    return value;
  }) as Found;
}
