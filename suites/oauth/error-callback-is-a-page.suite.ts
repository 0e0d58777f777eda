/** O-06: RFC 6749 4.1.2.1: each error that a provider may call back with is an answer that the app must live with. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { beginSignIn, noServerError } from './app-stage.ts';

const CODES = [
  'access_denied',
  'invalid_request',
  'unauthorized_client',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'login_required',
  'consent_required',
  'crosscheck_unknown_error',
];
const MARK = '<img src=x onerror=crosscheck()>';

export default resourceCheck({
  title: 'a callback with an error, or with nothing, is answered by a page that says so',
  level: 'must',
  incidents: ['O-06'],
  tags: ['rfc6749-4.1.2.1'],
  of: 'oauthApps',
  async ask(stage) {
    const { redirectUri, issuer } = stage.resource;
    const statements: Statement[] = [];
    for (const parameters of [...CODES.map((error) => ({ error, error_description: MARK })), { error: '' }, {}, { code: '' }]) {
      const { browser, request } = await beginSignIn(stage);
      const callback = new URL(redirectUri);
      const all = { ...parameters, state: request.searchParams.get('state') ?? '', iss: issuer };
      for (const [name, value] of Object.entries(all)) callback.searchParams.set(name, value);
      const { last } = await browser.visit(callback.href);
      const named = Object.entries(parameters).map(([name, value]) => `${name}=${value === MARK ? '…' : value}`);
      const what = `callback with ${named.join('&') || 'nothing but state'}`;
      statements.push(noServerError(what, last, 'answer errors of the provider with a page that names them'));
      if ('error_description' in parameters)
        statements.push({
          what: `${what}: markup in error_description`,
          expected: 'shown as text or not at all',
          got: last.text.includes(MARK) ? 'in the page as markup' : 'shown as text or not at all',
          mend: 'escape what comes from the URL',
        });
    }
    return statements;
  },
});
