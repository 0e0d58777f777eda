/** O-03: RFC 9700 2.1.1 and RFC 7636 4.2, 4.3: a code challenge by S256, made anew for each request. */
import { resourceCheck } from '../case/resource-check.ts';
import { beginSignIn } from './app-stage.ts';

export default resourceCheck({
  title: 'the authorization request carries a code challenge by S256, another each time',
  level: 'must',
  incidents: ['O-03'],
  tags: ['rfc9700-2.1.1', 'rfc7636-4.2'],
  of: 'oauthApps',
  async ask(stage) {
    const [one, other] = [await beginSignIn(stage), await beginSignIn(stage)];
    const challenges = [one, other].map(({ request }) => request.searchParams.get('code_challenge') ?? '');
    const mend =
      'send code_challenge = BASE64URL(SHA256(code_verifier)) and code_challenge_method=S256, with a verifier made for each request';
    // SHA-256 in base64url without padding: 43 characters.
    const isHash = challenges.every((challenge) => /^[A-Za-z0-9_-]{43}$/.test(challenge));
    return [
      { what: 'code_challenge_method', expected: 'S256', got: one.request.searchParams.get('code_challenge_method') ?? 'none', mend },
      {
        what: 'code_challenge',
        expected: '43 characters of base64url',
        got: isHash ? '43 characters of base64url' : shapeOf(challenges[0] ?? ''),
        mend,
      },
      {
        what: 'code_challenge of two requests',
        expected: 'two that differ',
        got: challenges[0] !== challenges[1] || challenges[0] === '' ? 'two that differ' : 'one and the same',
        mend,
      },
    ];
  },
});

const shapeOf = (text: string) => (text === '' ? 'none' : `${text.length} characters`);
