/** O-15: OpenID Connect Core 3.1.3.7, steps 2, 3, 6, 9 and 11: issuer, audience, algorithm, expiry and nonce of the ID token. */
import { resourceCheck } from '../case/resource-check.ts';
import { STEERED } from './app-stage.ts';
import { refusesForgeries } from './forged-id-tokens.ts';

export default resourceCheck({
  title: 'an ID token of another issuer, client, request or time signs nobody in',
  level: 'must',
  incidents: ['O-15', 'O-08'],
  tags: ['oidc-core-3.1.3.7'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  ask: (stage) =>
    refusesForgeries(
      stage,
      {
        'an ID token of another nonce': { forge: { nonce: 'other' } },
        'an ID token without the nonce': { forge: { nonce: 'missing' } },
        'an ID token of another issuer': { forge: { iss: 'other' } },
        'an ID token for another client': { forge: { aud: 'other' } },
        'an ID token for two other clients': { forge: { aud: 'many' } },
        'an ID token that expired an hour ago': { forge: { exp: 'past' } },
        'an ID token without a subject': { forge: { sub: 'missing' } },
      },
      'check the ID token as OpenID Connect Core 3.1.3.7 says, before anyone is signed in',
    ),
});
