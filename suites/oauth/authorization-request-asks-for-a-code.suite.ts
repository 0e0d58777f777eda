/** O-13: RFC 9700 2.1.2 and OpenID Connect Core 3.1.2.1: a code flow by the registered client; any other response type brings tokens into URLs. */
import { restJson } from '../../backends/wire/rest.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { beginSignIn } from './app-stage.ts';

export default resourceCheck({
  title: 'the authorization request asks the provider’s own endpoint for a code, as the registered client',
  level: 'must',
  incidents: ['O-13'],
  tags: ['rfc9700-2.1.2', 'oidc-core-3.1.2.1'],
  of: 'oauthApps',
  async ask(stage) {
    const { issuer, clientId, scopes } = stage.resource;
    const { request } = await beginSignIn(stage);
    const described = await restJson(stage.door, { url: `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration` });
    const { authorization_endpoint: endpoint } = described.json as { authorization_endpoint?: string };
    const { searchParams } = request;
    const missing = scopes.filter((scope) => !(searchParams.get('scope') ?? '').split(' ').includes(scope));
    const mode = searchParams.get('response_mode');
    return [
      {
        what: 'authorization endpoint',
        expected: String(endpoint),
        got: `${request.origin}${request.pathname}`,
        mend: `take it from the description of ${issuer}`,
      },
      {
        what: 'response_type',
        expected: 'code',
        got: searchParams.get('response_type') ?? 'none',
        mend: 'use the code flow: other types put tokens into URLs',
      },
      { what: 'response_mode', expected: 'no fragment', got: mode === 'fragment' ? 'fragment' : 'no fragment' },
      {
        what: 'client_id',
        expected: clientId,
        got: searchParams.get('client_id') ?? 'none',
        mend: 'deploy the id that the provider gave this app',
      },
      {
        what: 'scope',
        expected: 'all that the target names',
        got: missing.length === 0 ? 'all that the target names' : `without ${missing.join(', ')}`,
      },
    ];
  },
});
