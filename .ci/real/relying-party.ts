/** A relying party that others wrote, Authlib with FastAPI, on our provider: its findings, no more and no fewer. They are told in `docs/findings/authlib-1.9.10.md`. */
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { startAppPart } from '../../fixtures/embedded/app-part.ts';
import { freePort } from '../../fixtures/free-port.ts';
import { readTargetFile } from '../../fixtures/target-file.ts';
import { failOn, type RealCheck } from './check.ts';
import { runOAuthOn } from './oauth-run.ts';
import type { Pythons } from './python.ts';

const here = dirname(fileURLToPath(import.meta.url));
const REQUIREMENTS = 'authlib==1.9.10 fastapi==0.165.0 uvicorn httpx itsdangerous';
/** Check → text of its failure; every other check that can be asked passes. */
const FINDINGS: Readonly<Record<string, readonly string[]>> = {
  'error-callback-is-a-page': [
    'callback with error=: expected no server error, got 500',
    'callback with nothing but state: expected no server error, got 500',
  ],
  'issuer-of-the-answer-is-checked': [
    'of another issuer (iss): signed in: expected nobody, got a user',
    'without its issuer: signed in: expected nobody, got a user',
  ],
  'login-cookies-are-protected': ['cookie session: Secure: expected set, got not set'],
  'session-cookie-is-protected': ['cookie session: Secure: expected set, got not set'],
};
/** Uvicorn was seen to take 3 s with both cores busy. */
const UP_WITHIN_MS = 30_000;

/** Runs the suite `oauth` on it. */
export function authlib(pythons: Pythons): RealCheck {
  return {
    name: 'oauth: Authlib with FastAPI on our provider',
    async run(room) {
      const python = await pythons.with(REQUIREMENTS, room);
      const port = await freePort();
      const url = `http://127.0.0.1:${port}`;
      await using running = await startAppPart({ redirectUris: [`${url}/callback`] });
      const { issuer, clientSecret, controlUrl, controlToken } = running.part;
      const env = {
        ISSUER: issuer,
        CLIENT_ID: 'of-others',
        CLIENT_SECRET: clientSecret,
        REDIRECT_URI: `${url}/callback`,
        SESSION_SECRET: controlToken,
        PYTHONDONTWRITEBYTECODE: '1',
      };
      const command = [
        python,
        '-m',
        'uvicorn',
        'authlib_app:app',
        '--host',
        '127.0.0.1',
        '--port',
        String(port),
        '--log-level',
        'critical',
      ] as const;
      // The room ends it; until then it only ends by a failure, which the wait below then tells.
      const ended = room.run(command, { cwd: here, env, deadlineMs: 300_000 }).then(({ stderr }) => stderr, String);
      await answers(url, ended);
      const target = readTargetFile(join(here, 'authlib.yaml'), {
        APP_URL: url,
        ISSUER: issuer,
        CONTROL_URL: controlUrl,
        CONTROL_TOKEN: controlToken,
      });
      const verdicts = await runOAuthOn(target);
      const wrong: string[] = [];
      for (const [check, { verdict, message = '' }] of verdicts) {
        const expected = FINDINGS[check];
        const wanted = expected === undefined ? ['passed', 'unsupported'] : ['failed'];
        if (!wanted.includes(verdict)) wrong.push(`${check}: expected ${wanted.join(' or ')}, got ${verdict}: ${message}`);
        const lines = message.split('\n');
        if (expected !== undefined && lines.length !== expected.length)
          wrong.push(`${check}: expected ${expected.length} findings, got ${message}`);
        for (const text of expected ?? [])
          if (!message.includes(text)) wrong.push(`${check}: expected ${JSON.stringify(text)}, got ${message}`);
      }
      failOn(wrong);
      const count = (one: string) => [...verdicts.values()].filter(({ verdict }) => verdict === one).length;
      return {
        detail: `${count('passed')} checks passed, ${count('failed')} failed as docs/findings/authlib-1.9.10.md tells, ${count('unsupported')} have nothing to ask`,
      };
    },
  };
}

async function answers(url: string, ended: Promise<string>): Promise<void> {
  let gone: string | null = null;
  void ended.then((stderr) => {
    gone = stderr;
  });
  const until = performance.now() + UP_WITHIN_MS;
  let last = 'nothing';
  while (performance.now() < until && gone === null) {
    try {
      const { statusCode, body } = await request(url);
      await body.dump();
      if (statusCode === 200) return;
      last = String(statusCode);
    } catch (error) {
      last = error instanceof Error ? error.message : String(error);
    }
    await wait(100);
  }
  throw new Error(`the relying party: expected 200 within ${UP_WITHIN_MS} ms, got ${gone ?? last}`);
}
