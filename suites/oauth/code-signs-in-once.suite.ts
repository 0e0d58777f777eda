/** O-05: RFC 6749 4.1.2 and 10.5: an authorization code is good once; the same callback again signs nobody in. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { refusal, STEERED, signedInAs } from './app-stage.ts';
import { newPerson, signInToCallback } from './steered-provider.ts';

export default resourceCheck({
  title: 'a callback that was used signs nobody in again',
  level: 'must',
  incidents: ['O-05'],
  tags: ['rfc6749-4.1.2', 'rfc6749-10.5'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  async ask(stage) {
    const person = await newPerson(stage);
    const callback = await signInToCallback(stage, person);
    // As the browser was before it was called back: it still has what the sign-in began with, and no session.
    const before = person.browser.clone();
    await person.browser.visit(callback.href, { from: 'another-site' });
    if ((await signedInAs(stage, person.browser)) === null)
      throw new CheckBroken('the first use of a callback: expected to sign in, got nobody; oauth/sign-in-completes says why');
    const mend = 'forget a sign-in when its callback comes, and take what the token endpoint answers for an answer';
    return refusal(stage, before, 'the same callback once more', await before.visit(callback.href, { from: 'another-site' }), mend);
  },
});
