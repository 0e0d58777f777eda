/** O-08, D-21: RFC 6750 3: without a token, or with something that is none, the API answers 401 with WWW-Authenticate. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { describeHop, newBrowser, urlOf } from './app-stage.ts';

export default resourceCheck({
  title: 'the API answers 401 to nobody and to what is no token',
  level: 'must',
  incidents: ['O-08'],
  tags: ['rfc6750-3'],
  of: 'oauthApps',
  when: { of: 'with an API that takes bearer tokens (`api`)', is: ({ api }) => api !== undefined },
  async ask(stage) {
    const statements: Statement[] = [];
    for (const [what, authorization] of Object.entries({
      nobody: null,
      'an empty bearer': 'Bearer ',
      garbage: 'Bearer a.b.c',
      'half a token': 'Bearer eyJhbGciOiJIUzI1NiJ9',
      'a long token': `Bearer ${'x'.repeat(6_000)}`,
    })) {
      const { last } = await newBrowser(stage).visit(
        urlOf(stage, stage.resource.api?.path ?? '/'),
        authorization === null ? {} : { headers: { authorization } },
      );
      const mend = 'answer 401 before anything is looked up';
      statements.push({ what: `status for ${what}`, expected: '401', got: last.status === 401 ? '401' : describeHop(last), mend });
      if (authorization === null)
        statements.push({
          what: 'WWW-Authenticate for nobody',
          expected: 'there',
          got: last.headers['www-authenticate'] === undefined ? 'none' : 'there',
          mend: 'say which scheme is expected (RFC 9110 11.6.1)',
        });
    }
    return statements;
  },
});
