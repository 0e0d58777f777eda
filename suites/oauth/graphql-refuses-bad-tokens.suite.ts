/** P-03, P-05, O-08: RFC 6750 3.1 and RFC 7519 4.1.4 on the platform’s GraphQL: what is no good token gets 401 and no data, by every reason apart. */
import { randomUUID } from 'node:crypto';
import { restSend } from '../../backends/wire/rest.ts';
import type { TokenSpec } from '../../fixtures/control.ts';
import { createControlClient } from '../../fixtures/control-client.ts';
import { type CheckStage, check, type Statement } from '../case/check.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { tampered } from './api-tokens.ts';

const QUERY = '{ me { name } }';
/** How each token differs from a good one. Nobody at all is none of them: `me` is null for nobody, which the schema allows. */
const TOKENS: Readonly<Record<string, Omit<TokenSpec, 'user'> | 'tampered' | 'malformed'>> = {
  expired: { expiresIn: -3_600 },
  'never-expires': { claims: { exp: null } },
  unsigned: { signedBy: 'none' },
  'other-secret': { signedBy: 'other' },
  'no-subject': { claims: { sub: null } },
  'no-tenant': { claims: { tenant: null } },
  tampered: 'tampered',
  malformed: 'malformed',
};

export default check({
  title: 'the platform’s GraphQL refuses tokens that expired, are unsigned, signed by another secret, or lack a claim',
  level: 'must',
  incidents: ['P-03', 'P-05', 'O-08', 'O-07'],
  tags: ['rfc6750-3.1', 'rfc7519-4.1.4'],
  requires: ['control'],
  points: () => Object.keys(TOKENS).map((token) => ({ token })),
  async ask(stage) {
    // An owner of its own, so that nothing of this case stays.
    const owner = `oauth-tokens-${randomUUID()}`;
    const control = createControlClient(stage.target.controlUrl ?? '', owner);
    const tenant = await control.newTenant({});
    try {
      const kind = TOKENS[stage.at['token'] ?? ''];
      const good = await control.token(tenant.id, { user: 'user' });
      const me = await ask(stage, tenant.graphqlUrl, good);
      if (me.status !== 200 || me.name === null)
        throw new CheckBroken(`a good token: expected data, got ${me.status} ${me.text}: refusals prove nothing`);
      const token = await badToken(kind, good, (spec) => control.token(tenant.id, { user: 'user', ...spec }));
      return statements(stage.at['token'] ?? '', await ask(stage, tenant.graphqlUrl, token));
    } finally {
      await control.dropTenantsOf(owner);
    }
  },
});

type Kind = (typeof TOKENS)[string] | undefined;

async function badToken(kind: Kind, good: string, mint: (spec: Omit<TokenSpec, 'user'>) => Promise<string>): Promise<string> {
  if (kind === 'tampered') return tampered(good, { sub: 'admin', id: 'admin' });
  return kind === 'malformed' ? 'not-a-token-at-all' : mint(kind ?? {});
}

function statements(token: string, { status, name, text }: Told): readonly Statement[] {
  const mend = 'verify signature, algorithm and exp before anything is resolved';
  return [
    { what: `status for a token: ${token}`, expected: '401', got: status === 401 ? '401' : `${status} ${text}`, mend },
    { what: `data for a token: ${token}`, expected: 'none', got: name === null ? 'none' : 'a user’s name', mend },
  ];
}

interface Told {
  readonly status: number;
  readonly name: string | null;
  readonly text: string;
}

async function ask({ door }: CheckStage, url: string, token: string): Promise<Told> {
  const { status, body } = await restSend(door, { method: 'POST', url, json: { query: QUERY }, reads: true, token });
  const text = Buffer.from(body).toString('utf8').slice(0, 200);
  return { status, text, name: /"name"\s*:\s*"([^"]*)"/.exec(text)?.[1] ?? null };
}
