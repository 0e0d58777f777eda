/** O-14: RFC 6265bis 4.1.2 and 8.4: the cookies of a session that was just opened, and that it is a new one (no fixation). */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { STEERED, urlOf } from './app-stage.ts';
import { cookiesOf, protectionOf } from './cookie-protection.ts';
import { newPerson, signedInPerson, signIn } from './steered-provider.ts';

export default resourceCheck({
  title: 'the session cookie has HttpOnly, Secure and SameSite, and is another after signing in',
  level: 'must',
  incidents: ['O-14'],
  tags: ['rfc6265bis-4.1.2', 'rfc6265bis-8.4'],
  of: 'oauthApps',
  when: { of: `that name a sessionCookie, ${STEERED.of}`, is: (app) => app.sessionCookie !== undefined && STEERED.is(app) },
  writes: true,
  async ask(stage) {
    const { url, sessionCookie: name = '' } = stage.resource;
    const { visit } = await signedInPerson(stage);
    const set = cookiesOf(visit, url).filter(({ key }) => key === name);
    if (set.length === 0)
      throw new CheckBroken(
        `sessionCookie: expected ${name} to be set by the callback, got ${
          cookiesOf(visit, url)
            .map(({ key }) => key)
            .join(', ') || 'none'
        }`,
      );
    const planted = await newPerson(stage);
    planted.browser.setCookie(urlOf(stage, '/'), name, PLANTED);
    await signIn(stage, planted);
    return [
      ...set.flatMap(protectionOf),
      {
        what: `cookie ${name}: value after signing in with one that was there before`,
        expected: 'a new one',
        got: planted.browser.cookie(url, name) === PLANTED ? 'the old one' : 'a new one',
        mend: 'give the session a new id when its user signs in',
        reason: 'whoever planted it is signed in too',
      },
    ];
  },
});

const PLANTED = 'planted-by-somebody-else-0123456789';
