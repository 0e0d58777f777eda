/** O-15: OpenID Connect Core 3.1.3.7, steps 6 and 7: the signature, by a published key and the algorithm registered. TLS to the token endpoint may stand for it, so it is a SHOULD. */
import { resourceCheck } from '../case/resource-check.ts';
import { STEERED } from './app-stage.ts';
import { refusesForgeries } from './forged-id-tokens.ts';

export default resourceCheck({
  title: 'an ID token that the provider did not sign signs nobody in',
  level: 'should',
  incidents: ['O-15', 'O-08'],
  tags: ['oidc-core-3.1.3.7', 'rfc8725-3.1'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  ask: (stage) =>
    refusesForgeries(
      stage,
      {
        'an ID token by a key that is not published': { forge: { signedBy: 'other' } },
        'an ID token without a signature (alg none)': { forge: { signedBy: 'none' } },
        'an ID token by the client’s secret (HS256)': { forge: { signedBy: 'client-secret' } },
      },
      'verify the signature by the keys of the provider’s jwks_uri, and the algorithm that is registered',
    ),
});
