/** Opens the schemas that a command line names: a live one by its URL, an SDL file, or an introspection answer in a file. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { SchemaText } from '../../backends/wire/proxy/clerk-thread.ts';
import type { Contract } from '../../schemas/contract.ts';
import { ContractError } from '../../schemas/contract-error.ts';
import { UsageError } from '../failure.ts';

export interface OpenedSchema {
  readonly name: string;
  /** URL of the live one; null for a file. */
  readonly url: string | null;
  /** SHA-256 of what the schema was read from, hex. */
  readonly hash: string;
  /** What it was read from, to be handed to another thread. */
  readonly text: SchemaText;
  /** The executable schema, made on first use: a cached scan needs none. Throws ContractError. */
  readonly contract: () => Promise<Contract>;
}

/** A `--schema` as it was named. */
export interface SchemaName {
  readonly name: string;
  /** URL or file. */
  readonly source: string;
  readonly url: string | null;
}

/** The slowest introspection seen took 1 s; a server that must wake first needs more. */
const DEADLINE_MS = 20_000;
const BODY_LIMIT = 64 * 1024 * 1024;
const SDL_WAY = 'where introspection is off, name a file in its place: --schema NAME=FILE, SDL or an introspection answer';

/** The one schema that a command asks for, with the token of the variable that `--token-env` names. Throws UsageError or ContractError. */
export async function openSchema(text: string, tokenEnv: string | undefined): Promise<OpenedSchema> {
  const names = parseSchemaNames([text]);
  const [opened] = await openSchemas(names, readTokens(tokenEnv === undefined ? [] : [tokenEnv], names, process.env));
  if (opened === undefined) throw new UsageError(`--schema: expected one, got ${JSON.stringify(text)}`);
  return opened;
}

/** `NAME=URL|FILE` or `URL|FILE`. Throws UsageError for a name that comes twice. */
export function parseSchemaNames(texts: readonly string[]): readonly SchemaName[] {
  const names = texts.map((text): SchemaName => {
    const [, named, rest] = /^([\w.-]+)=(.+)$/.exec(text) ?? [];
    const source = rest ?? text;
    if (/^https?:\/\/[^/?#]*@/i.test(source))
      throw new UsageError('--schema: expected a URL without user or password, got one; --token-env names a secret');
    return { name: named ?? source, source, url: /^https?:\/\//i.test(source) ? source : null };
  });
  const twice = names.find(({ name }, index) => names.findIndex((other) => other.name === name) !== index);
  if (twice) throw new UsageError(`--schema: expected each name once, got ${JSON.stringify(twice.name)} twice`);
  return names;
}

/**
 * Token by schema, from the environment: `--token-env VARIABLE` where one schema is live, else `--token-env NAME=VARIABLE` for each, so that no
 * token reaches a server that it is not for. Throws UsageError.
 */
export function readTokens(
  settings: readonly string[],
  schemas: readonly SchemaName[],
  env: Readonly<Record<string, string | undefined>>,
): ReadonlyMap<string, string> {
  const live = schemas.filter(({ url }) => url !== null);
  return new Map(
    settings.map((setting): [string, string] => {
      const at = setting.lastIndexOf('=');
      const schema = at < 0 ? (live.length === 1 ? live[0]?.name : undefined) : setting.slice(0, at);
      const variable = setting.slice(at + 1);
      if (schema === undefined || !live.some(({ name }) => name === schema)) {
        const expected = live.length === 0 ? 'a schema with a URL' : `NAME=VARIABLE with one of ${live.map(({ name }) => name).join(', ')}`;
        throw new UsageError(`--token-env ${setting}: expected ${expected}, got ${at < 0 ? 'a variable alone' : JSON.stringify(schema)}`);
      }
      const token = env[variable];
      if (!token) throw new UsageError(`--token-env ${setting}: environment variable ${variable}: expected to be set, got nothing`);
      return [schema, token];
    }),
  );
}

/** Reads or asks every schema. Throws ContractError when one cannot be had, which says how to go on. */
export async function openSchemas(schemas: readonly SchemaName[], tokens: ReadonlyMap<string, string>): Promise<readonly OpenedSchema[]> {
  return await Promise.all(
    schemas.map(async ({ name, source, url }): Promise<OpenedSchema> => {
      if (url === null) return openFile(name, source);
      const { contract, introspection } = await askLive(url, tokens.get(name) ?? null);
      const text = JSON.stringify(introspection);
      return { name, url, hash: hashOf(text), text: { text, source: url }, contract: async () => contract };
    }),
  );
}

function openFile(name: string, path: string): OpenedSchema {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    const got = (cause as NodeJS.ErrnoException).code ?? String(cause);
    throw new ContractError(path, `expected a readable file or a URL, got ${got}`, { cause });
  }
  const text = bytes.toString('utf8');
  let made: Contract | undefined;
  return {
    name,
    url: null,
    hash: hashOf(text),
    text: { text, source: path },
    contract: async () => {
      made ??= (await import('../../schemas/load-contract.ts')).contractFromText(text, path);
      return made;
    },
  };
}

/** What is loaded here, a scan by files does not need. */
async function askLive(url: string, token: string | null) {
  const { introspectContract } = await import('../../backends/wire/introspect.ts');
  const { openDoor } = await import('../../backends/wire/open-door.ts');
  const { WireError } = await import('../../backends/wire/door.ts');
  const policy = { origins: [new URL(url).origin], writes: 'never', deadlineMs: DEADLINE_MS, bodyLimit: BODY_LIMIT } as const;
  await using door = openDoor(policy, null, token === null ? {} : { secrets: [token] });
  try {
    return await introspectContract(door, { url, token: () => token });
  } catch (cause) {
    if (cause instanceof WireError) throw new ContractError(url, `expected a schema, got ${cause.message}; ${SDL_WAY}`, { cause });
    if (cause instanceof ContractError) throw new ContractError(url, `${cause.message.replace(`${url}: `, '')}; ${SDL_WAY}`, { cause });
    throw cause;
  }
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
