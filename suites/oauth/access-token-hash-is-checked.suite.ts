/** O-15: OpenID Connect Core 3.1.3.8: `at_hash` binds the access token to the ID token; a client that has it SHOULD compare it. */
import { resourceCheck } from '../case/resource-check.ts';
import { STEERED, signedInAs } from './app-stage.ts';
import { refusesForgeries } from './forged-id-tokens.ts';
import { newPerson, signIn } from './steered-provider.ts';

export default resourceCheck({
  title: 'an ID token of another access token (at_hash) signs nobody in',
  level: 'should',
  incidents: ['O-15'],
  tags: ['oidc-core-3.1.3.8'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  async ask(stage) {
    const person = await newPerson(stage, { forge: { at_hash: 'right' } });
    await signIn(stage, person);
    const who = await signedInAs(stage, person.browser);
    const mend = 'compare at_hash with the left half of the hash of the access token, by the hash of the ID token’s algorithm';
    return [
      { what: 'sign-in with the right at_hash: signed in', expected: person.subject, got: who ?? 'nobody', mend },
      ...(await refusesForgeries(stage, { 'an at_hash of another access token': { forge: { at_hash: 'other' } } }, mend)),
    ];
  },
});
