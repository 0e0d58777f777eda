/** D-21: the API refuses a good token. */
import { restSend } from '../../backends/wire/rest.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'apis', Resource<'apis'>>({
  title: 'with a good token each route answers as it must',
  level: 'must',
  incidents: ['D-21'],
  of: 'apis',
  when: { of: 'with a token', is: ({ token }) => token !== undefined },
  async ask({ resource: { url, routes }, door, secret }) {
    const token = secret('token');
    if (token === null) throw new CheckBroken('token: expected one, got none');
    const statements: Statement[] = [];
    for (const { method, path, status: wanted } of routes) {
      const { status, headers } = await restSend(door, { url: `${url.replace(/\/+$/, '')}${path}`, method, reads: true, token });
      const got = `${status}${headers['www-authenticate'] === undefined ? '' : ` (${headers['www-authenticate']})`}`;
      statements.push(
        stateThat(status === wanted, {
          what: `${method} ${path} with a token`,
          expected: String(wanted),
          got,
          mend: 'compare issuer, audience and signing key of the token with those of the API',
        }),
      );
    }
    return statements;
  },
});
