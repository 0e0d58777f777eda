/** Reads a schema that an option names: a URL that is asked, or a file with SDL or the answer to introspection. */
import { readFileSync } from 'node:fs';
import { introspectContract } from '../../backends/wire/introspect.ts';
import { openDoor } from '../../backends/wire/open-door.ts';
import type { SchemaText } from '../../backends/wire/proxy/clerk-thread.ts';
import { UsageError } from '../failure.ts';

const DEADLINE_MS = 20_000;
const BODY_LIMIT = 64 * 1024 * 1024;

/** The schema's text, as it came. Throws UsageError, WireError or ContractError; what is in a file is not read yet. */
export async function readSchemaSource(source: string, token: string | null): Promise<SchemaText> {
  if (!/^https?:\/\//i.test(source)) return readFile(source);
  const url = new URL(source);
  const policy = { origins: [url.origin], writes: 'never', deadlineMs: DEADLINE_MS, bodyLimit: BODY_LIMIT } as const;
  await using door = openDoor(policy, null, { secrets: token === null ? [] : [token] });
  const { introspection } = await introspectContract(door, { url: url.href, token: () => token });
  return { form: 'introspection', text: JSON.stringify(introspection), source };
}

function readFile(path: string): SchemaText {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(
      `--schema: expected a URL or a readable file, got ${path} (${error instanceof Error ? error.message : String(error)})`,
    );
  }
  return { form: /^\s*\{\s*"/.test(text) ? 'introspection' : 'sdl', text, source: path };
}

/** The secret that the environment variable `name` holds; null without a name. Throws UsageError when it holds none. */
export function tokenOf(name: string | undefined): string | null {
  if (name === undefined) return null;
  const token = process.env[name];
  if (!token) throw new UsageError(`--token-env: expected a token in the environment variable ${name}, got nothing`);
  return token;
}
