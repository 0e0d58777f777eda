/** O-08, P-03: RFC 7519 4.1.4, 4.1.5 and RFC 9068 4: a token whose time is over, has not come, or never ends, is refused. */
import { resourceCheck } from '../case/resource-check.ts';
import { MINTED } from './api-tokens.ts';
import { refusesClaims } from './claim-matrix.ts';

export default resourceCheck({
  title: 'the API refuses tokens that expired, are not good yet, or never expire',
  level: 'must',
  incidents: ['O-08', 'P-03'],
  tags: ['rfc7519-4.1.4', 'rfc9068-4'],
  of: 'oauthApps',
  when: MINTED,
  ask(stage) {
    // Clocks may differ by some minutes (RFC 7519 4.1.4), so both are an hour away.
    const now = Math.floor(Date.now() / 1000);
    const matrix = {
      'that expired an hour ago': { iat: now - 7_200, exp: now - 3_600 },
      'that is good in an hour': { nbf: now + 3_600, exp: now + 7_200 },
      'that never expires': { exp: null },
    };
    return refusesClaims(stage, matrix, 'demand exp, and compare it and nbf with the clock');
  },
});
