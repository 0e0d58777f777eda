/** O-08, P-05: RFC 8725 3.1, 3.2 and RFC 6750 3.1: a token that was signed by nobody, by a stranger, or by a published key taken for a secret, is refused. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { answerTo, claimsNow, hmac, mintersOf, requireGood, tampered, unknownSecret, unsigned } from './api-tokens.ts';
import { mintToken } from './steered-provider.ts';

export default resourceCheck({
  title: 'the API refuses tokens that are unsigned, or signed by another key or algorithm',
  level: 'must',
  incidents: ['O-08', 'P-05'],
  tags: ['rfc8725-3.1', 'rfc8725-3.2', 'rfc6750-3.1'],
  of: 'oauthApps',
  when: { of: 'with an API that takes bearer tokens (`api`)', is: ({ api }) => api !== undefined },
  async ask(stage) {
    const { issuer, url, api, provider } = stage.resource;
    const audience = api?.audience ?? url;
    const minters = mintersOf(stage);
    for (const minter of minters) await requireGood(stage, minter);
    const forged: Record<string, string> = {};
    for (const from of [issuer, api?.issuer ?? url]) {
      const claims = claimsNow(from, audience);
      for (const alg of ['none', 'None', 'nOnE']) forged[`alg ${alg}, as of ${from}`] = unsigned(alg, claims);
      forged[`HS256 by a secret of nobody, as of ${from}`] = hmac({ alg: 'HS256', typ: 'JWT' }, claims, unknownSecret());
      forged[`HS256 by an empty secret, as of ${from}`] = hmac({ alg: 'HS256', typ: 'JWT' }, claims, '');
    }
    if (provider !== undefined) {
      const token = { audience, subject: 'crosscheck' };
      forged['a key that the provider does not publish'] = await mintToken(stage, { ...token, signedBy: 'other' });
      forged['HS256 by the provider’s public key'] = await mintToken(stage, { ...token, signedBy: 'public-key-as-secret' });
      forged['HS256 by the provider’s public key, as of the app'] = await mintToken(stage, {
        ...token,
        signedBy: 'public-key-as-secret',
        claims: { iss: api?.issuer ?? url },
      });
    }
    for (const minter of minters)
      forged[`a token of ${minter.of} with another subject`] = tampered(await minter.mint(), { sub: 'somebody-else' });
    const statements: Statement[] = [];
    for (const [what, token] of Object.entries(forged)) {
      const mend = 'verify the signature by the one key and algorithm that this kind of token has';
      statements.push({ what, expected: 'refused', got: await answerTo(stage, token), mend });
    }
    return statements;
  },
});
