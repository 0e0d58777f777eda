/** A browser without a screen, over the door: cookies as a browser keeps and sends them, redirects followed one by one, every hop an exchange of protocol `oauth`. */
import { Cookie, CookieJar, getPublicSuffix } from 'tough-cookie';
import type { Door, WireResponse } from './door.ts';

/** One request of a visit and its answer. */
export interface Hop {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Each `Set-Cookie` as it came. */
  readonly setCookies: readonly string[];
  readonly text: string;
  /** Where it redirects to, resolved as browsers do; null when it does not. `raw` is as it came. */
  readonly redirect: { readonly url: string | null; readonly raw: string } | null;
}

export interface Visit {
  readonly hops: readonly Hop[];
  readonly last: Hop;
  /** The URL that the last hop redirects to and that was not asked: `until` said so, or the door does not allow its origin. Null when the visit ended with a page. */
  readonly stoppedAt: string | null;
}

export interface VisitOptions {
  /** Stops before a redirect to a URL of which this is true. */
  readonly until?: (url: URL) => boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly form?: Readonly<Record<string, string>>;
  /** Where the person comes from: `another-site` followed a link, so that cookies with SameSite=Strict stay at home. Typed when absent. */
  readonly from?: 'another-site';
  /** False leaves the cookies at home. */
  readonly credentials?: false;
}

export interface Browser {
  /** Goes to a URL as a person who typed it. Throws WireError when no whole answer came, BrowserError for redirects that do not end. */
  visit(url: string, options?: VisitOptions): Promise<Visit>;
  setCookie(url: string, name: string, value: string): void;
  /** Value of a cookie that would be sent to the URL. */
  cookie(url: string, name: string): string | null;
  /** A browser of its own with the same cookies. */
  clone(): Browser;
}

/** A page that no browser would ever show. */
export class BrowserError extends Error {
  override readonly name = 'BrowserError';
}

/** As many as Chromium and Firefox follow. */
const MOST_REDIRECTS = 20;
/** A page of an app is some kilobytes; what is longer says nothing more of a sign-in. */
const PAGE_LIMIT = 4 * 1024 * 1024;
/** The slowest honest page seen took 0.4 s, on a machine with both cores busy. */
const PAGE_DEADLINE_MS = 5_000;
/** Values of these parameters are of one sign-in only, and good for whoever has them. */
const SECRET_PARAMETERS = ['code', 'access_token', 'id_token', 'refresh_token'];

/** A browser with the cookies of `jar`. */
export function openBrowser(door: Door, jar = new CookieJar(undefined, { rejectPublicSuffixes: false })): Browser {
  const once = async (url: URL, options: VisitOptions, crossSite: boolean): Promise<Hop> => {
    const method = options.method ?? 'GET';
    const sameSiteContext = crossSite ? (method === 'GET' ? 'lax' : 'none') : 'strict';
    const cookie = options.credentials === false ? '' : jar.getCookieStringSync(url.href, { sameSiteContext });
    const answer = await door.request({
      protocol: 'oauth',
      operation: `${method} ${url.pathname}`,
      method,
      url: withoutFragment(url),
      headers: {
        accept: 'text/html,application/json;q=0.9,*/*;q=0.8',
        ...(cookie !== '' && { cookie }),
        ...(options.form && { 'content-type': 'application/x-www-form-urlencoded' }),
        ...options.headers,
      },
      ...(options.form && { body: new URLSearchParams(options.form).toString() }),
      // A page that is asked for changes nothing that stays, but for what a sign-in leaves; checks that sign in say that they write.
      reads: method !== 'POST',
      deadlineMs: Math.min(PAGE_DEADLINE_MS, door.policy.deadlineMs),
      bodyLimit: PAGE_LIMIT,
    });
    learn(door, answer);
    for (const line of answer.setCookies) jar.setCookieSync(line, url.href, { ignoreError: true });
    return hopOf(url, answer);
  };

  return {
    async visit(start, options = {}) {
      const hops: Hop[] = [];
      let crossSite = options.from === 'another-site';
      let url = new URL(start);
      let now = options;
      for (;;) {
        const hop = await once(url, now, crossSite);
        hops.push(hop);
        const next = hop.redirect?.url == null ? null : new URL(hop.redirect.url);
        if (hop.redirect === null) return { hops, last: hop, stoppedAt: null };
        const stop =
          next === null || options.until?.(next) === true || !door.policy.origins.some((origin) => originOf(origin) === next.origin);
        if (stop) return { hops, last: hop, stoppedAt: next?.href ?? hop.redirect.raw };
        if (hops.length > MOST_REDIRECTS)
          throw new BrowserError(
            `${url.origin}${url.pathname}: expected an end after at most ${MOST_REDIRECTS} redirects, got one more to ${next.origin}${next.pathname}`,
          );
        crossSite ||= siteOf(url) !== siteOf(next);
        // 307 and 308 keep method and body; the others are followed by GET, as browsers do.
        now =
          hop.status === 307 || hop.status === 308 ? options : { ...(options.credentials === false && { credentials: false as const }) };
        url = next;
      }
    },
    setCookie(url, name, value) {
      jar.setCookieSync(new Cookie({ key: name, value, path: '/' }), url);
      door.learnSecret(value);
    },
    cookie(url, name) {
      return jar.getCookiesSync(url).find(({ key }) => key === name)?.value ?? null;
    },
    clone: () => openBrowser(door, jar.cloneSync()),
  };
}

function hopOf(url: URL, { status, headers, setCookies, body }: WireResponse): Hop {
  const raw = headers['location'];
  const redirect = status >= 300 && status < 400 && raw !== undefined ? { raw, url: URL.parse(raw, url)?.href ?? null } : null;
  return { url: url.href, status, headers, setCookies, text: Buffer.from(body).toString('utf8'), redirect };
}

/** Cookies, codes and tokens are secrets of who signs in. */
function learn(door: Door, { headers, setCookies }: WireResponse): void {
  for (const line of setCookies) {
    const value = Cookie.parse(line)?.value;
    if (value) door.learnSecret(value);
  }
  const parameters = URL.parse(headers['location'] ?? '', 'http://nowhere.invalid')?.searchParams;
  for (const name of SECRET_PARAMETERS) {
    const value = parameters?.get(name);
    if (value) door.learnSecret(value);
  }
}

const originOf = (url: string) => URL.parse(url)?.origin;
const withoutFragment = (url: URL) => url.href.replace(/#.*$/s, '');

/** What cookies call a site: the registrable domain; on an address or a single name each port is one, since it stands for a server of its own. */
function siteOf(url: URL): string {
  const isName = /[a-z]/i.test(url.hostname) && url.hostname.includes('.');
  return `${url.protocol}//${(isName ? getPublicSuffix(url.hostname) : null) ?? url.host}`;
}
