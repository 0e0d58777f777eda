/** Raw GraphQL, as far as the model answers it: `me` and `bucketConfigs` with plain fields. What else a document asks is no field to it. */
import type { Json } from '../shapes.ts';
import { levelOf } from './call.ts';
import type { Tenant, User } from './state.ts';

interface Selection {
  readonly name: string;
  readonly alias: string;
  readonly inner: readonly Selection[] | null;
}

const FIELDS: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  Query: { me: 'Me', bucketConfigs: 'BucketConfig' },
  Me: { name: null, email: null, isAdmin: null, role: 'MyRole', roles: 'MyRole' },
  MyRole: { name: null },
  BucketConfig: { name: null, title: null, description: null, tags: null, relevanceScore: null, browsable: null },
};

/** The answer to a query; an unknown field is the error that every server says in these words (C-05), whatever it suggests in its place. */
export function answerGraphql(asker: { readonly user: User; readonly tenant: Tenant } | null, query: string) {
  const selections = parse(query);
  if (selections === null) return { data: null, errors: ['#text:Syntax Error'] };
  const wrong = unknownFields(selections, 'Query');
  if (wrong.length > 0) return { data: null, errors: wrong };
  if (asker === null && selections.some(({ name }) => name !== 'me')) return { data: null, errors: ['#text:'] };
  return { data: pick(rootOf(asker), selections), errors: null };
}

function rootOf(asker: { readonly user: User; readonly tenant: Tenant } | null): Json {
  if (asker === null) return { me: null };
  const { user, tenant } = asker;
  const { name, email, isAdmin, role, extraRoles } = user;
  const roles = [...(role === null ? [] : [role]), ...extraRoles].map((each) => ({ name: each.name }));
  const buckets = [...tenant.stack].filter(([bucket]) => levelOf(tenant, user, bucket) !== null);
  return {
    me: { name, email, isAdmin, role: role === null ? null : { name: role.name }, roles },
    bucketConfigs: buckets.map(([bucket, { title, description, tags, relevanceScore, browsable }]) => {
      return { name: bucket, title, description, tags, relevanceScore, browsable };
    }),
  };
}

function unknownFields(selections: readonly Selection[], type: string): string[] {
  return selections.flatMap(({ name, inner }) => {
    const fields = FIELDS[type] ?? {};
    if (name === '__typename') return [];
    if (!Object.hasOwn(fields, name)) return [`#text:Cannot query field "${name}" on type "${type}".`];
    return inner === null ? [] : unknownFields(inner, fields[name] ?? '');
  });
}

function pick(value: Json, selections: readonly Selection[]): Json {
  if (Array.isArray(value)) return value.map((each: Json) => pick(each, selections));
  if (typeof value !== 'object' || value === null) return value;
  const members = value as { readonly [name: string]: Json };
  return Object.fromEntries(
    selections.map(({ name, alias, inner }) => [alias, inner === null ? (members[name] ?? null) : pick(members[name] ?? null, inner)]),
  );
}

/** Selections of the only operation of a document; null when it cannot be read. */
function parse(query: string): readonly Selection[] | null {
  const tokens = query.replace(/#[^\n]*/g, '').match(/[A-Za-z_]\w*|[{}:]|[^\s,]/g) ?? [];
  if (tokens[0] === 'query') tokens.shift();
  if (tokens[0] !== '{' && /^\w+$/.test(tokens[0] ?? '')) tokens.shift();
  const selections = parseSet(tokens);
  return selections !== null && tokens.length === 0 ? selections : null;
}

function parseSet(tokens: string[]): Selection[] | null {
  if (tokens.shift() !== '{') return null;
  const selections: Selection[] = [];
  while (tokens[0] !== '}') {
    const first = tokens.shift();
    if (first === undefined || !/^\w+$/.test(first)) return null;
    const name = tokens[0] === ':' ? tokens.splice(0, 2)[1] : first;
    if (name === undefined) return null;
    const isInner = tokens[0] === '{';
    const inner = isInner ? parseSet(tokens) : null;
    if (isInner && inner === null) return null;
    selections.push({ name, alias: first, inner });
  }
  tokens.shift();
  return selections.length > 0 ? selections : null;
}
