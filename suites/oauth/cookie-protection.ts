/** What protects a cookie: RFC 6265bis 4.1.2 and OWASP's rules for sessions. */
import { Cookie } from 'tough-cookie';
import type { Visit } from '../../backends/wire/browser.ts';
import type { Statement } from '../case/check.ts';

const MEND = 'set the cookie with HttpOnly; Secure; SameSite=Lax';

/** Cookies that the app itself set during a visit and that are not taken away by it. */
export function cookiesOf({ hops }: Visit, appUrl: string): readonly Cookie[] {
  const { origin } = new URL(appUrl);
  const lines = hops.filter(({ url }) => new URL(url).origin === origin).flatMap(({ setCookies }) => setCookies);
  return lines
    .flatMap((line) => Cookie.parse(line) ?? [])
    .filter(({ value, maxAge }) => value !== '' && !(typeof maxAge === 'number' && maxAge <= 0));
}

/** Statements on one cookie; its value is never shown. */
export function protectionOf(cookie: Cookie): readonly Statement[] {
  const { key, httpOnly, secure, sameSite } = cookie;
  const strict = sameSite === 'lax' || sameSite === 'strict';
  return [
    {
      what: `cookie ${key}: HttpOnly`,
      expected: 'set',
      got: httpOnly ? 'set' : 'not set',
      mend: MEND,
      reason: 'any script of the page reads it',
    },
    { what: `cookie ${key}: Secure`, expected: 'set', got: secure ? 'set' : 'not set', mend: MEND, reason: 'it is sent over plain HTTP' },
    {
      what: `cookie ${key}: SameSite`,
      expected: 'Lax or Strict',
      got: strict ? 'Lax or Strict' : (sameSite ?? 'not set'),
      mend: MEND,
      reason: 'other sites send requests with it',
    },
  ];
}
