/** C-11, C-12: root fields whose value needs another answer first: promotion, cursors, browsing sessions, switching roles. */
import { createGraphql } from '../../backends/wire/graphql.ts';
import { createBystander } from '../case/bystander.ts';
import { check, type Statement } from '../case/check.ts';

const name = 'crosscheck/walked';
const page = (type: string) => `... on ${type} { cursor hits { id } }`;
const documents = {
  construct: `mutation q($bucket: String!, $name: String!, $src: PackageConstructSource!) { packageConstruct(params: { bucket: $bucket, name: $name, message: "walked" }, src: $src) { __typename ... on PackagePushSuccess { revision { hash } } } }`,
  promote: `mutation q($bucket: String!, $src: PackagePromoteSource!) { packagePromote(params: { bucket: $bucket, name: "crosscheck/promoted" }, src: $src) { __typename ... on PackagePushSuccess { revision { hash } } } }`,
  packages: `query q($buckets: [String!]) { searchPackages(buckets: $buckets, latestOnly: true) { __typename ... on PackagesSearchResultSet { total firstPage(size: 1, order: LEX_ASC) { cursor hits { name } } } } }`,
  morePackages: `query q($after: String!) { searchMorePackages(after: $after, size: 1) { __typename ${page('PackagesSearchResultSetPage')} } }`,
  objects: `query q($buckets: [String!]) { searchObjects(buckets: $buckets) { __typename ... on ObjectsSearchResultSet { total firstPage(size: 1) { cursor hits { key } } } } }`,
  moreObjects: `query q($after: String!) { searchMoreObjects(after: $after, size: 1) { __typename ${page('ObjectsSearchResultSetPage')} } }`,
  session: `mutation q($scope: String!) { browsingSessionCreate(scope: $scope) { __typename ... on BrowsingSession { id expires } } }`,
  refresh: `mutation q($id: ID!) { browsingSessionRefresh(id: $id) { __typename ... on BrowsingSession { id expires } } }`,
  dispose: `mutation q($id: ID!) { browsingSessionDispose(id: $id) { __typename } }`,
  me: '{ me { __typename role { name } roles { name } } }',
  switchRole: `mutation q($role: String!) { switchRole(roleName: $role) { __typename ... on Me { role { name } } } }`,
  remove: `mutation q($bucket: String!, $name: String!, $hash: String!) { packageRevisionDelete(bucket: $bucket, name: $name, hash: $hash) { __typename } }`,
} as const;

export default check({
  title: 'promotion, search cursors, browsing sessions and switching roles answer with values that lead on',
  level: 'must',
  incidents: ['C-11', 'C-12'],
  tags: ['contract', 'platform-only'],
  requires: ['control'],
  points: () => [{}],
  async ask({ target, door }) {
    const client = createGraphql(door, { url: target.graphqlUrl ?? '', token: () => target.tokens.user, client: 'crosscheck' });
    const bucket = target.buckets[0] ?? '';
    const statements: Statement[] = [];
    const keys = { accessKeyId: target.accessKeyId ?? '', secretAccessKey: target.secretAccessKey ?? '', sessionToken: null };
    const bystander = createBystander(door, { endpoint: target.s3Endpoint, region: target.region, keys });
    for (const key of ['walked/a.txt', 'walked/b.txt']) await bystander.put(bucket, key, key);
    const ask = async (
      document: keyof typeof documents,
      variables: Record<string, unknown>,
      expected: string,
    ): Promise<Record<string, unknown>> => {
      const { data, body, findings } = await client.send(
        { text: documents[document], name: document === 'me' ? null : 'q', free: true },
        variables,
      );
      const it = (Object.values(data ?? {})[0] ?? {}) as Record<string, unknown>;
      const wrong = findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
      statements.push({ what: document, expected, got: String(it['__typename'] ?? body.slice(0, 200)) });
      statements.push({ what: `${document} by the contract`, expected: 'no finding', got: wrong.join('; ') || 'no finding' });
      return it;
    };
    const hashOf = (it: Record<string, unknown>) => String((it['revision'] as { hash?: unknown } | undefined)?.hash);
    const made = await ask('construct', { bucket, name, src: { entries: [] } }, 'PackagePushSuccess');
    const promoted = await ask('promote', { bucket, src: { bucket, name, hash: hashOf(made) } }, 'PackagePushSuccess');
    const found = await ask('packages', { buckets: [bucket] }, 'PackagesSearchResultSet');
    const first = found['firstPage'] as { cursor?: unknown } | undefined;
    await ask('morePackages', { after: first?.cursor ?? null }, 'PackagesSearchResultSetPage');
    const objects = await ask('objects', { buckets: [bucket] }, 'ObjectsSearchResultSet');
    await ask(
      'moreObjects',
      { after: (objects['firstPage'] as { cursor?: unknown } | undefined)?.cursor ?? null },
      'ObjectsSearchResultSetPage',
    );
    const session = await ask('session', { scope: `s3://${bucket}#package=${name}&hash=${hashOf(made)}` }, 'BrowsingSession');
    await ask('refresh', { id: session['id'] }, 'BrowsingSession');
    await ask('dispose', { id: session['id'] }, 'Ok');
    const me = await ask('me', {}, 'Me');
    const active = String((me['role'] as { name?: unknown } | undefined)?.name);
    const other = (me['roles'] as { name: string }[] | undefined)?.find((role) => role.name !== active)?.name ?? active;
    await ask('switchRole', { role: other }, 'Me');
    await ask('switchRole', { role: active }, 'Me');
    for (const [what, it] of [
      ['crosscheck/promoted', promoted],
      [name, made],
    ] as const) {
      await ask('remove', { bucket, name: what, hash: hashOf(it) }, 'PackageRevisionDeleteSuccess');
    }
    return statements;
  },
});
