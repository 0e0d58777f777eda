/** What the checks of an OAuth app ask with: its pages, its authorization request, and who is signed in. */
import { type Browser, type Hop, openBrowser, type Visit } from '../../backends/wire/browser.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, type ResourceStage } from '../case/resource-check.ts';

export type OAuthApp = Resource<'oauthApps'>;
export type AppStage = ResourceStage<OAuthApp>;

/** Apps whose provider is our own, so that sign-ins can be steered. */
export const STEERED = {
  of: 'whose provider is Crosscheck’s own (`provider.control`) and that say who is signed in (`me`): no other can be steered',
  is: ({ provider, me }: OAuthApp) => provider !== undefined && me !== undefined,
};

/** The URL of a path of the app. */
export const urlOf = ({ resource }: AppStage, path: string): string => new URL(path, resource.url).href;

/** A browser that was never there before. */
export const newBrowser = ({ door }: AppStage): Browser => openBrowser(door);

/** Begins a sign-in and stops before the provider is asked: the authorization request. Throws CheckBroken where login leads to no provider. */
export async function beginSignIn(
  stage: AppStage,
  { browser = newBrowser(stage), path = stage.resource.login, query = {} as Readonly<Record<string, string>> } = {},
): Promise<{ readonly browser: Browser; readonly visit: Visit; readonly request: URL }> {
  const url = new URL(urlOf(stage, path));
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const visit = await browser.visit(url.href, {
    until: ({ searchParams }) => searchParams.has('client_id') || searchParams.has('response_type'),
  });
  const request = visit.stoppedAt === null ? null : URL.parse(visit.stoppedAt);
  if (request === null || !(request.searchParams.has('client_id') || request.searchParams.has('response_type')))
    throw new CheckBroken(
      `${path}: expected a redirect to the provider with an authorization request, got ${describeHop(visit.last)}${visit.stoppedAt === null ? '' : ` to ${visit.stoppedAt}`}`,
    );
  return { browser, visit, request };
}

/** Whom the app says is signed in; null for nobody. Throws CheckBroken when `me` is neither 2xx nor a refusal. */
export async function signedInAs(stage: AppStage, browser: Browser): Promise<string | null> {
  const path = stage.resource.me ?? '/';
  const { last, stoppedAt } = await browser.visit(urlOf(stage, path));
  if (last.status >= 200 && last.status < 300) return subjectIn(last.text);
  if ((last.status >= 400 && last.status < 500) || stoppedAt !== null) return null;
  throw new CheckBroken(`${path}: expected 2xx for who is signed in and 401 for others, got ${describeHop(last)}`);
}

/** Statement that nobody is signed in by an answer; how the app says so is another check's question. */
export async function refusal(
  stage: AppStage,
  browser: Browser,
  what: string,
  { last }: Visit,
  mend: string,
): Promise<readonly Statement[]> {
  const who = await signedInAs(stage, browser);
  const reason = `the app answered ${describeHop(last)}`;
  return [{ what: `${what}: signed in`, expected: 'nobody', got: who === null ? 'nobody' : 'a user', reason, mend }];
}

/** Statement that an answer is no server error. */
export function noServerError(what: string, hop: Hop, mend: string): Statement {
  const right = hop.status < 500;
  return { what, expected: 'no server error', got: right ? 'no server error' : describeHop(hop), mend };
}

/** Status and first words of an answer, as a person sees them. */
export function describeHop({ status, text }: Pick<Hop, 'status' | 'text'>): string {
  const words = textOf(text);
  return words === '' ? `${status}` : `${status} "${words.slice(0, 200)}"`;
}

/** What a page says, without its markup. */
export function textOf(html: string): string {
  return html
    .replace(/<(script|style|title)\b[^>]*>[\s\S]{0,100000}?<\/\1>/gi, ' ')
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/\s+/g, ' ')
    .trim();
}

function subjectIn(text: string): string {
  try {
    const { subject, sub, id, email } = JSON.parse(text) as Record<string, unknown>;
    return String(subject ?? sub ?? id ?? email ?? 'a user');
  } catch {
    return 'a user';
  }
}
