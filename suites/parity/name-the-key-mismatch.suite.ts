/** P-05: where the signing secret differs, the error says so, and shows neither token nor secret. */
import { decodeJwt, SignJWT } from 'jose';
import { check } from '../case/check.ts';
import { worded, wordsOf } from './words-of-an-error.ts';

/** Not the target's. */
const SECRET = 'the-secret-of-another-deployment';

export default check({
  title: 'a token that another secret signed is an AuthenticationError that names the signature, and prints no secret',
  level: 'must',
  incidents: ['P-05'],
  points: () => worded.map((backend) => ({ backend })),
  async ask({ target, door, at }) {
    const claims = target.tokens.user === null ? { sub: 'user' } : decodeJwt(target.tokens.user);
    const token = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setExpirationTime('1h')
      .sign(new TextEncoder().encode(SECRET));
    const settings = { registryUrl: target.registryUrl, token };
    const error = await wordsOf(at['backend'], door, settings, (operations) => operations.listBuckets({}));
    const told = JSON.stringify([error.words, door.exchanges]);
    const secrets = [token, SECRET, token.split('.')[2] ?? token];
    return [
      { what: 'class', expected: 'AuthenticationError', got: error.class },
      { what: 'cause', expected: 'names the signature', got: /sign/i.test(error.words) ? 'names the signature' : error.words },
      {
        what: 'secrets in the message and in the recorded exchanges',
        expected: 'none',
        got: secrets.some((secret) => told.includes(secret)) ? 'some' : 'none',
      },
    ];
  },
});
