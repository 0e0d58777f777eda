/** The catalog: what its configuration must hold, what turning to another changes, and where a browsing session leads. */
import { describe, expect, it } from 'vitest';
import { type Scripted, scripted, tokenOf } from './scripted-session.ts';

const config = (registryUrl: string) => ({ region: 'r', apiGatewayEndpoint: 'g', registryUrl, analyticsBucket: 'a', more: 1 });

describe('config.json', () => {
  it.each(['region', 'apiGatewayEndpoint', 'registryUrl', 'analyticsBucket'])('is refused without %s', async (key) => {
    for (const value of [undefined, '', null, 7]) {
      await using scene = await scripted(() => ({ status: 200, body: { ...config('x'), [key]: value } }));
      const { ops } = await scene.open({ catalogUrl: scene.url });
      await expect(ops.catalogConfig()).rejects.toMatchObject({ name: 'BackendError', detail: { subject: key } });
    }
  });

  it.each([
    [{ status: 404, body: 'none' }, 'NotFoundError', { subject: 'catalogUrl', code: '404' }],
    [{ status: 200, body: '<html>' }, 'BackendError', { code: 'broken-body' }],
    [{ status: 503, body: '' }, 'BackendError', { code: '503' }],
  ] as const)('%j', async (answer, name, detail) => {
    await using scene = await scripted(() => answer);
    const { ops } = await scene.open({ catalogUrl: scene.url });
    await expect(ops.catalogConfig()).rejects.toMatchObject({ name, detail });
  });

  it('says where the registry is when nothing nearer does', async () => {
    await using scene = await scripted(() => ({ status: 200, body: config('http://registry/') }));
    const { ops } = await scene.open({ catalogUrl: `${scene.url}/` });
    expect(await ops.registryUrl()).toEqual({ registryUrl: 'http://registry' });
    const told = await scene.open({ catalogUrl: scene.url, registryUrl: 'http://told' });
    expect(await told.ops.registryUrl()).toEqual({ registryUrl: 'http://told' });
    expect(scene.asked).toHaveLength(1);
  });
});

describe('configureCatalog', () => {
  it('turns to the registry of the new catalog, and sends no token to a catalog', async () => {
    await using scene = await scripted(
      ({ path }): Scripted =>
        path === '/new/config.json' ? { status: 200, body: config(`${scene.url}/there`) } : { data: { bucketConfigs: [] } },
    );
    const { ops } = await scene.open({
      catalogUrl: 'http://old',
      registryUrl: 'http://old',
      graphqlUrl: 'http://old/graphql',
      token: await tokenOf(),
    });
    expect(await ops.configureCatalog({ catalogUrl: `${scene.url}/new/` })).toMatchObject({
      catalogUrl: `${scene.url}/new`,
      registryUrl: `${scene.url}/there`,
    });
    await ops.listBuckets();
    expect(scene.asked.map(({ path, headers }) => [path, headers.authorization !== undefined])).toEqual([
      ['/new/config.json', false],
      ['/there/graphql', true],
    ]);
  });

  it('looks anew for the endpoint', async () => {
    await using scene = await scripted(({ path }): Scripted => {
      if (path === '/config.json') return { status: 200, body: config(`${scene.url}/new`) };
      return path === '/old/graphql' || path === '/new/graphql' ? { data: { bucketConfigs: [{ name: path }] } } : { status: 404, body: '' };
    });
    const { ops } = await scene.open({ registryUrl: `${scene.url}/old`, token: await tokenOf() });
    expect(await ops.listBuckets()).toEqual(['/old/graphql']);
    await ops.configureCatalog({ catalogUrl: scene.url });
    expect(await ops.listBuckets()).toEqual(['/new/graphql']);
  });

  it('leaves everything as it was when the catalog cannot be read', async () => {
    await using scene = await scripted(() => ({ status: 404, body: 'none' }));
    const { ops } = await scene.open({ registryUrl: 'http://old' });
    await expect(ops.configureCatalog({ catalogUrl: scene.url })).rejects.toMatchObject({ name: 'NotFoundError' });
    expect(await ops.registryUrl()).toEqual({ registryUrl: 'http://old' });
  });

  it.each(['', 'ftp://x', 'http://', 'catalog.example.com'])('refuses %j before anything is sent', async (catalogUrl) => {
    await using scene = await scripted(() => ({ status: 200, body: {} }));
    const { ops } = await scene.open({});
    await expect(ops.configureCatalog({ catalogUrl })).rejects.toMatchObject({ name: 'ValidationError', detail: { field: 'catalogUrl' } });
    expect(scene.asked).toEqual([]);
  });
});

describe('contentUrl', () => {
  const open = async (browse: Scripted) => {
    const scene = await scripted(({ operation }) => {
      if (operation === 'PackageFileAt')
        return { data: { bucketAsked: { name: 'b' }, package: { revision: { hash: 'top', dir: null, file: { path: 'x' } } } } };
      return operation === 'OpenBrowsingSession'
        ? { data: { browsingSessionCreate: { __typename: 'BrowsingSession', id: 'session' } } }
        : browse;
    });
    const { ops } = await scene.open({ catalogUrl: scene.url, registryUrl: scene.url, token: await tokenOf(), registry: 'b' });
    return { scene, ops };
  };

  it('is where the catalog redirects, each segment of the path encoded', async () => {
    const { scene, ops } = await open({ status: 302, body: '', headers: { location: 'http://s3/object?signed' } });
    await using _ = scene;
    expect(await ops.contentUrl({ name: 't/p', path: 'd/ü +%?#.txt' })).toEqual({ url: 'http://s3/object?signed' });
    expect(scene.asked.at(-1)?.path).toBe('/browse/session/d/%C3%BC%20%2B%25%3F%23.txt');
    expect(scene.asked[1]?.variables).toEqual({ scope: 's3://b#package=t/p&hash=top' });
  });

  it.each([
    [{ status: 403, body: '' }, 'PermissionError'],
    [{ status: 200, body: {} }, 'BackendError'],
    [{ status: 302, body: '' }, 'BackendError'],
  ] as const)('is an error for %j', async (browse, name) => {
    const { scene, ops } = await open(browse);
    await using _ = scene;
    await expect(ops.contentUrl({ name: 't/p', path: 'x' })).rejects.toMatchObject({ name });
  });
});
