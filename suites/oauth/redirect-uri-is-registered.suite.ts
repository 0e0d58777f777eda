/** O-01, O-02: RFC 9700 2.1 and RFC 6749 3.1.2.3: the redirect URI is compared by exact match, so anything else than the registered one is refused or leads elsewhere. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { beginSignIn } from './app-stage.ts';

export default resourceCheck({
  title: 'the authorization request names the redirect URI that is registered, to the letter',
  level: 'must',
  incidents: ['O-01', 'O-02'],
  tags: ['rfc9700-2.1', 'rfc6749-3.1.2.3'],
  of: 'oauthApps',
  async ask(stage) {
    const { request } = await beginSignIn(stage);
    const sent = request.searchParams.getAll('redirect_uri');
    return [comparison(stage.resource.redirectUri, sent.length === 1 ? (sent[0] ?? '') : `${sent.length} of them`)];
  },
});

function comparison(registered: string, sent: string): Statement {
  const parts = differingParts(registered, sent);
  const mend = `let the app send ${registered}, or register what it sends with the provider${parts === '' ? '' : `; they differ in ${parts}`}`;
  return { what: 'redirect_uri', expected: registered, got: sent === '' ? 'none' : sent, mend };
}

/** Which parts of the URIs differ, in the words of a URL. */
function differingParts(registered: string, sent: string): string {
  const [a, b] = [URL.parse(registered), URL.parse(sent)];
  if (a === null || b === null) return '';
  const names = { scheme: 'protocol', host: 'hostname', port: 'port', path: 'pathname', query: 'search' } as const;
  const parts = Object.entries(names).flatMap(([name, key]) => (a[key] === b[key] ? [] : [name]));
  if (parts[0] === 'path' && parts.length === 1 && a.pathname.replace(/\/$/, '') === b.pathname.replace(/\/$/, ''))
    return 'a slash at the end';
  if (parts.length === 0 && registered !== sent) return 'letters that only look the same to a URL parser (case, escapes)';
  return parts.join(' and ');
}
