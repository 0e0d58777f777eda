/** Our provider, steered through the door: the flows that a check signs in by, and tokens for an API. */

import { type Browser, openBrowser, type Visit } from '../../backends/wire/browser.ts';
import { restJson } from '../../backends/wire/rest.ts';
import { type ApiToken, FLOW_COOKIE, type Flow, type FlowSpec, type FlowTruth } from '../../fixtures/provider-control.ts';
import { CheckBroken } from '../case/resource-check.ts';
import { type AppStage, beginSignIn, describeHop, signedInAs } from './app-stage.ts';

/** A person at the provider, with a browser of their own. */
export interface Person extends Flow {
  readonly browser: Browser;
  truth(): Promise<FlowTruth>;
  /** Lets the access tokens that the app holds for them run out. */
  expire(): Promise<void>;
  /** Takes back the refresh tokens that the app holds for them. */
  revoke(): Promise<void>;
}

/** A new person. Throws CheckBroken where the provider cannot be steered. */
export async function newPerson(stage: AppStage, spec: FlowSpec = {}): Promise<Person> {
  const flow = (await askControl(stage, 'POST', '/flows', spec)) as Flow;
  const browser = openBrowser(stage.door);
  browser.setCookie(stage.resource.issuer, FLOW_COOKIE, flow.id);
  const path = `/flows/${flow.id}`;
  return {
    ...flow,
    browser,
    truth: async () => (await askControl(stage, 'GET', path)) as FlowTruth,
    expire: async () => void (await askControl(stage, 'POST', `${path}/expire`)),
    revoke: async () => void (await askControl(stage, 'POST', `${path}/revoke`)),
  };
}

/** An access token as the provider signs it for an API, or as a forger would. */
export async function mintToken(stage: AppStage, token: ApiToken): Promise<string> {
  const { token: minted } = (await askControl(stage, 'POST', '/tokens', token)) as { token: string };
  stage.door.learnSecret(minted);
  return minted;
}

async function askControl(stage: AppStage, method: string, path: string, json?: object): Promise<unknown> {
  const { provider } = stage.resource;
  const token = stage.secret('provider.token');
  if (provider === undefined || token === null)
    throw new CheckBroken('provider.control: expected to be named in the target file, got nothing');
  return (await restJson(stage.door, { method, url: `${provider.control}${path}`, token, ...(json && { json }) })).json;
}

/** A whole sign-in by the app's login, or another path that begins one. */
export async function signIn(
  stage: AppStage,
  person: Person,
  options: { path?: string; query?: Readonly<Record<string, string>> } = {},
): Promise<Visit> {
  const { request } = await beginSignIn(stage, { browser: person.browser, ...options });
  return person.browser.visit(request.href);
}

/** A sign-in that stops before the app is called back: the callback's URL. Throws CheckBroken when the provider does not call back with a code. */
export async function signInToCallback(stage: AppStage, person: Person, options: { path?: string } = {}): Promise<URL> {
  const { request } = await beginSignIn(stage, { browser: person.browser, ...options });
  const { last, stoppedAt } = await person.browser.visit(request.href, { until: isCallback });
  const callback = stoppedAt === null ? null : URL.parse(stoppedAt);
  if (callback === null || !isCallback(callback))
    throw new CheckBroken(
      `the provider: expected to call the app back, got ${describeHop(last)}; the checks of the authorization request say more`,
    );
  const { searchParams } = callback;
  if (searchParams.has('error'))
    throw new CheckBroken(
      `the provider: expected to call the app back with a code, got ${searchParams.get('error')} (${searchParams.get('error_description') ?? 'without a word'}); the checks of the authorization request say more`,
    );
  return callback;
}

/** Lets the provider call the app back. The browser comes from the provider's site, so that cookies go along as they then do. */
export function visitCallback(person: Person, callback: URL): Promise<Visit> {
  return person.browser.visit(callback.href, { from: 'another-site' });
}

const isCallback = ({ searchParams }: URL) => (searchParams.has('code') && !searchParams.has('client_id')) || searchParams.has('error');

/** A person who is signed in. Throws CheckBroken when an honest sign-in fails, since then no refusal proves anything. */
export async function signedInPerson(stage: AppStage, spec: FlowSpec = {}): Promise<{ readonly person: Person; readonly visit: Visit }> {
  const person = await newPerson(stage, spec);
  const visit = await signIn(stage, person);
  if ((await signedInAs(stage, person.browser)) !== null) return { person, visit };
  throw new CheckBroken(`an honest sign-in: expected to succeed, got ${describeHop(visit.last)}; oauth/sign-in-completes says why`);
}
