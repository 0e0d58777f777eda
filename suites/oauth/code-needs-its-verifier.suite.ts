/** O-03: RFC 7636 4.6 and RFC 9700 2.1.1: the token endpoint gives nothing for a code without its verifier, or with another. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { newPerson } from './steered-provider.ts';
import { AS_CLIENT, issueCode, redeem, signInClient } from './token-endpoint.ts';

export default resourceCheck({
  title: 'the token endpoint takes a code only with its verifier',
  level: 'must',
  incidents: ['O-03'],
  tags: ['rfc7636-4.6', 'rfc9700-2.1.1'],
  of: 'oauthApps',
  when: AS_CLIENT,
  writes: true,
  async ask(stage) {
    const person = await newPerson(stage);
    const good = await redeem(stage, await issueCode(stage, person));
    if (good.status !== 200)
      throw new CheckBroken(`a code with its verifier: expected tokens, got ${good.status} ${good.error}: refusals prove nothing`);
    const bare = await redeem(stage, { code: (await issueCode(stage, person)).code });
    const other = await redeem(stage, { code: (await issueCode(stage, person)).code, verifier: 'A'.repeat(43) });
    const mend = 'let the provider demand PKCE of this client';
    const unasked = await issueCode(stage, person, signInClient(stage), { challenge: false }).catch((error: unknown) => {
      if (error instanceof CheckBroken) return null;
      throw error;
    });
    return [
      {
        what: 'an authorization request without a code challenge',
        expected: 'refused',
        got: unasked === null ? 'refused' : 'answered with a code',
        mend,
      },
      { what: 'a code without a verifier', expected: 'invalid_grant', got: bare.error ?? 'tokens', mend },
      { what: 'a code with another verifier', expected: 'invalid_grant', got: other.error ?? 'tokens', mend },
    ];
  },
});
