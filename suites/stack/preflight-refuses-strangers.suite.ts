/** D-12: a preflight request from an origin that is not allowed is let through. */
import { restSend } from '../../backends/wire/rest.ts';
import type { Resource } from '../../fixtures/target.ts';
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { stateThat } from './state-that.ts';

export default resourceCheck<'services', Resource<'services'>>({
  title: 'a preflight request is let through from allowed origins, and from no other',
  level: 'must',
  incidents: ['D-12'],
  of: 'services',
  when: { of: 'with a URL for preflight requests', is: ({ origins }) => origins?.preflight !== undefined },
  async ask({ resource: { origins }, door }) {
    const { allowed = [], preflight: url = '' } = origins ?? {};
    if (URL.parse(url) === null) throw new CheckBroken(`preflight: expected a URL, got ${JSON.stringify(url)}`);
    const own = allowed.filter((one) => URL.parse(one) !== null).map((one) => new URL(one).origin);
    const statements: Statement[] = [];
    const ask = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
      const { headers: answer } = await restSend(door, { url, method: 'OPTIONS', reads: true, headers });
      return { let: answer['access-control-allow-origin'] ?? null, credentials: answer['access-control-allow-credentials'] === 'true' };
    };
    for (const origin of own) {
      const answer = await ask(origin);
      statements.push(
        stateThat(answer.let === origin, {
          what: `preflight of ${url} from ${origin}`,
          expected: `allowed for ${origin}`,
          got: answer.let ?? 'not allowed',
          mend: `allow ${origin}`,
        }),
      );
    }
    for (const origin of strangersOf(own)) {
      const answer = await ask(origin);
      const through = answer.let === '*' || answer.let === origin;
      const got = `allowed for ${answer.let}${answer.credentials ? ' with credentials' : ''}`;
      statements.push(
        stateThat(!through, {
          what: `preflight of ${url} from ${origin}`,
          expected: 'not allowed',
          got,
          mend: `compare origins whole; take ${origin} out of what is allowed`,
        }),
      );
    }
    return statements;
  },
});

/** Origins that a list compared by its beginning, its end, its host or a wildcard lets through. */
function strangersOf(own: readonly string[]): readonly string[] {
  const [first = 'https://app.example'] = own;
  const { host, protocol } = new URL(first);
  const near = [`https://${host}.stranger.example`, `https://stranger-${host}`, ...(protocol === 'https:' ? [`http://${host}`] : [])];
  return [...near, 'https://stranger.example', 'http://localhost:3000', 'null'].filter((origin) => !own.includes(origin));
}
