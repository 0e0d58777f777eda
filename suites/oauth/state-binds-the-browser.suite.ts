/** O-04: RFC 6749 10.12 and RFC 9700 4.7: an answer is taken only with the state of the very browser that asked, once. */
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { type AppStage, beginSignIn, newBrowser, refusal, STEERED } from './app-stage.ts';
import { newPerson, signedInPerson, signInToCallback } from './steered-provider.ts';

const MEND = 'keep the state in the browser’s session, compare it with the callback’s, and forget it at the first use';

export default resourceCheck({
  title: 'a callback with a forged, missing or another browser’s state signs nobody in',
  level: 'must',
  incidents: ['O-04'],
  tags: ['rfc6749-10.12', 'rfc9700-4.7'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  async ask(stage) {
    const { request } = await beginSignIn(stage);
    if (!request.searchParams.has('state'))
      throw new CheckBroken('state: expected in the authorization request, got none; oauth/state-is-unpredictable says so');
    await signedInPerson(stage);
    return [
      ...(await tampered(stage, 'a forged state', (callback) => callback.searchParams.set('state', 'A'.repeat(43)))),
      ...(await tampered(stage, 'no state', (callback) => callback.searchParams.delete('state'))),
      ...(await tampered(stage, 'an empty state', (callback) => callback.searchParams.set('state', ''))),
      ...(await anothers(stage, 'a browser that asked for nothing', false)),
      ...(await anothers(stage, 'a browser that asked for another sign-in', true)),
    ];
  },
});

async function tampered(stage: AppStage, what: string, change: (callback: URL) => void): Promise<readonly Statement[]> {
  const person = await newPerson(stage);
  const callback = await signInToCallback(stage, person);
  change(callback);
  return refusal(stage, person.browser, `callback with ${what}`, await person.browser.visit(callback.href, { from: 'another-site' }), MEND);
}

/** An attacker's own code and state, opened by a victim. */
async function anothers(stage: AppStage, what: string, begins: boolean): Promise<readonly Statement[]> {
  const callback = await signInToCallback(stage, await newPerson(stage));
  const victim = newBrowser(stage);
  if (begins) await beginSignIn(stage, { browser: victim });
  return refusal(stage, victim, `callback opened in ${what}`, await victim.visit(callback.href, { from: 'another-site' }), MEND);
}
