/** O-06: RFC 6749 4.1.2.1: the user, or the provider, refuses: nobody is signed in, whoever was before stays. */
import { resourceCheck } from '../case/resource-check.ts';
import { describeHop, STEERED, signedInAs } from './app-stage.ts';
import { newPerson, signedInPerson, signIn } from './steered-provider.ts';

export default resourceCheck({
  title: 'who refuses at the provider, or is refused by it, is not signed in',
  level: 'must',
  incidents: ['O-06'],
  tags: ['rfc6749-4.1.2.1'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  async ask(stage) {
    await signedInPerson(stage);
    const statements = [];
    for (const code of ['access_denied', 'server_error', 'temporarily_unavailable']) {
      const person = await newPerson(stage, { error: { code, description: 'refused on purpose' } });
      const { last } = await signIn(stage, person);
      const who = await signedInAs(stage, person.browser);
      statements.push({
        what: `signed in after the provider called back with ${code}`,
        expected: 'nobody',
        got: who === null ? 'nobody' : 'a user',
        reason: `the app answered ${describeHop(last)}`,
        mend: 'sign in only by an ID token that was checked',
      });
    }
    return statements;
  },
});
