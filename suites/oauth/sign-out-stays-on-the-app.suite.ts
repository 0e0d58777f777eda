/** O-10: RFC 9700 4.11.1: signing out is no open redirector either, and needs nobody to sign in. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { newBrowser, urlOf } from './app-stage.ts';
import { foreignPlaces, leadsAway } from './foreign-places.ts';

export default resourceCheck({
  title: 'after signing out the browser stays with the app, wherever next leads',
  level: 'must',
  incidents: ['O-10'],
  tags: ['rfc9700-4.11.1'],
  of: 'oauthApps',
  when: { of: 'with a path logout and a parameter next', is: ({ logout, next }) => logout !== undefined && next !== undefined },
  async ask(stage) {
    const { logout = '/', next: { parameter } = { parameter: 'next' } } = stage.resource;
    const statements: Statement[] = [];
    for (const place of foreignPlaces(stage.resource.url)) {
      const url = new URL(urlOf(stage, logout));
      url.searchParams.set(parameter, place);
      const away = leadsAway(stage.resource.url, await newBrowser(stage).visit(url.href));
      const mend = 'resolve next against the app’s own URL, and go there only if the origin is the app’s';
      statements.push({
        what: `where ${logout}?${parameter}=${JSON.stringify(place)} leads`,
        expected: 'the app',
        got: away ?? 'the app',
        mend,
      });
    }
    return statements;
  },
});
