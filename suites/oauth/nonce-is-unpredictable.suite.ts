/** O-15: OpenID Connect Core 3.1.2.1 and 15.5.2: `nonce` binds the ID token to the request. */
import { resourceCheck } from '../case/resource-check.ts';
import { beginSignIn } from './app-stage.ts';
import { unpredictable } from './unpredictable.ts';

export default resourceCheck({
  title: 'the authentication request carries a nonce that cannot be guessed',
  level: 'should',
  incidents: ['O-15'],
  tags: ['oidc-core-15.5.2'],
  of: 'oauthApps',
  when: { of: 'that ask for an ID token (scope openid)', is: ({ scopes }) => scopes.includes('openid') },
  async ask(stage) {
    const [one, other] = [await beginSignIn(stage), await beginSignIn(stage)];
    return unpredictable(
      'nonce',
      [one.request, other.request],
      'send 128 random bits made for each request, and compare them with the ID token’s',
    );
  },
});
