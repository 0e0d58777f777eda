/** O-15: RFC 9207 2.4: a client of a provider that says `iss` in its answers MUST compare it, and refuse an answer without it. */
import { resourceCheck } from '../case/resource-check.ts';
import { STEERED } from './app-stage.ts';
import { refusesForgeries } from './forged-id-tokens.ts';

export default resourceCheck({
  title: 'an authorization response of another issuer signs nobody in',
  level: 'must',
  incidents: ['O-15'],
  tags: ['rfc9207-2.4', 'rfc9700-4.4.2'],
  of: 'oauthApps',
  when: STEERED,
  writes: true,
  ask: (stage) =>
    refusesForgeries(
      stage,
      { 'an answer of another issuer (iss)': { issuer: 'other' }, 'an answer without its issuer': { issuer: 'missing' } },
      'compare iss of the callback with the issuer that was asked, before the code is used',
    ),
});
