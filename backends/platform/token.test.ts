/** P-02, P-03, P-04, P-05, P-25: which token leaves, and when none does. */
import { describe, expect, it } from 'vitest';
import { type Scripted, scripted, tokenOf } from './scripted-session.ts';

const buckets: Scripted = { data: { bucketConfigs: [] } };
const soon = () => Math.floor(Date.now() / 1000);
const refused = (message: string): Scripted => ({ status: 401, body: { errors: [{ message }] } });

describe('a token that cannot be good', () => {
  it.each([
    ['is missing', async () => ({})],
    ['has expired', async () => ({ token: await tokenOf({ exp: soon() - 1 }) })],
    ['expires by the clock of the client', async () => ({ token: await tokenOf({ exp: soon() + 100 }), now: () => Date.now() + 101_000 })],
    ['has expired in the environment', async () => ({ env: { MCP_JWT_TOKEN: await tokenOf({ exp: soon() - 1 }) } })],
    [
      'was signed with another secret',
      async () => ({ token: await tokenOf(), env: { QUILT_JWT_SECRET: 'another secret of thirty-two bytes' } }),
    ],
  ])('%s: refused before anything is sent', async (_, settings) => {
    await using scene = await scripted(() => buckets);
    const told = await settings();
    const { ops } = await scene.open({ registryUrl: scene.url, ...told });
    const error = await ops.listBuckets().catch((caught: Error) => caught);
    expect(error).toMatchObject({ name: 'AuthenticationError', operation: 'listBuckets', detail: {} });
    expect(scene.asked).toEqual([]);
    for (const secret of ['another secret', 'token' in told ? told.token : 'MCP!']) expect(String(error)).not.toContain(secret);
  });

  it('names the key mismatch that the registry reports, and no token', async () => {
    await using scene = await scripted(() => refused('its signature does not match the signing key'));
    const token = await tokenOf();
    const { ops } = await scene.open({ registryUrl: scene.url, token });
    const error = await ops.listBuckets().catch((caught: Error) => caught);
    expect(error).toMatchObject({ name: 'AuthenticationError', detail: { code: '401', text: expect.stringContaining('signing key') } });
    expect(String(error)).not.toContain(token);
  });
});

describe('a token that is good', () => {
  it('is sent as it is, an API key too', async () => {
    await using scene = await scripted(() => buckets);
    const tokens = [await tokenOf({}, 'the secret of thirty-two bytes ...'), 'qk_an-api-key'];
    for (const token of tokens) {
      const { ops } = await scene.open({ registryUrl: scene.url, token, env: { QUILT_JWT_SECRET: 'the secret of thirty-two bytes ...' } });
      await ops.listBuckets();
    }
    expect(scene.asked.map(({ headers }) => headers.authorization)).toEqual(tokens.map((token) => `Bearer ${token}`));
  });

  it("gives way to the catalog's token that it carries", async () => {
    await using scene = await scripted(() => buckets);
    const inner = await tokenOf({ inner: true });
    const { ops } = await scene.open({ token: await tokenOf({ catalog_token: inner, registry_url: scene.url }) });
    await ops.listBuckets();
    expect(scene.asked[0]?.headers.authorization).toBe(`Bearer ${inner}`);
  });

  it('is not asked for where nothing says whom to send it to', async () => {
    await using scene = await scripted(() => buckets);
    const { ops } = await scene.open({});
    await expect(ops.listBuckets()).rejects.toMatchObject({ name: 'ValidationError', detail: { field: 'registryUrl' } });
    await expect(ops.awsCredentials()).rejects.toMatchObject({ name: 'ValidationError', detail: { field: 'registryUrl' } });
  });

  it('without the claim that says where, names the claim', async () => {
    await using scene = await scripted(() => buckets);
    const { ops } = await scene.open({ token: await tokenOf() });
    await expect(ops.listBuckets()).rejects.toMatchObject({ name: 'AuthenticationError', detail: { field: 'registry_url' } });
    await expect(ops.catalogConfig()).rejects.toMatchObject({ name: 'AuthenticationError', detail: { field: 'catalog_url' } });
  });
});

