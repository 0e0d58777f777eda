/** OpenID Connect Core 3.1: an honest sign-in, from login to a session of whom the provider vouched for, as a browser sends cookies across sites. */
import { resourceCheck } from '../case/resource-check.ts';
import { describeHop, STEERED, signedInAs } from './app-stage.ts';
import { newPerson, signInToCallback, visitCallback } from './steered-provider.ts';

export default resourceCheck({
  title: 'an honest sign-in ends with a session of whom the provider vouched for',
  level: 'must',
  incidents: ['O-06'],
  tags: ['oidc-core-3.1', 'rfc6265bis-5.2'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  async ask(stage) {
    const person = await newPerson(stage);
    const before = await signedInAs(stage, person.browser);
    // Throws where the provider does not call back, or calls back with a refusal: then the request was wrong, and its own checks say how.
    const callback = await signInToCallback(stage, person);
    const { last } = await visitCallback(person, callback);
    const who = await signedInAs(stage, person.browser);
    return [
      { what: 'signed in before', expected: 'nobody', got: before ?? 'nobody' },
      {
        what: 'signed in after the provider vouched for somebody',
        expected: person.subject,
        got: who ?? `nobody: the app answered ${describeHop(last)}`,
        reason: `tokens asked for: ${JSON.stringify((await person.truth()).tokens)}`,
        mend: 'a cookie that must come back from the provider needs SameSite=Lax; the client’s secret and redirect URI must be those of the provider',
      },
    ];
  },
});
