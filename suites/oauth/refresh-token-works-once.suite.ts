/** O-12: RFC 9700 4.14.2: a refresh token that was exchanged works no more, and one that comes again costs the whole grant. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import type { AppStage } from './app-stage.ts';
import { urlOf } from './app-stage.ts';
import { newPerson } from './steered-provider.ts';
import { issueCode, type OwnClient, redeem, renew } from './token-endpoint.ts';

export default resourceCheck({
  title: 'the token endpoint takes a refresh token once, and revokes the grant of one that comes again',
  level: 'must',
  incidents: ['O-12'],
  tags: ['rfc9700-4.14.2', 'rfc6749-6'],
  of: 'oauthApps',
  when: {
    of: 'whose provider is Crosscheck’s own and whose connections name a clientId and clientSecret',
    is: ({ provider, connections }) =>
      provider !== undefined && connections?.clientSecret !== undefined && connections.clientId !== undefined,
  },
  writes: true,
  async ask(stage) {
    const client = connectionClient(stage);
    const first = await redeem(stage, await issueCode(stage, await newPerson(stage), client), client);
    if (first.refreshToken === null) throw new CheckBroken(`${client.clientId}: expected a refresh token, got ${first.error ?? 'none'}`);
    const second = await renew(stage, first.refreshToken, client);
    if (second.refreshToken === null)
      throw new CheckBroken(`a new refresh token: expected tokens for it, got ${second.error ?? 'no new refresh token'}`);
    const again = await renew(stage, first.refreshToken, client);
    const after = await renew(stage, second.refreshToken, client);
    const mend = 'let the provider rotate refresh tokens and detect one that is used again';
    return [
      { what: 'a refresh token that was exchanged', expected: 'invalid_grant', got: again.error ?? 'tokens', mend },
      { what: 'its successor, after the old one came again', expected: 'invalid_grant', got: after.error ?? 'tokens', mend },
    ];
  },
});

function connectionClient(stage: AppStage): OwnClient {
  const { name = '', callback = '/', clientId = '', scopes = [] } = stage.resource.connections ?? {};
  const redirectUri = urlOf(stage, callback.replaceAll('{name}', name));
  return { clientId, secret: stage.secret('connections.clientSecret') ?? '', redirectUri, scopes };
}
