/** O-14: RFC 6265bis 4.1.2: the cookies that a sign-in begins with hold, or lead to, its state. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { beginSignIn } from './app-stage.ts';
import { cookiesOf, protectionOf } from './cookie-protection.ts';

export default resourceCheck({
  title: 'cookies that a sign-in begins with have HttpOnly, Secure and SameSite',
  level: 'must',
  incidents: ['O-14'],
  tags: ['rfc6265bis-4.1.2'],
  of: 'oauthApps',
  async ask(stage) {
    const { visit } = await beginSignIn(stage);
    const cookies = cookiesOf(visit, stage.resource.url);
    if (cookies.length === 0)
      throw new CheckBroken(`${stage.resource.login}: expected a cookie that binds the sign-in to the browser, got none`);
    return cookies.flatMap(protectionOf);
  },
});
