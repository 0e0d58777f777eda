/** O-07, P-05: RFC 6750 2.1: a token as the provider, or a service with the secret known here, signs it, is taken: the deployed keys are the ones that we think. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { answerTo, mintersOf } from './api-tokens.ts';

export default resourceCheck({
  title: 'the API takes a good token of each kind, so the deployed keys are those that tokens are signed with here',
  level: 'must',
  incidents: ['O-07', 'P-05'],
  tags: ['rfc6750-2.1'],
  of: 'oauthApps',
  when: {
    of: 'with an API and a token, a signing secret or a provider that makes one',
    is: ({ api, provider }) => api !== undefined && (provider !== undefined || api.signingSecret !== undefined || api.token !== undefined),
  },
  async ask(stage) {
    const statements: Statement[] = [];
    const given = stage.secret('api.token');
    if (given !== null)
      statements.push({ what: 'the token that the target names', expected: 'taken', got: await answerTo(stage, given), mend: 'renew it' });
    for (const minter of mintersOf(stage))
      statements.push({
        what: `a good token of ${minter.of}`,
        expected: 'taken',
        got: await answerTo(stage, await minter.mint()),
        mend: 'deploy the signing secret, or the issuer, that tokens are signed with: the one deployed is another, or the audience differs',
      });
    return statements;
  },
});
