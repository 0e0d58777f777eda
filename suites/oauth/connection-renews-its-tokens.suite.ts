/** O-12: RFC 6749 6 and RFC 9700 4.14: tokens that ran out are renewed, each new refresh token is kept, and what cannot be renewed is said. */
import type { Statement } from '../case/check.ts';
import { CheckBroken, resourceCheck } from '../case/resource-check.ts';
import { type AppStage, describeHop, STEERED, urlOf } from './app-stage.ts';
import { type Person, signedInPerson, signIn } from './steered-provider.ts';

const MEND = 'renew by the refresh token when the access token has run out or is refused, and keep the new refresh token';

export default resourceCheck({
  title: 'a connection renews its tokens, keeps each new refresh token, and says when it cannot',
  level: 'must',
  incidents: ['O-12'],
  tags: ['rfc6749-6', 'rfc9700-4.14'],
  of: 'oauthApps',
  when: { of: `with connections, ${STEERED.of}`, is: (app) => app.connections !== undefined && STEERED.is(app) },
  writes: true,
  async ask(stage) {
    const { name = '', connect = '/' } = stage.resource.connections ?? {};
    const { person } = await signedInPerson(stage);
    const { last } = await signIn(stage, person, { path: connect.replaceAll('{name}', name) });
    const fresh = await use(stage, person);
    if (fresh.status !== 200)
      throw new CheckBroken(`connection ${name}: expected to work when it is new, got ${describeHop(fresh)} after ${describeHop(last)}`);
    const statements: Statement[] = [];
    // The second time shows whether the first one's new refresh token was kept: the old one is good no more, and costs the whole grant.
    for (const time of ['first', 'second']) {
      await person.expire();
      const { status, text } = await use(stage, person);
      const tokens = JSON.stringify((await person.truth()).tokens);
      const got = status === 200 ? 'works' : describeHop({ status, text });
      statements.push({
        what: `connection ${name} after its access token ran out, the ${time} time`,
        expected: 'works',
        got,
        reason: `tokens asked for: ${tokens}`,
        mend: MEND,
      });
    }
    await person.expire();
    await person.revoke();
    const lost = await use(stage, person);
    const said = lost.status >= 400 && lost.status < 500;
    const mend = 'tell the user to connect again when the refresh token is refused (invalid_grant)';
    statements.push({
      what: `connection ${name} after its refresh token was revoked`,
      expected: 'a refusal (4xx)',
      got: said ? 'a refusal (4xx)' : describeHop(lost),
      mend,
    });
    return statements;
  },
});

async function use(stage: AppStage, person: Person) {
  const { name = '', use: path = '/' } = stage.resource.connections ?? {};
  return (await person.browser.visit(urlOf(stage, path.replaceAll('{name}', name)))).last;
}
