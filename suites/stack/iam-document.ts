/** IAM policy documents, in the one form in which two that mean the same are equal. */
import { CheckBroken } from '../case/resource-check.ts';

/** The statements of a document as sorted texts, and its version. Ids say nothing of what is allowed. Throws CheckBroken for what is none. */
export function normalised(text: string, what: string): readonly string[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new CheckBroken(`${what}: expected an IAM policy in JSON, got ${JSON.stringify(text.slice(0, 60))}`);
  }
  const { Version = '2008-10-17', Statement } = Object(document) as { Version?: unknown; Statement?: unknown };
  const statements = Array.isArray(Statement) ? Statement : Statement === undefined ? [] : [Statement];
  if (statements.length === 0) throw new CheckBroken(`${what}: expected statements, got none`);
  return [`Version ${String(Version)}`, ...new Set(statements.map((one) => JSON.stringify(normal(one))).sort())];
}

/** Order of keys and of lists, and one value in or out of a list, mean nothing; actions have no case. */
function normal(value: unknown, key = ''): unknown {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !(name === 'Sid' && key === ''))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, inner]) => [name, normal(inner, name)]),
    );
  const spelt = (one: unknown) => (/^(Not)?Action$/.test(key) ? String(one).toLowerCase() : String(one));
  return [...new Set([value].flat().map(spelt))].sort();
}
