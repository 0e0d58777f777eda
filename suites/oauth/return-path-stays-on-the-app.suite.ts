/** O-10: RFC 9700 4.11.1: a client is no open redirector; after signing in and out a browser stays with the app, whatever `next` says. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { type AppStage, STEERED, urlOf } from './app-stage.ts';
import { foreignPlaces, leadsAway } from './foreign-places.ts';
import { newPerson, signedInPerson, signIn } from './steered-provider.ts';

const MEND = 'resolve next against the app’s own URL, and go there only if the origin is the app’s';

export default resourceCheck({
  title: 'after signing in the browser stays with the app, wherever next leads',
  level: 'must',
  incidents: ['O-10'],
  tags: ['rfc9700-4.11.1'],
  of: 'oauthApps',
  when: { of: `with a parameter next, ${STEERED.of}`, is: (app) => app.next !== undefined && STEERED.is(app) },
  writes: true,
  async ask(stage) {
    await signedInPerson(stage);
    const { parameter = 'next', allowed = '/' } = stage.resource.next ?? {};
    const person = await newPerson(stage);
    const own = await signIn(stage, person, { query: { [parameter]: allowed } });
    const reached = new URL(own.last.url);
    const statements: Statement[] = [
      {
        what: `where ${parameter}=${allowed} leads`,
        expected: urlOf(stage, allowed),
        got: reached.href,
        mend: 'keep next in the session until the callback',
      },
    ];
    for (const place of foreignPlaces(stage.resource.url)) statements.push(await afterSigningIn(stage, parameter, place));
    return statements;
  },
});

async function afterSigningIn(stage: AppStage, parameter: string, place: string): Promise<Statement> {
  const visit = await signIn(stage, await newPerson(stage), { query: { [parameter]: place } });
  const away = leadsAway(stage.resource.url, visit);
  return { what: `where ${parameter}=${JSON.stringify(place)} leads`, expected: 'the app', got: away ?? 'the app', mend: MEND };
}