describe('a refresh token', () => {
  const renewing = (fresh: string, accepts: (bearer: string | undefined) => boolean) =>
    scripted(({ path, headers }) => {
      if (path === '/api/token') return { status: 200, body: { access_token: fresh, refresh_token: 'next', expires_at: soon() + 60 } };
      return accepts(headers.authorization) ? buckets : refused('token: expired');
    });

  it.each(['expired', 'missing'])('renews a token that is %s before it is sent, once', async (kind) => {
    const fresh = await tokenOf({ fresh: true });
    await using scene = await renewing(fresh, () => true);
    const token = kind === 'expired' ? { token: await tokenOf({ exp: soon() - 1 }) } : {};
    const { ops } = await scene.open({ registryUrl: scene.url, refreshToken: 'first', ...token });
    await ops.listBuckets();
    await ops.listBuckets();
    expect(scene.asked.map(({ path }) => path)).toEqual(['/api/token', '/graphql', '/graphql']);
    expect(scene.asked[0]?.body).toBe('refresh_token=first');
    expect(scene.asked[2]?.headers.authorization).toBe(`Bearer ${fresh}`);
  });

  it('replaces no token that the registry refuses while it is in force', async () => {
    await using scene = await renewing(await tokenOf({ fresh: true }), () => false);
    const { ops } = await scene.open({ registryUrl: scene.url, refreshToken: 'first', token: await tokenOf() });
    await expect(ops.listBuckets()).rejects.toMatchObject({ name: 'AuthenticationError' });
    expect(scene.asked.map(({ path }) => path)).toEqual(['/graphql']);
  });

  it('is replaced by the one that comes with the new token, and neither is recorded', async () => {
    const short = await tokenOf({ exp: soon() + 1 });
    await using scene = await scripted(({ path, body }) =>
      path === '/api/token'
        ? { status: 200, body: { access_token: short, refresh_token: 'second-refresh-token', echo: body } }
        : { status: 200, body: { data: { bucketConfigs: [] }, extensions: { echo: 'first-refresh-token second-refresh-token' } } },
    );
    const clock = { now: Date.now() };
    const { ops, door } = await scene.open({ registryUrl: scene.url, refreshToken: 'first-refresh-token', now: () => clock.now });
    await ops.listBuckets();
    clock.now += 2_000;
    await ops.listBuckets();
    const renewals = scene.asked.filter(({ path }) => path === '/api/token');
    expect(renewals.map(({ body }) => body)).toEqual(['refresh_token=first-refresh-token', 'refresh_token=second-refresh-token']);
    expect(JSON.stringify(door.exchanges)).not.toContain('refresh-token');
  });

  it('renews no second time', async () => {
    await using scene = await renewing(await tokenOf({ fresh: true }), () => false);
    const { ops } = await scene.open({ registryUrl: scene.url, refreshToken: 'first', token: await tokenOf({ exp: soon() - 1 }) });
    await expect(ops.listBuckets()).rejects.toMatchObject({ name: 'AuthenticationError', detail: { text: 'token: expired' } });
    expect(scene.asked.map(({ path }) => path)).toEqual(['/api/token', '/graphql']);
  });

  it('that is refused is an AuthenticationError', async () => {
    await using scene = await scripted(() => ({ status: 401, body: { message: 'refresh token: unknown' } }));
    const { ops, door } = await scene.open({ registryUrl: scene.url, refreshToken: 'a-secret-refresh-token' });
    await expect(ops.listBuckets()).rejects.toMatchObject({ name: 'AuthenticationError', detail: { text: 'refresh token: unknown' } });
    expect(JSON.stringify(door.exchanges)).not.toContain('a-secret-refresh-token');
  });
});
