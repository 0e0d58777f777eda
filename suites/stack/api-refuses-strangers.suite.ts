/** D-21: a route of the API answers without a token, or a public one does not. */
import { restSend } from '../../backends/wire/rest.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'apis', Resource<'apis'>>({
  title: 'without a token each route refuses, and public ones answer',
  level: 'must',
  incidents: ['D-21'],
  of: 'apis',
  async ask({ resource: { url, routes }, door }) {
    const statements: Statement[] = [];
    for (const { method, path, public: open, status: wanted } of routes) {
      const { status, headers } = await restSend(door, { url: `${url.replace(/\/+$/, '')}${path}`, method, reads: true });
      const what = `${method} ${path} without a token`;
      const got = `${status}${headers['location'] === undefined ? '' : ` to ${headers['location']}`}`;
      // A page that sends to sign in refuses too.
      const refuses = status === 401 || status === 403 || (status >= 300 && status < 400 && status !== 304);
      statements.push(
        open
          ? stateThat(status === wanted, {
              what,
              expected: String(wanted),
              got,
              mend: `let ${path} answer anyone, or take \`public\` out of the target file`,
            })
          : stateThat(refuses, { what, expected: '401 or 403', got, mend: `put ${path} behind the authorizer` }),
      );
    }
    return statements;
  },
});
