/** O-16: RFC 6749 4.1.2.1: for a redirect URI or client that it does not accept, a provider tells the user on its own page and never calls back, so that only its page says why. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { beginSignIn, textOf } from './app-stage.ts';

/** Words of pages on which providers refuse: Google, Microsoft, Okta, Auth0, GitHub, Facebook and oidc-provider. */
const REFUSALS =
  /redirect_uri_mismatch|invalid_(?:redirect_uri|client|request)|access blocked|development mode|app not (?:active|verified|set up)|has not completed|unauthorized_client|AADSTS\d+|sign-in is not possible|oops!?, something went wrong|the redirect_uri/i;

export default resourceCheck({
  title: 'the provider answers the authorization request with its sign-in, and refuses nothing on its own page',
  level: 'must',
  incidents: ['O-16'],
  tags: ['rfc6749-4.1.2.1'],
  of: 'oauthApps',
  async ask(stage) {
    const { redirectUri } = stage.resource;
    const { browser, request } = await beginSignIn(stage);
    const sent = request.searchParams.get('redirect_uri');
    if (sent !== redirectUri)
      throw new CheckBroken(
        `redirect_uri: expected ${redirectUri}, got ${sent}: what the provider says of it proves nothing; oauth/redirect-uri-is-registered says more`,
      );
    const { last, stoppedAt } = await browser.visit(request.href, { until: (url) => url.href.startsWith(redirectUri) });
    if (stoppedAt !== null && !stoppedAt.startsWith(redirectUri))
      throw new CheckBroken(
        `the provider's first page: expected below ${[...stage.door.policy.origins].join(', ')}, got ${URL.parse(stoppedAt)?.origin}; name it under origins`,
      );
    const text = textOf(last.text);
    const refused = stoppedAt === null && (last.status >= 400 || REFUSALS.test(text));
    const error = stoppedAt === null ? null : new URL(stoppedAt).searchParams.get('error');
    if (error !== null && !error.endsWith('_required'))
      throw new CheckBroken(
        `the provider: expected its sign-in, got a callback with ${error} (${new URL(stoppedAt ?? '').searchParams.get('error_description')}); the checks of the authorization request say more`,
      );
    const answer = refused ? `${last.status} "${text.slice(0, 300)}"` : 'its sign-in';
    return [
      {
        what: `first page of ${request.origin}`,
        expected: 'its sign-in',
        got: answer,
        mend: `at the provider: register ${redirectUri}, publish the app, or make the account one of its testers`,
      },
    ];
  },
});
