/** O-17: RFC 9110 15.5: a connection that is not configured is the asker's mistake: 404 or 400 that names it, never a server error or a database's words. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { describeHop, newBrowser, urlOf } from './app-stage.ts';

/** How databases and frameworks speak when nobody catches them. */
const INSIDE =
  /traceback|stack trace|at \S+ \(.+:\d+:\d+\)|\b(?:psycopg|sqlalchemy|postgres|sqlstate|relation ".+" does not exist|undefined(?:column|table)|foreign key constraint)\b/i;
const NAMES = ['crosscheck-none', "cross'check", 'constructor', '__proto__', '..%2f..'];

export default resourceCheck({
  title: 'a connection that is not configured is answered with 404 or 400 and its name',
  level: 'must',
  incidents: ['O-17'],
  tags: ['rfc9110-15.5'],
  of: 'oauthApps',
  when: { of: 'with connections', is: ({ connections }) => connections !== undefined },
  async ask(stage) {
    const { connections } = stage.resource;
    if (connections === undefined) return [];
    const statements: Statement[] = [];
    for (const name of NAMES)
      for (const [what, path] of Object.entries({ connect: connections.connect, callback: connections.callback })) {
        const query = what === 'callback' ? '?code=none&state=none' : '';
        const { last } = await newBrowser(stage).visit(
          urlOf(stage, `${path.replaceAll('{name}', name.includes('%') ? name : encodeURIComponent(name))}${query}`),
        );
        const mend = 'look the name up before anything else, and answer 404 with it';
        const right = last.status === 404 || last.status === 400;
        statements.push({ what: `${what} of ${name}`, expected: '404 or 400', got: right ? '404 or 400' : describeHop(last), mend });
        const inside = INSIDE.exec(last.text)?.[0];
        statements.push({ what: `${what} of ${name}: words of the inside`, expected: 'none', got: inside ?? 'none', mend });
        if (name === NAMES[0] && right)
          statements.push({
            what: `${what} of ${name}: its name in the answer`,
            expected: 'there',
            got: last.text.includes(name) ? 'there' : describeHop(last),
            mend,
          });
      }
    return statements;
  },
});
