/** O-04: RFC 6749 10.12 and RFC 9700 2.1: `state` binds the answer to the browser that asked; whoever can guess it can forge the answer. */
import { resourceCheck } from '../case/resource-check.ts';
import { beginSignIn } from './app-stage.ts';
import { unpredictable } from './unpredictable.ts';

export default resourceCheck({
  title: 'the authorization request carries a state that cannot be guessed',
  level: 'must',
  incidents: ['O-04'],
  tags: ['rfc6749-10.12', 'rfc9700-2.1'],
  of: 'oauthApps',
  async ask(stage) {
    const [one, other] = [await beginSignIn(stage), await beginSignIn(stage)];
    return unpredictable('state', [one.request, other.request], 'send 128 random bits made for each request, and keep them in the session');
  },
});
