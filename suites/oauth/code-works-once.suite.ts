/** O-05: RFC 6749 4.1.2: the token endpoint takes a code once; used twice, what it gave SHOULD be revoked. */
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { newPerson } from './steered-provider.ts';
import { AS_CLIENT, issueCode, isTaken, redeem } from './token-endpoint.ts';

export default resourceCheck({
  title: 'the token endpoint takes a code once, and revokes what it gave for one that comes again',
  level: 'must',
  incidents: ['O-05'],
  tags: ['rfc6749-4.1.2', 'rfc9700-4.2'],
  of: 'oauthApps',
  when: AS_CLIENT,
  writes: true,
  async ask(stage) {
    const issued = await issueCode(stage, await newPerson(stage));
    const first = await redeem(stage, issued);
    if (first.accessToken === null) throw new CheckBroken(`the first use of a code: expected tokens, got ${first.status} ${first.error}`);
    if (!(await isTaken(stage, first.accessToken))) throw new CheckBroken('a new access token: expected to be taken, got refused');
    const second = await redeem(stage, issued);
    return [
      {
        what: 'the second use of a code',
        expected: 'invalid_grant',
        got: second.error ?? 'tokens',
        mend: 'let the provider remember codes that were used',
      },
      {
        what: 'the access token of a code that was used twice',
        expected: 'revoked',
        got: (await isTaken(stage, first.accessToken)) ? 'taken' : 'revoked',
        mend: 'let the provider revoke what a code gave when it comes again',
      },
    ];
  },
});
