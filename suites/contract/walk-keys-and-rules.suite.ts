/** C-11: API keys and the packager's rules: what one answer says, the next field takes, and nothing stays behind. */
import { createGraphql } from '../../backends/wire/graphql.ts';
import { check, type Statement } from '../case/check.ts';

const documents = {
  create:
    'mutation q { apiKeyCreate(input: { name: "crosscheck", expiresInDays: 1 }) { __typename ... on APIKeyCreated { apiKey { id } } } }',
  get: 'query q($id: ID!) { admin { apiKeys { get(id: $id) { id name status } } } }',
  list: 'query q { admin { apiKeys { list(name: "crosscheck") { id } } } }',
  revokeOwn: 'mutation q($id: ID!) { apiKeyRevoke(id: $id) { __typename } }',
  revoke: 'mutation q($id: ID!) { admin { apiKeys { revoke(id: $id) { __typename } } } }',
  toggle: `mutation q($enabled: Boolean!) {
    admin { packager { toggleEventRule(name: "ro-crate-manifest", enabled: $enabled) { __typename ... on PackagerEventRule { enabled } } } }
  }`,
  rule: 'query q { admin { packager { eventRule(name: "ro-crate-manifest") { enabled } } } }',
} as const;

export default check({
  title: 'an API key lives from its creation to its end by its owner or an administrator, and a rule of the packager is as it was switched',
  level: 'must',
  incidents: ['C-11'],
  tags: ['contract', 'platform-only'],
  requires: ['control'],
  points: () => [{}],
  async ask({ target, door }) {
    const statements: Statement[] = [];
    const clients = Object.fromEntries(
      (['admin', 'user'] as const).map((who) => {
        const url = target.graphqlUrl ?? `${target.registryUrl}/graphql`;
        return [who, createGraphql(door, { url, token: () => target.tokens[who], client: 'crosscheck' })];
      }),
    );
    const state = (what: string, expected: unknown, got: unknown) =>
      void statements.push({ what, expected: JSON.stringify(expected), got: JSON.stringify(got) ?? 'nothing' });
    /** Sends a document and answers what stands at the path in its data. */
    const ask = async (who: 'admin' | 'user', document: keyof typeof documents, path: string, variables: Record<string, unknown> = {}) => {
      const outcome = await clients[who]?.send({ text: documents[document], name: 'q', free: true }, variables);
      const wrong = outcome?.findings.filter(({ severity }) => severity === 'error').map(({ message }) => message) ?? ['not asked'];
      state(`${document} by the contract`, [], wrong);
      const at = (value: unknown, name: string) =>
        typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
      return path.split('.').reduce<unknown>(at, outcome?.data);
    };

    for (const [how, revokeBy] of [
      ['by its owner', () => ['user', 'revokeOwn', 'apiKeyRevoke.__typename'] as const],
      ['by an administrator', () => ['admin', 'revoke', 'admin.apiKeys.revoke.__typename'] as const],
    ] as const) {
      const id = await ask('user', 'create', 'apiKeyCreate.apiKey.id');
      state('a new key', 'string', typeof id);
      state('the key by its id', { id, name: 'crosscheck', status: 'ACTIVE' }, await ask('admin', 'get', 'admin.apiKeys.get', { id }));
      const listed = await ask('admin', 'list', 'admin.apiKeys.list');
      state('the key among those of its name', true, JSON.stringify(listed)?.includes(JSON.stringify({ id })));
      const [who, document, path] = revokeBy();
      state(`its end ${how}`, 'Ok', await ask(who, document, path, { id }));
      state('the key that ended', null, await ask('admin', 'get', 'admin.apiKeys.get', { id }));
      state(`its end again ${how}`, 'InvalidInput', await ask(who, document, path, { id }));
    }

    for (const enabled of [true, false]) {
      const toggled = await ask('admin', 'toggle', 'admin.packager.toggleEventRule', { enabled });
      state('the rule as it was switched', { __typename: 'PackagerEventRule', enabled }, toggled);
      state('the rule when asked', { enabled }, await ask('admin', 'rule', 'admin.packager.eventRule'));
    }
    return statements;
  },
});
