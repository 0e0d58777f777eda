/** O-09: Fetch 3.3 (CORS protocol): with credentials, an origin that is not meant is never allowed, in a preflight or in an answer. */
import type { Statement } from '../case/check.ts';
import { resourceCheck } from '../case/resource-check.ts';
import { type AppStage, newBrowser, urlOf } from './app-stage.ts';

export default resourceCheck({
  title: 'only the origins that are meant may ask with credentials, by preflight and by answer',
  level: 'must',
  incidents: ['O-09'],
  tags: ['fetch-3.3'],
  of: 'oauthApps',
  when: { of: 'that say which origins may ask (`cors`)', is: ({ cors }) => cors !== undefined },
  async ask(stage) {
    const { path, allowed } = stage.resource.cors ?? { path: '/', allowed: [] };
    const statements: Statement[] = [];
    for (const origin of allowed) statements.push(...(await asked(stage, path, origin, true)));
    for (const origin of strangersTo(allowed)) statements.push(...(await asked(stage, path, origin, false)));
    return statements;
  },
});

/** Origins that a careless comparison takes for one that is allowed. */
function strangersTo(allowed: readonly string[]): readonly string[] {
  const like = allowed.flatMap((url) => {
    const { protocol, hostname, host } = new URL(url);
    const other = protocol === 'https:' ? 'http:' : 'https:';
    return [
      `${other}//${host}`,
      `${protocol}//${host}.evil.example`,
      `${protocol}//evil-${hostname}`,
      `${protocol}//sub.${hostname}`,
      `${protocol}//${hostname}:4443`,
      `${protocol}//${hostname.replaceAll('.', 'x')}`,
    ];
  });
  return ['https://evil.example', 'null', 'http://localhost:3000', ...like].filter((origin) => !allowed.includes(origin));
}

async function asked(stage: AppStage, path: string, origin: string, isAllowed: boolean): Promise<readonly Statement[]> {
  const url = urlOf(stage, path);
  const preflight = { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' };
  const browser = newBrowser(stage);
  const answers = {
    preflight: (await browser.visit(url, { method: 'OPTIONS', headers: preflight })).last.headers,
    answer: (await browser.visit(url, { headers: { origin } })).last.headers,
  };
  return Object.entries(answers).map(([kind, headers]) => {
    const to = headers['access-control-allow-origin'];
    const credentials = headers['access-control-allow-credentials'] === 'true';
    // `*` with credentials is refused by browsers, but says that nobody looked.
    const open = to === origin || (to === '*' && credentials);
    const how = credentials ? 'allowed with credentials' : 'allowed without credentials';
    // Whoever may ask without credentials gets nothing that a cookie protects.
    const got = open && (credentials || isAllowed) ? how : 'not allowed';
    return {
      what: `${kind} to ${path} from ${origin}`,
      expected: isAllowed ? 'allowed with credentials' : 'not allowed',
      got,
      mend: 'compare Origin with a list, character by character',
    };
  });
}
