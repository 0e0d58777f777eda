/** O-08: RFC 9068 4 and RFC 8725 3.8, 3.9: a token of another issuer, or for another audience, is refused. */
import { resourceCheck } from '../case/resource-check.ts';
import { MINTED } from './api-tokens.ts';
import { refusesClaims } from './claim-matrix.ts';

export default resourceCheck({
  title: 'the API refuses tokens of another issuer and for another audience',
  level: 'must',
  incidents: ['O-08', 'P-02'],
  tags: ['rfc9068-4', 'rfc8725-3.8', 'rfc8725-3.9'],
  of: 'oauthApps',
  when: MINTED,
  ask: (stage) =>
    refusesClaims(
      stage,
      {
        'of another issuer': { iss: 'https://issuer.invalid' },
        'of no issuer': { iss: null },
        'for another audience': { aud: 'https://another.example' },
        'for no audience': { aud: null },
        'for nobody (no subject)': { sub: null },
      },
      'compare iss and aud with this app’s own, and demand them',
    ),
});
